import type { ReactNode } from 'react';
import { IntlProvider } from '#components/ui/intl-provider.tsx';
import { getClientMessages } from '#lib/i18n/client-messages.ts';
import { getLocale } from '#lib/i18n/server.ts';
import type { Namespace } from '#lib/i18n/translator.ts';

type Props = { of: readonly Namespace[]; timeZone?: string; children: ReactNode };

/**
 * Gives these parts of the catalogue to the client components below, in place of those given above. A page
 * is sent only the texts it uses, so each layout names all of them.
 */
export async function Texts({ of, timeZone, children }: Props) {
  const locale = await getLocale();
  return (
    <IntlProvider locale={locale} messages={getClientMessages(locale, of)} timeZone={timeZone}>
      {children}
    </IntlProvider>
  );
}
