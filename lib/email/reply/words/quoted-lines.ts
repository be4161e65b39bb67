import { fold, isBlank, listLinks } from './fold.ts';
import type { Line } from './lines.ts';
import type { SentMail } from './sent-mail.ts';

/** What occurs in our mails and nowhere else. */
const REPLY_ADDRESS = /reply\+[a-z2-7]{56}@/i;
const STOP_TOKEN = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\.[\w-]{43}/i;
const CHAT_LINK = /(?:\/|%2f)chat(?:\/|%2f)[\w-]{1,40}(?:\?|%3f)m(?:=|%3d)\d/i;
/** Shorter ones of a mail's words could be in any sentence, so they count only as whole lines. */
const MIN_PIECE = 2;

/** None of our sentences is longer, in characters, with the link that programs put beside it. */
const LINE_LIMIT = 800;

/** Whether a line would let whoever reads it answer in this person's name, or turn their mails off. */
export const hasSecret = (text: string) => STOP_TOKEN.test(text) || REPLY_ADDRESS.test(text);

/** A text with a mark in place of each of these, and of what they are part of. */
export const replaceSecrets = (text: string, mark: string) =>
  text
    .split(/(\s+)/)
    .map((word) => (hasSecret(word) ? mark : word))
    .join('');

/** Finds which lines of a reply are quoted from the mail that it answers. */
export type Matcher = ReturnType<typeof createMatcher>;

/** Prepares the comparison with one mail of ours. */
export function createMatcher(sent: SentMail) {
  const compile = (sources: string[]) => new RegExp(`^(?:${sources.join('|')})$`, 'u');
  const phrase = compile(sent.phrases);
  const heading = compile(sent.headings);
  const opener = compile(sent.openers);
  const listFolded = (texts: string[]) => texts.flatMap((text) => text.split('\n')).map(fold);
  const shown = listFolded(sent.texts).filter(Boolean);
  const wholeLines = new Set([...shown, ...listFolded(sent.nearby)]);
  const corpus = fold([...sent.texts, ...sent.nearby].join('\n'));
  const links = new Set([...sent.texts, ...sent.nearby].flatMap(listLinks));

  const isPhrase = (text: string) => text.length <= LINE_LIMIT && phrase.test(fold(text));
  const isOpener = (text: string) => text.length <= LINE_LIMIT && opener.test(fold(text));
  /** A line of links alone, of which each is one of ours: as we wrote it, or wrapped by a guard against fraud. */
  const isOurLink = (text: string, isAfterOpener: boolean) => {
    const found = listLinks(text);
    if (found.length === 0 || fold(text) !== '') return false;
    return found.every((link) => links.has(link) || (isAfterOpener && CHAT_LINK.test(link)));
  };
  return {
    shown,
    textCount: sent.count,
    goneCount: sent.goneCount,
    isPhrase,
    isOpener,
    isOurLink,
    hasChatLink: (text: string) => text.length <= LINE_LIMIT && CHAT_LINK.test(text),
    /** How many texts a heading of ours speaks of; undefined for any other line. */
    readCount(text: string): number | undefined {
      const match = text.length <= LINE_LIMIT ? heading.exec(fold(text)) : null;
      return match ? Number(match.slice(1).find(Boolean) ?? 1) : undefined;
    },
    /** Whether a line that is marked as quoted is part of our mail. */
    isQuotation({ text }: Line): boolean {
      if (hasSecret(text) || isPhrase(text)) return true;
      const folded = fold(text);
      if (folded === '') return isOurLink(text, true);
      return wholeLines.has(folded) || (folded.length >= MIN_PIECE && corpus.includes(folded));
    },
    /** Whether nothing of a line is left but marks of lost letters. */
    isRuined: ({ text }: Line) => /[?\ufffd]{2}/.test(text) && fold(text).replaceAll('\ufffd', '') === '',
  };
}

/**
 * Which lines without a mark are our mail's, below a heading that says that it follows. Each line of it
 * counts once, so that an answer in the same words stays; one that a program broke is put together again.
 */
export function matchUnmarked(lines: Line[], from: number, matcher: Matcher): Set<number> {
  const found = new Set<number>();
  const open = [...matcher.shown];
  let isAfterOpener = false;
  for (let index = from; index < lines.length; index += 1) {
    const line = lines[index];
    if (!line || line.depth > 0 || isBlank(line.text)) continue;
    const { text } = line;
    if (hasSecret(text) || matcher.isPhrase(text) || matcher.isOurLink(text, isAfterOpener)) {
      found.add(index);
    } else {
      const size = takeText(lines, index, open);
      for (let at = index; at < index + size; at += 1) found.add(at);
      index += Math.max(0, size - 1);
    }
    isAfterOpener = matcher.isOpener(text);
  }
  return found;
}

/** How many lines from here on are one line of the mail, which is then used up; 0 for none. */
function takeText(lines: Line[], from: number, open: string[]): number {
  let joined = '';
  for (let at = from; at < lines.length; at += 1) {
    const line = lines[at];
    if (!line || line.depth > 0) return 0;
    joined += fold(line.text);
    const isBroken = joined !== '' && open.some((text) => text.startsWith(joined));
    if (!isBroken) return 0;
    const exact = open.indexOf(joined);
    if (exact >= 0) {
      open.splice(exact, 1);
      return at - from + 1;
    }
  }
  return 0;
}
