import { createBatcher } from './batcher.ts';

/** Look-ups of one kind that are under way at a time. */
const MAX_RUNS = 2;

/**
 * Looks up by key, those asked for at the same time together: when everybody comes back at once, one
 * query serves hundreds. Each answer is read after its question was asked.
 *
 * @param find what is there for these keys; a key that is not in the map is answered with undefined.
 * @param maxKeys in one query.
 */
export function createLookup<Result>(
  find: (keys: string[]) => Promise<Map<string, Result>>,
  maxKeys: number,
): (key: string) => Promise<Result | undefined> {
  return createBatcher<string, Result | undefined>({
    async run(keys) {
      const found = await find(keys);
      return keys.map((key) => found.get(key));
    },
    keyOf: (key) => key,
    identityOf: (key) => key,
    isItemFault: () => false,
    maxItems: maxKeys,
    maxRuns: MAX_RUNS,
  });
}
