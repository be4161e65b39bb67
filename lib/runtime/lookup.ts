import { createBatcher } from './batcher.ts';

/** Look-ups of one kind that are under way at a time. */
const MAX_RUNS = 2;
/** Nobody sees such a wait (ms) in a crowd; of two thousand who come back, it puts ten and more in a query. */
const PACE_MS = 10;

/**
 * Looks up by key, those asked for at the same time together: when everybody comes back at once, one
 * query serves hundreds. Each answer is read after its question was asked.
 *
 * @param find what is there for these keys; a key that is not in the map is answered with undefined.
 * @param maxQuestions in one query.
 */
export function createLookup<Result>(
  find: (keys: string[]) => Promise<Map<string, Result>>,
  maxQuestions: number,
): (key: string) => Promise<Result | undefined> {
  let asked = 0;
  const ask = createBatcher<{ key: string; n: string }, Result | undefined>({
    async run(questions) {
      const found = await find([...new Set(questions.map(({ key }) => key))]);
      return questions.map(({ key }) => found.get(key));
    },
    // No question waits for another, also not for one with the same key.
    keyOf: ({ n }) => n,
    identityOf: ({ n }) => n,
    isItemFault: () => false,
    maxItems: maxQuestions,
    maxRuns: MAX_RUNS,
    paceMs: PACE_MS,
  });
  return (key) => ask({ key, n: String(asked++) });
}
