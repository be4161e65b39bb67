import { tidySearchIndex } from '#db/queries/search-messages.ts';
import { getLog } from '../log.ts';
import { memo } from '../memo.ts';

/** New entries gather for so long (ms): a search reads those one by one, so they are to stay few. */
const GATHER_MS = 2_000;

/**
 * Sorts the search entries of new messages into the index, a moment from now and in the background: a
 * thousand at a time cost a fraction of what each would cost its own send. Returns at once and never
 * throws; until then, and when it fails, search finds them all the same.
 */
export function tidySearchSoon(): void {
  const tidying = memo<{ timer: NodeJS.Timeout | undefined }>('tidySearch', () => ({ timer: undefined }));
  tidying.timer ??= setTimeout(() => {
    tidySearchIndex()
      // Another node may be at it, or this one stopping; the next send comes back to it.
      .catch((error) => getLog().debug({ err: error }, 'search index left untidied'))
      .finally(() => {
        tidying.timer = undefined;
      });
  }, GATHER_MS).unref();
}
