'use client';

import { IntlProvider } from 'use-intl';
import { ErrorScreen } from '#components/ui/error-screen.tsx';
import { isLocale, LOCALE_COOKIE, type Locale, negotiateLocale } from '#lib/i18n/config.ts';
import { failure as en } from '#lib/i18n/en/failure.ts';
import { failure as ko } from '#lib/i18n/ko/failure.ts';
import type { Messages } from '#lib/i18n/translator.ts';
import { isTheme, THEME_COOKIE } from '#lib/theme.ts';
import './globals.css';

const catalogues = { ko, en };

function readCookie(name: string): string | undefined {
  if (typeof document === 'undefined') return undefined;
  const entry = document.cookie.split('; ').find((part) => part.startsWith(`${name}=`));
  return entry?.slice(name.length + 1);
}

// The root layout itself failed, so neither the session nor its settings are available.
function guessLocale(): Locale {
  const chosen = readCookie(LOCALE_COOKIE);
  if (isLocale(chosen)) return chosen;
  return negotiateLocale(typeof navigator === 'undefined' ? null : navigator.languages?.join(','));
}

type Props = { error: Error & { digest?: string } };

/** The last resort: replaces the whole page. */
export default function GlobalError({ error }: Props) {
  const locale = guessLocale();
  const theme = readCookie(THEME_COOKIE);
  const messages = { common: catalogues[locale] } as unknown as Messages;
  return (
    <html lang={locale} data-theme={isTheme(theme) ? theme : 'system'}>
      <head>
        <title>{`${messages.common.error.title} · ${messages.common.appName}`}</title>
        <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover" />
      </head>
      <body>
        <IntlProvider locale={locale} messages={messages} timeZone="UTC">
          <main className="flex min-h-dvh flex-col justify-center pt-safe pb-safe">
            <ErrorScreen digest={error.digest} onRetry={() => location.reload()} />
          </main>
        </IntlProvider>
      </body>
    </html>
  );
}
