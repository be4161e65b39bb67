'use client';

import { useTranslations } from 'use-intl';
import { AutoSubmitForm } from '#components/auth/auto-submit-form.tsx';
import { Switch } from '#components/ui/switch.tsx';

export function EmailSwitchForm({
  action,
  isOn,
}: {
  action: (form: FormData) => Promise<void>;
  isOn: boolean;
}) {
  const t = useTranslations('settings.notifications');
  return (
    <AutoSubmitForm action={action} applyLabel={t('apply')}>
      <Switch name="email" label={t('email')} hint={t('hint')} defaultChecked={isOn} />
    </AutoSubmitForm>
  );
}
