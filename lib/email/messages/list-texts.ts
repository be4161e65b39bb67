import type { Tx } from '#db/client.ts';
import { listUnmailed, type UnmailedText } from '#db/queries/mail-outbox.ts';
import type { Locale } from '#lib/i18n/config.ts';
import { getTranslator } from '#lib/i18n/translator.ts';
import { toPlainText } from '#lib/text/plain-text.ts';

/** The texts that a mail is about, oldest first, as plain text in its reader's language. */
export async function listTexts(
  tx: Tx,
  locale: Locale,
  range: Parameters<typeof listUnmailed>[1],
): Promise<UnmailedText[]> {
  const t = getTranslator(locale, 'chat');
  const texts = await listUnmailed(tx, range);
  return texts.map((text) => ({ ...text, body: toPlainText(text, (key) => t(`timeline.${key}`)) }));
}
