import { isSyllable, splitPairs, writePattern } from '../typed-hangul.ts';
import type { Emoji } from './emoji.ts';

/** A longer query finds nothing (code units). */
const LONGEST_QUERY = 60;
/** What may stand between two characters of a query: names have spaces where one may type none. */
const BETWEEN = '[ _-]?';

type Options = {
  /** Emoji that come first, the first one before all, where a whole word is what they are found by. */
  preferred?: readonly string[];
  /** Only what begins a word counts, so that few letters find few emoji. */
  isFromStart?: boolean;
};

/** How well a line answers a query, best first: all of it, a word, its beginning, that of a word, anything in it. */
type Matcher = { exact: RegExp; word: RegExp; start: RegExp; wordStart: RegExp; inside: RegExp };

function compile(pattern: string): Matcher {
  return {
    exact: new RegExp(`^(?:${pattern})$`, 'mu'),
    word: new RegExp(`(?:^|[ _-])(?:${pattern})(?=$|[ _-])`, 'mu'),
    start: new RegExp(`^(?:${pattern})`, 'mu'),
    wordStart: new RegExp(`(?:^|[ _-])(?:${pattern})`, 'mu'),
    inside: new RegExp(pattern, 'u'),
  };
}

const NO_MATCH = Number.POSITIVE_INFINITY;
const WORD = 1;
const INSIDE = 5;
/** Its words are found in different places. */
const SCATTERED = 4;

function rank(text: string, { exact, word, start, wordStart, inside }: Matcher): number {
  if (!inside.test(text)) return NO_MATCH;
  if (exact.test(text)) return 0;
  if (word.test(text)) return WORD;
  if (start.test(text)) return 2;
  return wordStart.test(text) ? 3 : INSIDE;
}

/** Lower is better; a keyword counts as a word of a name, its beginning less than that of one. */
function score({ titles, keywords }: Emoji, whole: Matcher, words: readonly RegExp[]): number {
  const byKeyword = rank(keywords, whole);
  const best = Math.min(rank(titles, whole), byKeyword <= WORD ? WORD : byKeyword + 0.5);
  if (best < SCATTERED || words.length < 2) return best;
  return words.every((word) => word.test(titles) || word.test(keywords)) ? SCATTERED : best;
}

/** A single letter or consonant is in nearly all names. */
const isSingleLetter = (query: string) => query.length < 2 && !isSyllable(query);

/**
 * Finds emoji by what is typed, best first: names and keywords in Korean and English, initial consonants, shortcodes,
 * an emoji itself. The last Korean syllable may be unfinished.
 */
export function findEmoji(all: readonly Emoji[], typed: string, options: Options = {}): Emoji[] {
  const { preferred = [], isFromStart = false } = options;
  const query = splitPairs(typed.normalize('NFC').toLowerCase().trim());
  if (query === '' || query.length > LONGEST_QUERY) return [];
  const words = query.split(/[\s_]+/).filter(Boolean);
  const whole = compile(writePattern([...words.join('')], BETWEEN));
  const parts = words.map((word) => compile(writePattern([...word], BETWEEN)).wordStart);
  const isLoose = !isFromStart && !isSingleLetter(query);
  return all
    .map((emoji, order) => {
      const place = preferred.indexOf(emoji.char);
      const points = score(emoji, whole, parts);
      if (place < 0) return { emoji, order, place: preferred.length, score: points };
      return { emoji, order, place, score: points <= WORD ? 0 : points };
    })
    .filter((hit) => hit.score < (isLoose ? NO_MATCH : INSIDE))
    .sort((a, b) => a.score - b.score || a.place - b.place || a.order - b.order)
    .map(({ emoji }) => emoji);
}
