'use client';

import { useTranslations } from 'use-intl';
import { AutoSubmitForm } from '#components/auth/auto-submit-form.tsx';
import { Select } from '#components/ui/select.tsx';
import { EMAIL_PREFERENCES, type EmailPreference } from '#lib/email/preferences/choices.ts';

/** Which new messages reach this person by e-mail. */
export function EmailPreferenceForm({
  action,
  preference,
}: {
  action: (form: FormData) => Promise<void>;
  preference: EmailPreference;
}) {
  const t = useTranslations('settings.notifications');
  const options = EMAIL_PREFERENCES.map((value) => ({ value, label: t(`choices.${value}`) }));
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
