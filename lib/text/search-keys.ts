/** Longest part of a query that is read, in code points; the rest is ignored. */
const MAX_QUERY_LENGTH = 200;
/** What a search box takes and an address carries of a query, in UTF-16 units; longer ones are cut, not refused. */
export const MAX_QUERY_UNITS = MAX_QUERY_LENGTH * 2;
/** Most words of a query that are searched for. */
const MAX_TERMS = 10;

/**
 * One piece that folding may change as a whole: a character with what composes onto it (combining
 * marks, Hangul vowels and finals, half-width Japanese voicing marks).
 */
const PIECE = /[\s\S][\p{M}\u1160-\u11ff\ud7b0-\ud7ff\uff9e\uff9f]*/gu;
const SPACE = /^[\s\0]+$/u;
/** Most texts: ASCII, Hangul syllables and single letters, in which each character is a piece by itself. */
const PLAIN = /^[\t\n\r\x20-\x7e\u3131-\u3163\uac00-\ud7a3]*$/;
const INVISIBLE = /\p{Default_Ignorable_Code_Point}/gu;

/** Half-width Hangul letters and the full letters they stand for. */
function widenJamo(code: number): number {
  if (code >= 0xffa1 && code <= 0xffbe) return code - 0xffa1 + 0x3131;
  if (code >= 0xffc2 && code <= 0xffc7) return code - 0xffc2 + 0x314f;
  if (code >= 0xffca && code <= 0xffcf) return code - 0xffca + 0x3155;
  if (code >= 0xffd2 && code <= 0xffd7) return code - 0xffd2 + 0x315b;
  if (code >= 0xffda && code <= 0xffdc) return code - 0xffda + 0x3161;
  return code;
}

/** Compatibility and case folding of one code point. */
function foldCodePoint(char: string): string {
  const code = widenJamo(char.codePointAt(0) ?? 0);
  // NFKC would turn single letters into conjoining ones, and ㅋㅠ into 큐: nobody could find ㅠㅠ then.
  if (code >= 0x3131 && code <= 0x318e) return String.fromCodePoint(code);
  const plain = char.normalize('NFKC');
  // Characters such as ´ expand to a space and a mark; the space would cut the word in two.
  const kept = /\s/u.test(plain) ? char : plain;
  let folded = '';
  // Upper case first unites ß with SS and both sigmas; one by one avoids the final sigma rule.
  for (const one of kept) for (const upper of one.toUpperCase()) folded += upper.toLowerCase();
  return folded;
}

function foldPiece(piece: string): string {
  const code = piece.charCodeAt(0);
  if (piece.length === 1) {
    if (code > 0x20 && code < 0x7f) return piece.toLowerCase();
    if (code >= 0xac00 && code <= 0xd7a3) return piece;
  }
  if (SPACE.test(piece)) return ' ';
  let folded = '';
  for (const char of piece.normalize('NFC').replace(INVISIBLE, '')) folded += foldCodePoint(char);
  return folded.normalize('NFC');
}

/** Walks a text piece by piece, white space runs as one space, with each piece's place in the text. */
function* foldPieces(text: string): Generator<{ folded: string; start: number; end: number }> {
  let isAfterSpace = false;
  for (const match of text.toWellFormed().matchAll(PIECE)) {
    const folded = foldPiece(match[0]);
    if (folded === '' || (folded === ' ' && isAfterSpace)) continue;
    isAfterSpace = folded === ' ';
    yield { folded, start: match.index, end: match.index + match[0].length };
  }
}

/**
 * A text as search compares it: NFC and NFD alike, width and compatibility forms (NFKC), case folded
 * without regard to a locale, invisible characters dropped, each run of white space one space. Single
 * Hangul letters stay single letters.
 */
export function foldText(text: string): string {
  if (PLAIN.test(text)) return text.toLowerCase().replace(/\s+/g, ' ');
  let folded = '';
  for (const piece of foldPieces(text)) folded += piece.folded;
  return folded;
}

/** Quotes that keyboards set by themselves, beside those that are typed: as they may be stored, and as compared. */
const SINGLE_QUOTES = '‘’‚‛′';
const DOUBLE_QUOTES = '“”„‟';

/**
 * What a message that was folded earlier may contain, and what it is compared as, character by character: quotes,
 * and the dot that is left of "İ" when it becomes "i", which has no counterpart.
 */
export const ALIKE = {
  from: `${SINGLE_QUOTES}${DOUBLE_QUOTES}\u0307`,
  to: "'".repeat(SINGLE_QUOTES.length) + '"'.repeat(DOUBLE_QUOTES.length),
};
const TO_UNIFY = new RegExp(`i\u0307|[${SINGLE_QUOTES}${DOUBLE_QUOTES}]`, 'gu');

function unify(folded: string): string {
  return folded.replace(TO_UNIFY, (found) =>
    found[0] === 'i' ? 'i' : (ALIKE.to[ALIKE.from.indexOf(found)] ?? ''),
  );
}

/** The text of a message as search compares it: folded, its quotes straight, "İ" an "i". */
export function foldMessage(text: string): string {
  return unify(foldText(text));
}

/** Distinct pairs of neighbouring code points; none holds white space. */
export function pairsOf(folded: string): string[] {
  const pairs = new Set<string>();
  let last = ' ';
  for (const char of folded) {
    if (char !== ' ' && last !== ' ') pairs.add(last + char);
    last = char;
  }
  return [...pairs];
}

export type SearchQuery = {
  /** What a matching message holds, each anywhere in a word. */
  terms: string[];
  /** The words have one character each: the only term is all of them, wherever the message has spaces. */
  isPhrase: boolean;
  /** Pairs that every matching message has among its keys; none when no key leads there. */
  pairs: string[];
};

/** Quotes around a word usually come from the person who searches, not from the message; those inside it count. */
function stripQuotes(word: string): string {
  return word.replace(/^["']+|["']+$/g, '') || word;
}

/**
 * Messages stored before quotes and "İ" were folded have other keys for them, so those pairs are asked
 * for only where there are no others: a word such as "is" would have none.
 */
function choosePairs(terms: readonly string[]): string[] {
  const unquoted = pairsOf(terms.join(' ')).filter((pair) => !/["']/.test(pair));
  const sure = unquoted.filter((pair) => !pair.startsWith('i'));
  return sure.length > 0 ? sure : unquoted;
}

/**
 * Reads a query: words of two characters or more beside any others, or a phrase of single ones ("세 개").
 *
 * @returns null when there are less than two characters to look for.
 */
export function parseQuery(query: string): SearchQuery | null {
  const cut = [...query.slice(0, MAX_QUERY_UNITS)].slice(0, MAX_QUERY_LENGTH).join('');
  // Folding can make many characters of one, and the database looks for each of them in each message.
  const folded = [...foldMessage(cut)].slice(0, MAX_QUERY_LENGTH).join('');
  const words = folded.split(' ').filter(Boolean).map(stripQuotes);
  if (words.every((word) => [...word].length === 1)) {
    return words.length > 1 ? { terms: [words.join('')], isPhrase: true, pairs: [] } : null;
  }
  const terms = [...new Set(words)].slice(0, MAX_TERMS);
  return { terms, isPhrase: false, pairs: choosePairs(terms) };
}

type Folded = { text: string; starts: number[]; ends: number[] };

/** A body as it is compared, and where each UTF-16 unit of that stands in the body. */
function foldWithPlaces(body: string, isPhrase: boolean): Folded {
  const folded: Folded = { text: '', starts: [], ends: [] };
  for (const piece of foldPieces(body)) {
    const text = unify(piece.folded);
    if (isPhrase && text === ' ') continue;
    folded.text += text;
    for (let unit = 0; unit < text.length; unit++) {
      folded.starts.push(piece.start);
      folded.ends.push(piece.end);
    }
  }
  return folded;
}

/**
 * Where the words of a query stand in a text.
 *
 * @returns [start, end) UTF-16 offsets in `body`, in order, apart from each other; empty for no match.
 */
export function findRanges(body: string, query: string): [number, number][] {
  const parsed = parseQuery(query);
  if (!parsed) return [];
  const { text, starts, ends } = foldWithPlaces(body, parsed.isPhrase);
  const found: [number, number][] = [];
  for (const term of parsed.terms) {
    for (let at = text.indexOf(term); at >= 0; at = text.indexOf(term, at + term.length)) {
      found.push([starts[at] ?? 0, ends[at + term.length - 1] ?? body.length]);
    }
  }
  found.sort(([a], [b]) => a - b);
  const ranges: [number, number][] = [];
  for (const [start, end] of found) {
    const last = ranges.at(-1);
    if (last && start <= last[1]) last[1] = Math.max(last[1], end);
    else ranges.push([start, end]);
  }
  return ranges;
}
