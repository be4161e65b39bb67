import { disassemble, removeLastCharacter } from 'es-hangul';
import { foldText } from './search-keys.ts';

/** Names are at most this long (INTERFACE, Limits), so a longer query finds nobody. */
const MAX_NAME_LENGTH = 30;
const FIRST_SYLLABLE = 0xac00;
/** Syllables that share an initial consonant. */
const PER_INITIAL = 588;
const INITIALS = [...'ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ'];

const isSyllable = (char: string) => char >= '가' && char <= '힣';
const isInitial = (char: string) => INITIALS.includes(char);

function initialOf(char: string): string {
  if (!isSyllable(char)) return char;
  return INITIALS[Math.floor((char.charCodeAt(0) - FIRST_SYLLABLE) / PER_INITIAL)] ?? char;
}

/** First and last syllable that begin with this consonant. */
function syllablesOf(initial: string): [string, string] {
  const first = FIRST_SYLLABLE + INITIALS.indexOf(initial) * PER_INITIAL;
  return [String.fromCharCode(first), String.fromCharCode(first + PER_INITIAL - 1)];
}

/** Folded characters; letter pairs that a keyboard joins by itself (ㄱㅅ to ㄳ) are taken apart. */
function splitName(text: string): string[] {
  const folded = foldText(text).replaceAll(' ', '');
  return [...folded.replace(/[ㄳㄵㄶㄺ-ㅀㅄ]/gu, (pair) => disassemble(pair))];
}

/** What the keyboard shows on the way to a syllable: 관 by way of 과 and 고. */
function stagesOf(char: string): string[] {
  const stages: string[] = [];
  for (let stage = char; isSyllable(stage); stage = removeLastCharacter(stage)) stages.push(stage);
  return stages.length > 0 ? stages : [char];
}

/** Neighbouring initials, such as ㄱㅁ and ㅁㅈ of 김민지. */
function pairInitials(chars: string[]): string[] {
  return chars.slice(1).map((char, i) => initialOf(chars[i] ?? '') + initialOf(char));
}

const openingKey = (chars: string[]) => `^${chars.slice(0, 2).map(initialOf).join('')}`;

/**
 * The keys by which people search finds a username. The first one is the whole folded name (the
 * column `search_name` is made of it); the others are its characters, their initials and stages of
 * typing, pairs of initials, and the name's opening pair.
 */
export function peopleKeys(username: string): string[] {
  const chars = splitName(username);
  const pieces = chars.flatMap((char) => [...stagesOf(char), initialOf(char)]);
  return [...new Set([chars.join(''), ...pieces, ...pairInitials(chars), openingKey(chars)])];
}

/** A consonant stands for itself and for every syllable it begins. */
function initialPattern(initial: string): string {
  return `[${initial}${syllablesOf(initial).join('-')}]`;
}

function charPattern(char: string): string {
  if (isInitial(char)) return initialPattern(char);
  return char === '.' ? '\\.' : char;
}

/** The syllable under the cursor: 미 may become 민, and the ㄴ of 민 may move on to make 미나. */
function lastPattern(char: string): string {
  if (!isSyllable(char)) return charPattern(char);
  const jamo = disassemble(char);
  const [first] = syllablesOf(initialOf(char));
  const grown: string[] = [];
  for (let i = 0; i < PER_INITIAL; i++) {
    const syllable = String.fromCharCode(first.charCodeAt(0) + i);
    if (disassemble(syllable).startsWith(jamo)) grown.push(syllable);
  }
  const final = jamo.at(-1) ?? '';
  const moved = isInitial(final) ? `|${removeLastCharacter(char)}${initialPattern(final)}` : '';
  return `(?:[${grown.join('')}]${moved})`;
}

/** The names that can begin so lie between these two, in code point order. */
function boundsOf(chars: string[]): { from: string; to: string } {
  const free = chars.findIndex((char, i) => isInitial(char) || (i === chars.length - 1 && isSyllable(char)));
  if (free < 0) return { from: chars.join(''), to: `${chars.join('')}\u{10ffff}` };
  const head = chars.slice(0, free).join('');
  const char = chars[free] ?? '';
  // A lone consonant sorts before every syllable.
  if (isInitial(char)) return { from: head + char, to: `${head}${syllablesOf(char)[1]}\u{10ffff}` };
  const grown = stagesOf(char).at(-1) ?? char;
  // Stages of one syllable lie within the vowels that begin alike, at most four times 28 apart.
  return { from: head + grown, to: `${head}${String.fromCharCode(grown.charCodeAt(0) + 4 * 28)}` };
}

export type PeopleQuery = {
  /** Keys that every match has. */
  keys: string[];
  /** The key that every match has which begins so; null for a single character. */
  opening: string | null;
  /** A PostgreSQL regular expression over the folded name that decides. */
  pattern: string;
  /** Half-open range of folded names, in code point order, that holds all matches which begin so. */
  from: string;
  to: string;
};

/**
 * Reads what a person types into people search: part of a username, Korean syllables or initial
 * consonants in any mix, the last syllable possibly unfinished.
 *
 * @returns null for an empty query and for one that no username can hold, such as an e-mail address.
 */
export function peopleQuery(query: string): PeopleQuery | null {
  const chars = splitName(query.slice(0, MAX_NAME_LENGTH * 8).replace(/^\s*[@＠]/u, ''));
  if (chars.length === 0 || chars.length > MAX_NAME_LENGTH * 2) return null;
  if (!chars.every((char) => /[\p{L}\p{M}\p{N}_.-]/u.test(char))) return null;
  const last = chars.at(-1) ?? '';
  const known = chars.slice(0, -1).filter((char) => !isInitial(char));
  // The final of the last syllable may belong to the next one, the rest of it is sure.
  const sure = isSyllable(last) ? (stagesOf(last).find((_, i) => i > 0 || !hasFinal(last)) ?? last) : last;
  const pairs = pairInitials(chars);
  return {
    keys: [...new Set([...known, sure, ...pairs])],
    opening: chars.length > 1 ? openingKey(chars) : null,
    pattern: chars.slice(0, -1).map(charPattern).join('') + lastPattern(last),
    ...boundsOf(chars),
  };
}

const hasFinal = (syllable: string) => (syllable.charCodeAt(0) - FIRST_SYLLABLE) % 28 !== 0;
