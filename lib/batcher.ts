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
};

type Waiting<Item, Result> = {
  item: Item;
  resolve(result: Result): void;
  reject(error: unknown): void;
};

/**
 * Gathers what is asked at the same time into few runs. An item that comes while nothing is under way
 * starts at once; the more there is to do, the more go together: nothing waits for a timer.
 */
export function createBatcher<Item, Result>(
  options: BatcherOptions<Item, Result>,
): (item: Item) => Promise<Result> {
  const waiting = new Map<string, Waiting<Item, Result>[]>();
  const busy = new Set<string>();
  let runs = 0;
  let isPumpDue = false;

  function pumpSoon() {
    if (isPumpDue) return;
    isPumpDue = true;
    // After all that has arrived in this turn of the event loop.
    setImmediate(() => {
      isPumpDue = false;
      while (runs < options.maxRuns) {
        const batch = take();
        if (batch.length === 0) return;
        void perform(batch);
      }
    });
  }

  /** The next items of keys that have no run under way; the longest waiting keys first. */
  function take(): Waiting<Item, Result>[] {
    const batch: Waiting<Item, Result>[] = [];
    const identities = new Set<string>();
    for (const [key, queue] of [...waiting]) {
      if (batch.length === options.maxItems) break;
      if (busy.has(key)) continue;
      const before = batch.length;
      while (queue[0] && batch.length < options.maxItems) {
        const identity = options.identityOf(queue[0].item);
        if (identities.has(identity)) break;
        identities.add(identity);
        batch.push(queue.shift() as Waiting<Item, Result>);
      }
      // What is left of a long queue goes behind those who have had no turn.
      waiting.delete(key);
      if (queue.length > 0) waiting.set(key, queue);
      if (batch.length > before) busy.add(key);
    }
    return batch;
  }

  async function perform(batch: Waiting<Item, Result>[]): Promise<void> {
    runs += 1;
    try {
      const results = await options.run(batch.map(({ item }) => item));
      for (const [index, { resolve }] of batch.entries()) resolve(results[index] as Result);
    } catch (error) {
      if (options.isItemFault(error)) for (const one of batch) await performAlone(one);
      else for (const { reject } of batch) reject(error);
    }
    runs -= 1;
    for (const { item } of batch) busy.delete(options.keyOf(item));
    if (waiting.size > 0) pumpSoon();
  }

  async function performAlone({ item, resolve, reject }: Waiting<Item, Result>): Promise<void> {
    try {
      const [result] = await options.run([item]);
      resolve(result as Result);
    } catch (error) {
      reject(error);
    }
  }

  return (item) =>
    new Promise((resolve, reject) => {
      const key = options.keyOf(item);
      const queue = waiting.get(key);
      if (queue) queue.push({ item, resolve, reject });
      else waiting.set(key, [{ item, resolve, reject }]);
      pumpSoon();
    });
}
