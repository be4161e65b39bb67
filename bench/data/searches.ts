import { makeRandom, type Random } from '#db/seed/random.ts';
import { parseQuery } from '#lib/text/search-keys.ts';
import { makeVocabulary, type Vocabulary } from './vocabulary.ts';

/** Words that the logs of a search run hold besides the vocabulary (bench/data/search-conversations.ts). */
export const PLANTED = {
  /** Often written by others, some few times in the great conversation. */
  others: '회계감사',
  /** In one of a thousand messages everywhere. */
  mixed: 'NFT지갑3호',
};

/** Kinds of queries, by what makes them easy or hard; each draws one query. */
export const kinds = {
  'frequent word': (random, { words }) => pickWord(random, words.slice(0, 40)),
  'middling word': (random, { words }) => pickWord(random, words.slice(300, 3_000)),
  'rare word': (random, { words }) => pickWord(random, words.slice(20_000)),
  'absent word': (random) => pickWord(random, absent.words.slice(20_000)),
  'part of a word': (random, { words }) => pickPart(random, words.slice(0, 5_000)),
  'Latin and mixed': (random, { words }) =>
    random.chance(0.2)
      ? random.pick([PLANTED.mixed, '지갑3', 'NFT지'])
      : pickWord(
          random,
          words.filter((word) => /[a-z]/i.test(word)),
        ),
  'two words': (random, { words }) =>
    `${pickWord(random, words.slice(0, 200))} ${pickWord(random, words.slice(0, 3_000))}`,
  'three words': (random, { words }) =>
    [40, 400, 20_000].map((end) => pickWord(random, words.slice(0, end))).join(' '),
  'frequent with others': (random) => random.pick([PLANTED.others, '계감사', '회계감']),
  'rare, of frequent pairs': (random, { words }) => joinWords(random, words.slice(0, 120)),
} satisfies Record<string, (random: Random, vocabulary: Vocabulary) => string>;

export type Kind = keyof typeof kinds;

/** Words of another language community: their pairs occur, most of them do not. */
const absent = makeVocabulary(987_654);

/** Distinct queries of a kind that search accepts. */
export function makeQueries(kind: Kind, count: number, vocabulary: Vocabulary, seed: number): string[] {
  const random = makeRandom(seed);
  const queries = new Set<string>();
  for (let tries = 0; queries.size < count && tries < count * 20; tries++) {
    const query = kinds[kind](random, vocabulary);
    if (parseQuery(query)) queries.add(query);
  }
  return [...queries];
}

function pickWord(random: Random, words: readonly string[]): string {
  return random.pick(words.filter((word) => [...word].length > 1));
}

/** Two syllables of a longer word. */
function pickPart(random: Random, words: readonly string[]): string {
  const long = random.pick(words.filter((word) => word.length > 2));
  const start = random.between(0, long.length - 2);
  return long.slice(start, start + 2);
}

/** Two frequent words that share a syllable, run together: the pairs are frequent, the whole is not. */
function joinWords(random: Random, words: readonly string[]): string {
  const first = pickWord(random, words);
  const fitting = words.filter((word) => word.length > 1 && word !== first && word[0] === first.at(-1));
  return fitting.length === 0 ? `${first.slice(-2)}서에서` : first.slice(-2) + random.pick(fitting).slice(1);
}
