import { disassemble, removeLastCharacter } from 'es-hangul';
import { MAX_NAME_LENGTH } from './fold.ts';
import { foldText } from './search-keys.ts';

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

/** What the keyboard shows while a syllable is typed: 고 and 과 before 관. */
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

/** The syllables that this one may become by further typing: 가 may become 간, 고 may become 과. */
function growSyllable(char: string): string[] {
  const jamo = disassemble(char);
  const first = syllablesOf(initialOf(char))[0].charCodeAt(0);
  const all = Array.from({ length: PER_INITIAL }, (_, i) => String.fromCharCode(first + i));
  return all.filter((syllable) => disassemble(syllable).startsWith(jamo));
}

/** A final consonant that may yet move on to the next syllable: 민 is 미 and ㄴ on the way to 미나. */
function moveFinal(char: string): { rest: string; initial: string } | null {
  const initial = isSyllable(char) ? (disassemble(char).at(-1) ?? '') : '';
  return isInitial(initial) ? { rest: removeLastCharacter(char), initial } : null;
}

/** The character under the cursor, which may be an unfinished syllable. */
function lastPattern(char: string): string {
  if (!isSyllable(char)) return charPattern(char);
  const moved = moveFinal(char);
  return `(?:[${growSyllable(char).join('')}]${moved ? `|${moved.rest}${initialPattern(moved.initial)}` : ''})`;
}

/** A half-open range of folded names, in code point order. */
export type NameRange = [from: string, to: string];

const nextCharacter = (char: string) => String.fromCodePoint((char.codePointAt(0) ?? 0) + 1);

function initialRanges(head: string, initial: string): NameRange[] {
  const [first, last] = syllablesOf(initial);
  return [
    [head + first, head + nextCharacter(last)],
    [head + initial, head + nextCharacter(initial)],
  ];
}

/** The ranges that hold just the names which begin with `head` and the character under the cursor. */
function lastRanges(head: string, char: string): NameRange[] {
  if (isInitial(char)) return initialRanges(head, char);
  const ranges: NameRange[] = [];
  for (const one of isSyllable(char) ? growSyllable(char) : [char]) {
    const before = ranges.at(-1);
    if (before?.[1] === head + one) before[1] = head + nextCharacter(one);
    else ranges.push([head + one, head + nextCharacter(one)]);
  }
  const moved = moveFinal(char);
  return moved ? [...ranges, ...initialRanges(head + moved.rest, moved.initial)] : ranges;
}

/**
 * Makes what tells whether a username matches what was typed, as people search does. Null for an empty query and for
 * one that no username can hold.
 */
export function createNameMatcher(query: string): ((username: string) => boolean) | null {
  const parsed = peopleQuery(query);
  if (!parsed) return null;
  const pattern = new RegExp(parsed.pattern, 'u');
  return (username) => pattern.test(splitName(username).join(''));
}

export type PeopleQuery = {
  /** Keys that every match has. */
  keys: string[];
  /** The key that every match has which begins so; null for a single character. */
  opening: string | null;
  /** A PostgreSQL regular expression over the folded name that decides. */
  pattern: string;
  /**
   * The ranges that hold all names which begin so, and no others; null when a consonant before the
   * last character makes them too many.
   */
  beginnings: NameRange[] | null;
};

/**
 * Reads what a person types into people search: part of a username, Korean syllables or initial
 * consonants in any mix, where the last syllable may be unfinished.
 *
 * @returns null for an empty query and for one that no username can hold, such as an e-mail address.
 */
export function peopleQuery(query: string): PeopleQuery | null {
  const chars = splitName(query.slice(0, MAX_NAME_LENGTH * 8).replace(/^\s*[@＠]/u, ''));
  if (chars.length === 0 || chars.length > MAX_NAME_LENGTH * 2) return null;
  if (!chars.every((char) => /[\p{L}\p{M}\p{N}_.-]/u.test(char))) return null;
  const head = chars.slice(0, -1);
  const last = chars.at(-1) ?? '';
  // The final of the last syllable may belong to the next one; what is before it is sure.
  const sure = moveFinal(last)?.rest ?? last;
  // A letter or digit is in a pair already, and its own key is on so many names that reading it costs most.
  const single = [...head, sure].filter((char) => isSyllable(char) || chars.length === 1);
  return {
    keys: [...new Set([...single, ...pairInitials(chars)])],
    opening: chars.length > 1 ? openingKey(chars) : null,
    pattern: head.map(charPattern).join('') + lastPattern(last),
    beginnings: head.some(isInitial) ? null : lastRanges(head.join(''), last),
  };
}
