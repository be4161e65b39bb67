import { escapePattern, isBlank } from './fold.ts';
import type { Line } from './lines.ts';
import { hasSecret } from './quoted-lines.ts';
import type { SentMail } from './sent-mail.ts';

/** Longest sentence above a quotation, and the most lines that programs break it into. */
const SENTENCE_LIMIT = 400;
const SENTENCE_LINES = 4;
/** Lines about the quoted mail that follow each other: programs write three to six. */
const MIN_FIELDS = 3;
const MAX_FIELDS = 9;

/** A year, a time, or a date in figures, of any script. */
const DATE = /\p{Nd}{4}|\p{Nd}{1,2}\s?[:.h時시点點]\s?\p{Nd}{2}|\p{Nd}{1,2}\s?[./-]\s?\p{Nd}{1,2}\s?[./-]/u;
/** How such a sentence ends in nearly every language: with a colon, a rule, or the bare verb. */
const SENTENCE_END =
  /[:：]\s*$|-{2,}\s*$|(작성|작성함|썼습니다|쓴 글|wrote|schrieb|écrit|scritto|escribió|escreveu)\s*$/iu;
/** Words that begin it, where the date is on the next line. */
const SENTENCE_START = /^(On|Am|Le|El|Il|Em|Op|Den|Dnia|W dniu|Vào|Pada|Dne|Kl)\s/iu;
/** `-----Original Message-----`, `---------- [원본 메일] ----------`, `________________________________`. */
const RULE = /^\s*(?:[-_=*—]{5,}\s*|[-_=*—]{3,}\s*\[?[^-_=*—]{2,60}\]?\s*[-_=*—]{3,}\s*)$/u;
/** `보낸 사람: …`, `From: …`, `**Sent:** …`: a word or two and a colon, in any language. */
const FIELD = /^[*\s]{0,4}[\p{L}\p{M}][\p{L}\p{M} .'’\u200f-]{0,24}?\s{0,2}\*{0,2}\s?[:：]/u;

/** Marks of writing direction, which programs put around names in Arabic and Hebrew. */
const DIRECTIONS = /[\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/**
 * Lines `from` up to `to` say that what follows is quoted; `isOurs` when they name us as its author, `isCalled`
 * when they have our name alone.
 */
export type Heading = { from: number; to: number; isOurs: boolean; isCalled: boolean };

/** How headings name us. */
export function createNaming({ address, names }: SentMail) {
  const any = names.map(escapePattern).join('|');
  const withAddress = new RegExp(`(?:${any})["'”’]?\\s*[<(\\[＜]\\s*\\S+@`, 'iu');
  const alone = new RegExp(`(?:^|[\\s,:："'“*])(?:${any})(?:$|[\\s,:：;"'”*]|님|이\\(가\\)|さん)`, 'iu');
  const own = new RegExp(`(?:^|[^\\w.+-])${escapePattern(address)}(?![\\w.-]*\\w)`, 'iu');
  return {
    /** Our address, or one of our names with an address, which may have been another one then. */
    isFull: (text: string) => hasSecret(text) || own.test(text) || withAddress.test(text),
    /** One of our names alone, which can be anybody's word. */
    isName: (text: string) => alone.test(text) && !/@/.test(text),
  };
}

export type Naming = ReturnType<typeof createNaming>;

/** Every heading in a mail, in order. The caller looks at what follows each. */
export function listHeadings(given: Line[], naming: Naming): Heading[] {
  const lines = given.map((line) => ({ ...line, text: line.text.replace(DIRECTIONS, '') }));
  const headings: Heading[] = [];
  let at = 0;
  while (at < lines.length) {
    const found = findFields(lines, at, naming) ?? findSentence(lines, at, naming);
    if (found) headings.push(found);
    at = Math.max(at + 1, found?.to ?? 0);
  }
  return headings;
}

const textAt = (lines: Line[], at: number) => lines[at]?.text ?? '';

/** A block of lines about the quoted mail that begins here, with the rule above it. */
function findFields(lines: Line[], from: number, naming: Naming): Heading | undefined {
  let at = from;
  while (isRule(textAt(lines, at)) && at < from + 2) at += 1;
  const hasRule = at > from;
  while (hasRule && at < lines.length && textAt(lines, at).trim() === '' && at < from + 4) at += 1;
  const first = at;
  while (at < lines.length && at < first + MAX_FIELDS && isField(textAt(lines, at))) at += 1;
  const fields = lines.slice(first, at).map(({ text }) => text);
  if (fields.length < (hasRule ? 2 : MIN_FIELDS)) return undefined;
  const hasDate = fields.some((text) => DATE.test(text));
  const isNamed = fields.some((text) => naming.isFull(text));
  const isCalled = hasRule && fields.some((text) => naming.isName(text));
  return { from, to: at, isOurs: (isNamed || isCalled) && (hasDate || hasRule), isCalled };
}

const isRule = (text: string) => text.length <= SENTENCE_LIMIT && RULE.test(text);

const isField = (text: string) => text.length <= SENTENCE_LIMIT && FIELD.test(text);

/** A sentence that ends in this line, with those before it over which it was broken. */
function findSentence(lines: Line[], last: number, naming: Naming): Heading | undefined {
  const end = lines[last];
  if (!end || end.text.length > SENTENCE_LIMIT || isBlank(end.text) || !SENTENCE_END.test(end.text))
    return undefined;
  if (/-\s*$/.test(end.text) && !/^\s*-/.test(end.text)) return undefined;
  let from = last;
  let text = end.text.trim();
  const best = { from: -1 };
  for (; text.length <= SENTENCE_LIMIT; from -= 1) {
    if (best.from < 0 && naming.isFull(text)) best.from = from;
    if (DATE.test(text)) {
      const start = isTorn(lines[from - 1], end.depth) ? from - 1 : from;
      return { from: start, to: last + 1, isOurs: naming.isFull(text), isCalled: naming.isName(text) };
    }
    const above = lines[from - 1];
    if (last - from >= SENTENCE_LINES - 1 || !above || !isBroken(above, end.depth, best.from >= 0)) break;
    text = `${above.text.trim()} ${text}`;
  }
  return best.from < 0 ? undefined : { from: best.from, to: last + 1, isOurs: false, isCalled: false };
}

/** A line that ends before its date does: `On Tue, Nov`. */
const isTorn = (line: Line | undefined, depth: number) =>
  line?.depth === depth &&
  line.text.length < 60 &&
  SENTENCE_START.test(line.text) &&
  !/[.!?。]\s*$/.test(line.text);

/** Columns; letters of East Asia take two. */
const widthOf = (text: string) => [...text].reduce((sum, letter) => sum + (letter > '\u1100' ? 2 : 1), 0);

/** Whether a program broke the sentence after this line: it was full, or says itself that it goes on. */
function isBroken({ depth, text }: Line, ownDepth: number, isNamedBelow: boolean): boolean {
  if (depth !== ownDepth || text.length > SENTENCE_LIMIT || isBlank(text)) return false;
  if (/[<,]\s*$/.test(text) || widthOf(text) >= 50) return true;
  return isNamedBelow && DATE.test(text) && (SENTENCE_START.test(text) || /^\s*\p{Nd}/u.test(text));
}
