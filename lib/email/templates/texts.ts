import type { Locale } from '#lib/i18n/config.ts';
import { getTranslator } from '#lib/i18n/translator.ts';
import type { MailText } from '../content/mail-text.ts';
import { quoteLine } from '../content/quote-line.ts';
import { type BubbleQuote, renderBubble } from './bubble.ts';

type Words = {
  locale: Locale;
  /** The writer's name. */
  name: string;
};

/** Whose text one answers, in words, and a line of it; undefined for what is no reply. */
function describeAnswered({ locale, name }: Words, { answered }: MailText): BubbleQuote | undefined {
  if (!answered) return undefined;
  const t = getTranslator(locale, 'email');
  if (answered.body === null) return { label: t('answersDeleted'), line: undefined };
  const label = answered.isReaders ? t('answersMine') : t('answersTheirs', { name });
  return { label, line: quoteLine(answered.body) };
}

/** That a text was forwarded; undefined for one that was written. */
const describeOrigin = ({ locale }: Words, { isForwarded }: MailText): string | undefined =>
  isForwarded ? getTranslator(locale, 'email')('forwarded') : undefined;

/** The partner's texts as bubbles, each with what it answers and where it came from. */
export function renderTexts(words: Words, texts: MailText[]) {
  return texts.map((text) =>
    renderBubble(text.seq, text.body, {
      quote: describeAnswered(words, text),
      origin: describeOrigin(words, text),
    }),
  );
}

/** The same as plain text, one for each. */
export function formatTexts(words: Words, texts: MailText[]): string[] {
  return texts.map((text) => {
    const quote = describeAnswered(words, text);
    const origin = describeOrigin(words, text);
    return [
      ...(quote ? [quote.label] : []),
      ...(quote?.line === undefined ? [] : [`> ${quote.line}`]),
      ...(origin === undefined ? [] : [origin]),
      ...(quote || origin !== undefined ? [''] : []),
      text.body,
    ].join('\n');
  });
}
