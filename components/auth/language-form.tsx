'use client';

import { Globe } from 'lucide-react';
import { useTranslations } from 'use-intl';
import { Select } from '#components/ui/select.tsx';
import { VisuallyHidden } from '#components/ui/visually-hidden.tsx';
import { type Locale, languageNames } from '#lib/i18n/config.ts';
import { AutoSubmitForm } from './auto-submit-form.tsx';

type Props = {
  action: (form: FormData) => Promise<void>;
  locale: Locale;
  /** A small one in the corner, its label for screen readers only. */
  isCompact?: boolean;
};

const options = Object.entries(languageNames).map(([value, label]) => ({ value, label, lang: value }));

/** The choice of language, each named in itself. */
export function LanguageForm({ action, locale, isCompact = false }: Props) {
  const t = useTranslations('auth');
  if (!isCompact) {
    return (
      <AutoSubmitForm action={action} applyLabel={t('applyLanguage')}>
        <Select label={t('language')} name="locale" defaultValue={locale} options={options} />
      </AutoSubmitForm>
    );
  }
  return (
    <AutoSubmitForm action={action} applyLabel={t('applyLanguage')} className="flex items-center gap-2">
      <label className="relative flex items-center text-muted hover:text-ink">
        <VisuallyHidden>{t('language')}</VisuallyHidden>
        <Globe aria-hidden className="pointer-events-none absolute left-3 size-4" />
        <select
          name="locale"
          defaultValue={locale}
          className="min-h-11 rounded-control bg-transparent pr-3 pl-9 text-sm text-current hover:bg-wash"
        >
          {options.map((option) => (
            <option key={option.value} value={option.value} lang={option.lang} className="bg-raised text-ink">
              {option.label}
            </option>
          ))}
        </select>
      </label>
    </AutoSubmitForm>
  );
}
