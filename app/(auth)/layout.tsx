import type { ReactNode } from 'react';
import { LanguageForm } from '#components/auth/language-form.tsx';
import { Mark } from '#components/ui/mark.tsx';
import { getLocale, getT } from '#lib/i18n/server.ts';
import { Texts } from '../texts.tsx';
import { chooseLanguage } from './actions.ts';

/** One calm column for the pages of guests: the mark, the form, and the language in the corner. */
export default async function AuthLayout({ children }: { children: ReactNode }) {
  const t = await getT('common');
  const tAuth = await getT('auth');
  return (
    <Texts of={['common', 'auth']}>
      <div className="flex min-h-dvh flex-col pt-safe pb-safe">
        <header className="flex items-center justify-between px-5 py-3 sm:px-8">
          <p className="flex items-center gap-2.5 text-lg font-semibold">
            <Mark />
            {t('appName')}
          </p>
          <LanguageForm
            action={chooseLanguage}
            locale={await getLocale()}
            label={tAuth('language')}
            applyLabel={tAuth('applyLanguage')}
            isCompact
          />
        </header>
        <main className="flex flex-1 flex-col items-center px-5 pt-8 pb-16 sm:justify-center sm:pt-4 sm:pb-24">
          <div className="w-full max-w-sm">{children}</div>
        </main>
      </div>
    </Texts>
  );
}
