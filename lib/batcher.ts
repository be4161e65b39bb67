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

type Waiting<Item, Result> = {
  item: Item;
  key: string;
  /** After the fault of a run that it was in. */
  isAlone: boolean;
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
  type One = Waiting<Item, Result>;
  const waiting = new Map<string, One[]>();
  const busy = new Set<string>();
  /** Keys under suspicion, and until when. */
  const suspects = new Map<string, number>();
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
      const batch = take();
      if (batch.length === 0) return;
      if (batch.length > 1) nextStart = performance.now() + (options.paceMs ?? 0);
      void perform(batch);
    }
  }

  function isSuspect(key: string): boolean {
    const until = suspects.get(key);
    if (until !== undefined && until < Date.now()) suspects.delete(key);
    return suspects.has(key);
  }

  /** The next items of keys that have no run under way; the longest waiting keys first. */
  function take(): One[] {
    const batch: One[] = [];
    const identities = new Set<string>();
    for (const [key, queue] of [...waiting]) {
      if (batch.length === options.maxItems) break;
      if (busy.has(key)) continue;
      const suspicious = isSuspect(key);
      if (queue[0]?.isAlone || suspicious) {
        if (batch.length > 0 || (suspicious && suspectRuns > 0)) continue;
        batch.push(queue.shift() as One);
        settle(key, queue);
        return batch;
      }
      const before = batch.length;
      while (queue[0] && !queue[0].isAlone && batch.length < options.maxItems) {
        const identity = options.identityOf(queue[0].item);
        if (identities.has(identity)) break;
        identities.add(identity);
        batch.push(queue.shift() as One);
      }
      if (batch.length > before) settle(key, queue);
    }
    return batch;
  }

  /** Marks a key as under way; what is left of its queue goes behind those who have had no turn. */
  function settle(key: string, queue: One[]) {
    busy.add(key);
    waiting.delete(key);
    if (queue.length > 0) waiting.set(key, queue);
  }

  async function perform(batch: One[]): Promise<void> {
    const lone = batch.length === 1 ? batch[0] : undefined;
    const suspicion = lone && isSuspect(lone.key) ? 1 : 0;
    runs += 1;
    suspectRuns += suspicion;
    try {
      const results = await options.run(batch.map(({ item }) => item));
      for (const [index, { resolve }] of batch.entries()) resolve(results[index] as Result);
      if (lone) suspects.delete(lone.key);
    } catch (error) {
      const isTriedAgain = options.isItemFault(error) && !lone?.isAlone;
      if (isTriedAgain) putBack(batch);
      else for (const { reject } of batch) reject(error);
      if (lone?.isAlone && options.isItemFault(error)) suspects.set(lone.key, Date.now() + SUSPICION_MS);
    }
    runs -= 1;
    suspectRuns -= suspicion;
    for (const { key } of batch) busy.delete(key);
    if (waiting.size > 0) pumpSoon();
  }

  /** To the front of their keys' queues, each to be done by itself. */
  function putBack(batch: One[]) {
    for (const [key, ones] of Map.groupBy(batch, (one) => one.key)) {
      for (const one of ones) one.isAlone = true;
      waiting.set(key, [...ones, ...(waiting.get(key) ?? [])]);
    }
  }

  return (item) =>
    new Promise((resolve, reject) => {
      const key = options.keyOf(item);
      const queue = waiting.get(key) ?? [];
      queue.push({ item, key, isAlone: false, resolve, reject });
      waiting.set(key, queue);
      pumpSoon();
    });
}
