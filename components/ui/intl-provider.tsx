'use client';

import type { ReactNode } from 'react';
import { IntlProvider as UseIntlProvider } from 'use-intl';
import type { Locale } from '#lib/i18n/config.ts';
import type { Messages } from '#lib/i18n/translator.ts';

type Props = {
  locale: Locale;
  /** The parts of the catalogue that the client components below speak. */
  messages: Partial<Messages>;
  /** Unset: the one of the provider above. */
  timeZone?: string;
  children: ReactNode;
};

/** The language and the time zone of every client component below. */
export function IntlProvider({ messages, ...rest }: Props) {
  return <UseIntlProvider {...rest} messages={messages as Messages} />;
}
