import { createKeyedQueue, type Waiting } from './batcher/keyed-queue.ts';
import { createSuspects } from './batcher/suspects.ts';

export type BatcherOptions<Item, Result> = {
  /** Does what is asked by these items, all of them or none; results in their order. */
  run(items: Item[]): Promise<Result[]>;
  /** Items with the same key are done in the order given, never two runs of a key at a time. */
  keyOf(item: Item): string;
  /** Two items of the same identity never share a run. */
  identityOf(item: Item): string;
  /** True for an error that one of the items may have caused: then each is done by itself. */
  isItemFault(error: unknown): boolean;
  /** Items in a run, and runs at a time. */
  maxItems: number;
  maxRuns: number;
  /**
   * Least time (ms) from the start of a run of several items to that of the next, for what need not be
   * answered at once. Who asks alone, one thing after the other, does not wait.
   */
  paceMs?: number;
};

type Asked<Item, Result> = Waiting & {
  item: Item;
  resolve(result: Result): void;
  reject(error: unknown): void;
};

/** For so long a key whose item failed by itself shares no run, nor holds more than one at a time. */
const SUSPICION_MS = 30_000;

/**
 * Gathers what is asked at the same time into few runs. An item that comes while nothing is under way
 * starts at once; the more there is to do, the more go together: nothing waits for a timer, but for the pace.
 */
export function createBatcher<Item, Result>(
  options: BatcherOptions<Item, Result>,
): (item: Item) => Promise<Result> {
  const queue = createKeyedQueue<Asked<Item, Result>>(options.maxItems);
  const suspects = createSuspects(SUSPICION_MS);
  let [runs, suspectRuns] = [0, 0];
  let isPumpDue = false;
  let nextStart = 0;

  function pumpSoon() {
    if (isPumpDue) return;
    isPumpDue = true;
    const wait = nextStart - performance.now();
    if (wait > 0) setTimeout(pump, wait);
    // After all that has arrived in this turn of the event loop.
    else setImmediate(pump);
  }

  function pump() {
    isPumpDue = false;
    while (runs < options.maxRuns) {
      const batch = queue.take(suspects.has, suspectRuns === 0);
      if (batch.length === 0) return;
      if (batch.length > 1) nextStart = performance.now() + (options.paceMs ?? 0);
      void perform(batch);
    }
  }

  async function perform(batch: Asked<Item, Result>[]): Promise<void> {
    const [first] = batch;
    const suspicion = batch.length === 1 && first && suspects.has(first.key) ? 1 : 0;
    runs += 1;
    suspectRuns += suspicion;
    const isDone = await answer(batch, options, suspects);
    if (!isDone) queue.requeue(batch);
    runs -= 1;
    suspectRuns -= suspicion;
    queue.release(batch);
    if (!queue.isEmpty()) pumpSoon();
  }

  return (item) =>
    new Promise((resolve, reject) => {
      const [key, identity] = [options.keyOf(item), options.identityOf(item)];
      queue.add({ item, key, identity, isAlone: false, resolve, reject });
      pumpSoon();
    });
}

/** Runs a batch and answers each of its items; false when each has to be tried by itself, after a fault of one. */
async function answer<Item, Result>(
  batch: Asked<Item, Result>[],
  { run, isItemFault }: BatcherOptions<Item, Result>,
  suspects: ReturnType<typeof createSuspects>,
): Promise<boolean> {
  const lone = batch.length === 1 ? batch[0] : undefined;
  try {
    const results = await run(batch.map(({ item }) => item));
    for (const [index, { resolve }] of batch.entries()) resolve(results[index] as Result);
    if (lone) suspects.clear(lone.key);
    return true;
  } catch (error) {
    const isFault = isItemFault(error);
    if (isFault && !lone?.isAlone) return false;
    for (const { reject } of batch) reject(error);
    if (isFault && lone) suspects.add(lone.key);
    return true;
  }
}
