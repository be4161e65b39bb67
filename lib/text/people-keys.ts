import { removeLastCharacter } from 'es-hangul';
import { MAX_NAME_LENGTH } from './fold.ts';
import { foldText } from './search-keys.ts';
import {
  growSyllable,
  initialOf,
  isInitial,
  isSyllable,
  moveFinal,
  splitPairs,
  syllablesOf,
  writePattern,
} from './typed-hangul.ts';

/** Folded characters; letter pairs that a keyboard joins by itself are taken apart. */
function splitName(text: string): string[] {
  return [...splitPairs(foldText(text).replaceAll(' ', ''))];
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
    pattern: writePattern(chars),
    beginnings: head.some(isInitial) ? null : lastRanges(head.join(''), last),
  };
}
