'use client';

import { useTranslations } from 'use-intl';
import { AutoSubmitForm } from '#components/auth/auto-submit-form.tsx';
import { Select } from '#components/ui/select.tsx';
import { type Theme, themes } from '#lib/theme.ts';

export function ThemeForm({ action, theme }: { action: (form: FormData) => Promise<void>; theme: Theme }) {
  const t = useTranslations('settings.display');
  return (
    <AutoSubmitForm action={action} applyLabel={t('apply')}>
      <Select
        label={t('theme')}
        name="theme"
        defaultValue={theme}
        options={themes.map((value) => ({ value, label: t(`themes.${value}`) }))}
      />
    </AutoSubmitForm>
  );
}
