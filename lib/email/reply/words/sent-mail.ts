import { cleanLine } from '#lib/email/content/clean-line.ts';
import { quoteLine } from '#lib/email/content/quote-line.ts';
import { locales, productNames } from '#lib/i18n/config.ts';
import { getTranslator } from '#lib/i18n/translator.ts';
import { getEmailFrom } from '#lib/runtime/env.ts';
import { parseAddresses } from '../addresses.ts';
import { escapePattern, fold } from './fold.ts';

/** What is known of the mail that a reply answers: quotations are recognised by this and by nothing else. */
export type SentMail = {
  /** The address and the names that our mails come from, as headings above quotations have them. */
  address: string;
  names: string[];
  /** The texts that the mail showed, with the recipient's own before them and what was quoted; how many new ones it spoke of. */
  texts: string[];
  /** Undefined once that is forgotten. */
  count: number | undefined;
  /** Texts that it showed and that were deleted or changed since: nobody knows what it said in their place. */
  goneCount: number;
  /** What else was written in the conversation at that time; earlier and later mails showed it. */
  nearby: string[];
  /** Sentences that all such mails contain, folded, as sources of expressions. */
  phrases: string[];
  /** Of these, the heading that tells how many texts there are; `(\d+)` is their number, one where it lacks. */
  headings: string[];
  /** Of these, what the link to the conversation is called. */
  openers: string[];
};

/** What stands in for a name and for a number while a sentence is folded. */
const NAME = 'zqnamezq';
const NUMBER = 98765;
/** With fewer letters of its own a sentence could be anybody's, so the partner's name must be the right one. */
const MIN_OWN_LETTERS = 8;

/**
 * Sentences of mails from earlier releases, because mails stay in mailboxes for years. Add sentences here when
 * they are removed from a catalogue.
 */
const EARLIER = {
  headings: [
    `${NAME}님이 메시지를 보냈어요`,
    `${NAME}님이 메시지 ${NUMBER}개를 보냈어요`,
    `${NAME} sent you a message`,
    `${NAME} sent you ${NUMBER} messages`,
  ],
  openers: ['대화 열기', 'Open conversation'],
  others: [
    ...Object.values(productNames),
    `그 밖에 ${NUMBER}개가 더 있어요`,
    `and ${NUMBER} more`,
    `${NAME}님과의 대화에 새 메시지가 있어 보내 드렸어요.`,
    `You get this because there are new messages in your conversation with ${NAME}.`,
    '이메일 알림 끄기',
    'Turn off e-mail notifications',
    '내가 보낸 메시지',
    'You wrote',
    `${NAME}님의 답`,
    `${NAME} answered`,
    `이 메일에 답장하면 ${NAME}님이 단둘에서 바로 읽어요.`,
    `Reply to this e-mail and ${NAME} reads your answer in Dandul.`,
    `A message from ${NAME}. Open the conversation to answer.`,
    `${NAME}님이 보낸 메시지예요. 대화를 열어 답해 보세요.`,
  ],
};

function listSentences(): typeof EARLIER {
  const found = structuredClone(EARLIER);
  for (const locale of locales) {
    const t = getTranslator(locale, 'email');
    found.headings.push(...[1, NUMBER].map((count) => t('headingMessages', { name: NAME, count })));
    found.openers.push(t('open'));
    found.others.push(t('brand'), t('stop'), t('yourMessage'));
    found.others.push(t('why', { name: NAME }), t('replyHint', { name: NAME }));
    found.others.push(t('theirMessage', { name: NAME }), t('previewMessages', { name: NAME }));
    found.others.push(
      t('continued'),
      t('answersMine'),
      t('answersTheirs', { name: NAME }),
      t('answersDeleted'),
      t('forwarded'),
    );
  }
  return found;
}

/** A sentence as an expression for folded lines. */
function toSource(sentence: string, partnerName: string): string {
  const folded = fold(sentence);
  const isTelling = folded.replace(NAME, '').length >= MIN_OWN_LETTERS;
  return escapePattern(folded)
    .replace(NAME, isTelling ? '.{1,60}' : fold(partnerName).replace(/[^\p{L}\p{N}]/gu, '.'))
    .replace(String(NUMBER), '(\\d+)');
}

/** Collects what a reply is compared with. */
export function describeSentMail(known: {
  partnerName: string;
  texts: string[];
  count: number | undefined;
  goneCount: number;
  ownBefore: string[];
  /** What its texts answer. */
  answered: string[];
  nearby: string[];
}): SentMail {
  const { partnerName, texts, count, goneCount, ownBefore, answered, nearby } = known;
  const from = getEmailFrom();
  const [address = ''] = parseAddresses(from);
  const sentences = listSentences();
  const toSources = (list: string[]) => [...new Set(list.map((sentence) => toSource(sentence, partnerName)))];
  const headings = toSources(sentences.headings);
  const openers = toSources(sentences.openers);
  const all = texts.join('\n');
  // Our mails begin with their texts, unseen, for mail programs to show beside the subject; those of the
  // first release with what follows the first line.
  const previews = [all, all.slice(all.indexOf('\n') + 1)].map((text) => cleanLine(text, 140));
  const fromNames = locales.map((locale) =>
    getTranslator(locale, 'email')('fromName', { name: partnerName }),
  );
  const ownName = from.split('<')[0]?.replace(/["']/g, '').trim() ?? '';
  return {
    address,
    names: [...new Set([ownName, ...Object.values(productNames), ...fromNames])].filter(Boolean),
    texts: [...ownBefore, ...texts, ...answered.map(quoteLine)],
    count,
    goneCount,
    nearby: [...nearby, ...previews],
    phrases: [...headings, ...openers, ...toSources(sentences.others)],
    headings,
    openers,
  };
}
