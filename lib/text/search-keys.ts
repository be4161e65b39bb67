/** Longest query that is looked at, in code points; what follows is ignored. */
const MAX_QUERY_LENGTH = 200;
/** Most words of a query that are looked for. */
const MAX_TERMS = 10;

/**
 * One piece that folding may change as a whole: a character with what composes onto it (combining
 * marks, Hangul vowels and finals, half-width Japanese voicing marks).
 */
const PIECE = /[\s\S][\p{M}\u1160-\u11ff\ud7b0-\ud7ff\uff9e\uff9f]*/gu;
const SPACE = /^[\s\0]+$/u;
/** Most texts: ASCII, Hangul syllables and single letters, of which each character is a piece by itself. */
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
  // Upper case first joins ß with SS and both sigmas; one by one keeps the final sigma rule away.
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

/**
 * A query as words that must all occur, each anywhere in a word of the message, and the pairs that
 * a matching message holds.
 *
 * @returns null when no word has two characters or more.
 */
export function parseQuery(query: string): { terms: string[]; pairs: string[] } | null {
  const cut = [...query.slice(0, MAX_QUERY_LENGTH * 2)].slice(0, MAX_QUERY_LENGTH).join('');
  // Folding can make many characters of one, and the database looks for each of them in each message.
  const folded = [...foldText(cut)].slice(0, MAX_QUERY_LENGTH).join('');
  const terms = [...new Set(folded.split(' '))].filter(Boolean).slice(0, MAX_TERMS);
  const pairs = pairsOf(terms.join(' '));
  return pairs.length > 0 ? { terms, pairs } : null;
}

/**
 * Where the words of a query stand in a text.
 *
 * @returns [start, end) UTF-16 offsets in `body`, in order, apart from each other; empty for no match.
 */
export function findRanges(body: string, query: string): [number, number][] {
  const parsed = parseQuery(query);
  if (!parsed) return [];
  let folded = '';
  const starts: number[] = [];
  const ends: number[] = [];
  for (const piece of foldPieces(body)) {
    folded += piece.folded;
    for (let unit = 0; unit < piece.folded.length; unit++) {
      starts.push(piece.start);
      ends.push(piece.end);
    }
  }
  const found: [number, number][] = [];
  for (const term of parsed.terms) {
    for (let at = folded.indexOf(term); at >= 0; at = folded.indexOf(term, at + term.length)) {
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
