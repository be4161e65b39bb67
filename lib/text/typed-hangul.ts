import { disassemble, removeLastCharacter } from 'es-hangul';

const FIRST_SYLLABLE = 0xac00;
/** Syllables that share an initial consonant. */
const PER_INITIAL = 588;
const INITIALS = [...'ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ'];

export const isSyllable = (char: string) => char >= '가' && char <= '힣';
export const isInitial = (char: string) => INITIALS.includes(char);

/** The consonant that a syllable begins with; any other character as it is. */
export function initialOf(char: string): string {
  if (!isSyllable(char)) return char;
  return INITIALS[Math.floor((char.charCodeAt(0) - FIRST_SYLLABLE) / PER_INITIAL)] ?? char;
}

/** First and last syllable that begin with this consonant. */
export function syllablesOf(initial: string): [string, string] {
  const first = FIRST_SYLLABLE + INITIALS.indexOf(initial) * PER_INITIAL;
  return [String.fromCharCode(first), String.fromCharCode(first + PER_INITIAL - 1)];
}

/** A consonant stands for itself and for every syllable it begins. */
function initialPattern(initial: string): string {
  return `[${initial}${syllablesOf(initial).join('-')}]`;
}

function charPattern(char: string): string {
  if (isInitial(char)) return initialPattern(char);
  return char.replace(/[.*+?^${}()|[\]\\]/, '\\$&');
}

/** The syllables that this one may become by further typing: 가 may become 간, 고 may become 과. */
export function growSyllable(char: string): string[] {
  const jamo = disassemble(char);
  const first = syllablesOf(initialOf(char))[0].charCodeAt(0);
  const all = Array.from({ length: PER_INITIAL }, (_, i) => String.fromCharCode(first + i));
  return all.filter((syllable) => disassemble(syllable).startsWith(jamo));
}

/** A final consonant that may yet move on to the next syllable: 민 is 미 and ㄴ on the way to 미나. */
export function moveFinal(char: string): { rest: string; initial: string } | null {
  const initial = isSyllable(char) ? (disassemble(char).at(-1) ?? '') : '';
  return isInitial(initial) ? { rest: removeLastCharacter(char), initial } : null;
}

/** The character under the cursor, which may be an unfinished syllable. */
function lastPattern(char: string): string {
  if (!isSyllable(char)) return charPattern(char);
  const moved = moveFinal(char);
  return `(?:[${growSyllable(char).join('')}]${moved ? `|${moved.rest}${initialPattern(moved.initial)}` : ''})`;
}

/** Takes letter pairs apart that a keyboard joins by itself (ㄱㅅ to ㄳ). */
export function splitPairs(text: string): string {
  return text.replace(/[ㄳㄵㄶㄺ-ㅀㅄ]/gu, (pair) => disassemble(pair));
}

/**
 * A regular expression for what somebody is typing: Korean syllables or initial consonants in any mix, where the last
 * syllable may be unfinished. `between` stands between the characters. PostgreSQL and JavaScript read it alike.
 */
export function writePattern(chars: readonly string[], between = ''): string {
  return [...chars.slice(0, -1).map(charPattern), lastPattern(chars.at(-1) ?? '')].join(between);
}
