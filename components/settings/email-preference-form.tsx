'use client';

import { useTranslations } from 'use-intl';
import { AutoSubmitForm } from '#components/auth/auto-submit-form.tsx';
import { Select } from '#components/ui/select.tsx';

const choices = ['every', 'unread', 'daily', 'never'] as const;

/** Which new messages reach this person by e-mail. */
export function EmailPreferenceForm({
  action,
  preference,
}: {
  action: (form: FormData) => Promise<void>;
  preference: (typeof choices)[number];
}) {
  const t = useTranslations('settings.notifications');
  const options = choices.map((value) => ({ value, label: t(`choices.${value}`) }));
  return (
    <AutoSubmitForm action={action} applyLabel={t('apply')}>
      <Select
        name="email"
        label={t('email')}
        hint={t('hint')}
        defaultValue={preference}
        options={options}
        className="sm:max-w-sm"
      />
    </AutoSubmitForm>
  );
}
