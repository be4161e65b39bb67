import type { UnmailedText } from '#db/queries/mail-outbox.ts';
import type { Locale } from '#lib/i18n/config.ts';
import { getTranslator } from '#lib/i18n/translator.ts';
import { toPlainText } from '#lib/text/plain-text.ts';

/** The texts that a mail is about as plain text in its reader's language. */
export function toPlainTexts(locale: Locale, texts: UnmailedText[]): UnmailedText[] {
  const t = getTranslator(locale, 'chat');
  return texts.map((text) => ({ ...text, body: toPlainText(text, (key) => t(`timeline.${key}`)) }));
}
