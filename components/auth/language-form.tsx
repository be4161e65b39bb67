import { Globe } from 'lucide';
import { Icon } from '#components/ui/icon.tsx';
import { Select } from '#components/ui/select.tsx';
import { VisuallyHidden } from '#components/ui/visually-hidden.tsx';
import { type Locale, languageNames } from '#lib/i18n/config.ts';
import { AutoSubmitForm } from './auto-submit-form.tsx';

type Props = {
  action: (form: FormData) => Promise<void>;
  locale: Locale;
  label: string;
  /** Name of the button that stands in while there are no scripts. */
  applyLabel: string;
  /** A small one in the corner, its label for screen readers only. */
  isCompact?: boolean;
};

const options = Object.entries(languageNames).map(([value, label]) => ({ value, label, lang: value }));

/** The choice of language, each named in itself. */
export function LanguageForm({ action, locale, label, applyLabel, isCompact = false }: Props) {
  if (!isCompact) {
    return (
      <AutoSubmitForm action={action} applyLabel={applyLabel}>
        <Select label={label} name="locale" defaultValue={locale} options={options} />
      </AutoSubmitForm>
    );
  }
  return (
    <AutoSubmitForm action={action} applyLabel={applyLabel} className="flex items-center gap-2">
      <label className="relative flex items-center text-muted hover:text-ink">
        <VisuallyHidden>{label}</VisuallyHidden>
        <Icon of={Globe} className="pointer-events-none absolute left-3 size-4" />
        <select
          name="locale"
          defaultValue={locale}
          className="min-h-11 rounded-control bg-transparent pr-3 pl-9 text-base text-current hover:bg-wash active:bg-press"
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
