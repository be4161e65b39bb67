import { isBlank } from './fold.ts';
import { createNaming, type Heading, listHeadings } from './headings.ts';
import type { Line } from './lines.ts';
import { createMatcher, hasSecret, type Matcher, matchUnmarked, replaceSecrets } from './quoted-lines.ts';
import type { SentMail } from './sent-mail.ts';
import { countOwnLines } from './signatures.ts';

/** A line of so many letters beside a link that nobody else may have is a label of it. */
const LABEL_LENGTH = 30;

/** A reply without what it quotes. */
export type OwnWords = {
  text: string;
  /** Lines that were left out though they may be the writer's, who is told so. */
  doubtful: string[];
};

/**
 * What a person wrote in a reply: all but what is known to be the mail that they answer, the heading that a
 * program put above it, and their signature. When in doubt, a line stays: too much is a blemish, too little a loss.
 *
 * @param sent the mail that it answers.
 */
export function stripReply(lines: Line[], sent: SentMail): OwnWords {
  const matcher = createMatcher(sent);
  const { cut, doubtful } = markQuoted(lines, matcher, listHeadings(lines, createNaming(sent)));
  for (const [index, { text }] of lines.entries()) {
    if (hasSecret(text) && replaceSecrets(text, '').trim().length <= LABEL_LENGTH) cut.add(index);
  }
  closeGaps(lines, cut);
  return { text: joinKept(lines, cut), doubtful: doubtful.map((index) => lines[index]?.text ?? '') };
}

/** The lines that are quoted, and the headings above them; of these, the ones that may be the writer's own. */
function markQuoted(lines: Line[], matcher: Matcher, headings: Heading[]) {
  const quoted = new Set(
    lines.flatMap((line, index) => (line.depth > 0 && matcher.isQuotation(line) ? [index] : [])),
  );
  const ours = headings.filter((heading) => heading.isOurs || isAboveOurs(lines, heading, quoted, matcher));
  const from = Math.min(...ours.map(({ from }) => from), findTop(lines, matcher));
  const cut = new Set(quoted);
  for (const heading of ours) for (let at = heading.from; at < heading.to; at += 1) cut.add(at);
  if (from === Number.POSITIVE_INFINITY) return { cut, doubtful: [] };
  const unmarked = matchUnmarked(lines, from, matcher);
  for (const index of unmarked) cut.add(index);
  const told = readTold(lines, from, cut, matcher);
  if (told.isUnknown) for (let at = told.at + 1; at < told.end; at += 1) cut.add(at);
  const tops = new Set(ours.map((heading) => nextWritten(lines, heading.to)));
  const runs = listRuns(lines, from).filter((run) => run.some((at) => quoted.has(at) || tops.has(at)));
  const doubtful = runs.flatMap((run) => addUnknown(lines, run, cut, told, matcher));
  return { cut, doubtful };
}

/** The next line that is not empty, from here on; the number of lines if there is none. */
function nextWritten(lines: Line[], from: number): number {
  let at = from;
  while (at < lines.length && isBlank(lines[at]?.text ?? '')) at += 1;
  return at;
}

/** Whether what comes right below a heading is our mail, or is marked as what our name wrote. */
function isAboveOurs(lines: Line[], heading: Heading, quoted: Set<number>, matcher: Matcher): boolean {
  const next = nextWritten(lines, heading.to);
  const line = lines[next];
  if (!line) return false;
  if (quoted.has(next) || (heading.isCalled && line.depth > (lines[heading.from]?.depth ?? 0))) return true;
  return line.depth === 0 && matchUnmarked(lines.slice(next, next + 40), 0, matcher).has(0);
}

/** Where our mail begins without a heading: with its own first sentence, or at the latest with its link. */
function findTop(lines: Line[], matcher: Matcher): number {
  const end = lines.findLastIndex(({ text }) => hasSecret(text));
  const top = lines.findIndex(({ text }) => matcher.readCount(text) !== undefined);
  const link = lines.findIndex(({ text }, index) => {
    if (!matcher.isOpener(text)) return false;
    const next = lines[nextWritten(lines, index + 1)]?.text ?? '';
    return matcher.hasChatLink(text) || matcher.hasChatLink(next);
  });
  const found = [top, link].filter((index) => index >= 0 && index < Math.max(end, link));
  if (link >= 0 && link < end) found.push(link);
  return found.length > 0 ? Math.min(...found) : Number.POSITIVE_INFINITY;
}

/**
 * What a quoted mail of ours says of itself: where its first sentence is and how many texts that tells of, and where
 * the link below these is; whether what stands between is just a line for each text, none of them known; and
 * whether it showed something that nobody knows any more.
 */
type Told = { at: number; end: number; isUnknown: boolean; hasUnknown: boolean };

function readTold(lines: Line[], from: number, cut: Set<number>, matcher: Matcher): Told {
  const at = lines.findIndex(({ text }, index) => index >= from && matcher.readCount(text) !== undefined);
  const count = at < 0 ? undefined : matcher.readCount(lines[at]?.text ?? '');
  const end = lines.findIndex(({ text }, index) => index > at && matcher.isOpener(text));
  const { textCount, goneCount } = matcher;
  const isAnother = count !== undefined && textCount !== undefined && count !== textCount;
  const hasUnknown = goneCount > 0 || isAnother;
  const between = lines.flatMap(({ text }, index) =>
    at < index && index < end && !isBlank(text) ? [index] : [],
  );
  const isUnknown = between.length === count && between.every((index) => !cut.has(index));
  return { at, end, isUnknown, hasUnknown };
}

/** Stretches of lines marked as quoted, from here on, with no words between that are not. */
function listRuns(lines: Line[], from: number): number[][] {
  const runs: number[][] = [];
  let isOpen = false;
  for (const [at, { depth, text }] of lines.entries()) {
    if (at < from || (depth === 0 && isBlank(text))) continue;
    if (depth > 0 && isOpen) runs.at(-1)?.push(at);
    else if (depth > 0) runs.push([at]);
    isOpen = depth > 0;
  }
  return runs;
}

/**
 * Marks, in a stretch that quotes our mail, lines that match nothing: those of lost letters, and where texts of the
 * mail were deleted or changed since, all, as any of them may be such a text.
 *
 * @returns those that may as well be the writer's own words within the quotation. They are not if the
 * quotation is whole and has just a line for each text that is gone.
 */
function addUnknown(lines: Line[], run: number[], cut: Set<number>, told: Told, matcher: Matcher): number[] {
  const open = run.filter((at) => !cut.has(at) && !isBlank(lines[at]?.text ?? ''));
  const isRuined = (at: number) => lines[at] !== undefined && matcher.isRuined(lines[at]);
  const unknown = open.filter((at) => !isRuined(at));
  for (const at of open) if (told.hasUnknown || isRuined(at)) cut.add(at);
  const isWhole = run.includes(told.at) && run.includes(told.end) && unknown.length === matcher.goneCount;
  return told.hasUnknown && !isWhole ? unknown : [];
}

/** Marks what lies between two marked lines and holds no words: blanks, rules, empty marks of quotation. */
function closeGaps(lines: Line[], cut: Set<number>): void {
  let previous = -1;
  for (const [index, { text }] of lines.entries()) {
    if (isBlank(text) && !cut.has(index)) continue;
    const isGap = cut.has(index) && (previous < 0 || cut.has(previous));
    for (let at = previous + 1; isGap && at < index; at += 1) cut.add(at);
    if (!isGap) markEmptyQuotes(lines, cut, previous, index);
    previous = index;
  }
  markEmptyQuotes(lines, cut, previous, lines.length);
}

/** Empty marks, and rules that programs draw, beside a marked line go with it. */
function markEmptyQuotes(lines: Line[], cut: Set<number>, previous: number, next: number): void {
  if (!cut.has(previous) && !cut.has(next)) return;
  for (let at = previous + 1; at < next; at += 1) {
    const { depth = 0, text = '' } = lines[at] ?? {};
    const isRule = /^\s*[-_=*─—]{5,}\s*$/.test(text);
    if (depth > 0 || isRule) cut.add(at);
  }
}

/** The lines that stay, each stretch of them without the signature at its end. */
function joinKept(lines: Line[], cut: Set<number>): string {
  let kept = '';
  let hasBlank = false;
  let start = 0;
  while (start < lines.length) {
    let end = start;
    while (end < lines.length && !cut.has(end)) end += 1;
    const stretch = lines.slice(start, end);
    const own = stretch.slice(0, countOwnLines(stretch)).map(({ raw }) => replaceSecrets(raw, '…'));
    const text = own.join('\n').replace(/^(?:[ \t]*\n)+/, '');
    hasBlank ||= own[0]?.trim() === '';
    if (text.trim() !== '') {
      kept += (kept && (hasBlank ? '\n\n' : '\n')) + text.trimEnd();
      hasBlank = false;
    }
    hasBlank ||= stretch.at(-1)?.text.trim() === '';
    start = end + 1;
  }
  // Nobody means more than two blank lines.
  return kept.replace(/\n(?:[ \t]*\n){3,}/g, '\n\n\n');
}
