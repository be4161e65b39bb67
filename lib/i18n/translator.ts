import { createTranslator } from 'use-intl/core';
import type { Locale } from './config.ts';
import en from './en/index.ts';
import ko from './ko/index.ts';

const catalogues = { ko, en };
export type Messages = typeof ko;
export type Namespace = keyof Messages;

/** The whole catalogue of a language. */
export function getMessages(locale: Locale): Messages {
  // The two catalogues have the same keys (kept by a test); their literal texts differ.
  return catalogues[locale] as unknown as Messages;
}

function makeTranslator<N extends Namespace>(locale: Locale, namespace: N) {
  return createTranslator({ locale, messages: getMessages(locale), namespace, timeZone: 'UTC' });
}

/** Each keeps the messages that it has read: making one anew reads them again. */
const translators = new Map<string, unknown>();

/** A translator outside React, for e-mails and server code. */
export function getTranslator<N extends Namespace>(locale: Locale, namespace: N) {
  const key = `${locale} ${namespace}`;
  const known = translators.get(key) as ReturnType<typeof makeTranslator<N>> | undefined;
  const translator = known ?? makeTranslator(locale, namespace);
  translators.set(key, translator);
  return translator;
}
