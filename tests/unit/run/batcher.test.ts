import fc from 'fast-check';
import { expect, onTestFinished, test, vi } from 'vitest';
import { createBatcher } from '#lib/runtime/batcher.ts';

type Item = { conversation: string; id: string };

/** A batcher whose runs are opened by hand, and what they were given. */
function makeBatcher(limits: { maxItems: number; maxRuns: number; paceMs?: number }) {
  const runs: { items: Item[]; finish(): void; fail(error: Error): void }[] = [];
  const submit = createBatcher<Item, string>({
    run: (items) =>
      new Promise((resolve, reject) => {
        runs.push({ items, finish: () => resolve(items.map(({ id }) => `done ${id}`)), fail: reject });
      }),
    keyOf: ({ conversation }) => conversation,
    identityOf: ({ conversation, id }) => `${conversation} ${id}`,
    isItemFault: (error) => (error as Error).message === 'item',
    ...limits,
  });
  const send = (conversation: string, id: string) => submit({ conversation, id });
  return { send, runs, idsOf: (index: number) => runs[index]?.items.map(({ id }) => id) };
}

const turn = () => new Promise((resolve) => setTimeout(resolve, 0));

test('what comes in one turn goes in one run, and what comes meanwhile in the next', async () => {
  const { send, runs, idsOf } = makeBatcher({ maxItems: 10, maxRuns: 1 });
  const first = [send('a', '1'), send('b', '2')];
  await turn();
  const second = [send('a', '3'), send('c', '4')];
  await turn();
  expect(runs).toHaveLength(1);
  expect(idsOf(0)).toEqual(['1', '2']);
  runs[0]?.finish();
  expect(await Promise.all(first)).toEqual(['done 1', 'done 2']);
  await turn();
  expect(idsOf(1)).toEqual(['3', '4']);
  runs[1]?.finish();
  expect(await Promise.all(second)).toEqual(['done 3', 'done 4']);
});

test('a conversation that is under way waits, others do not', async () => {
  const { send, idsOf, runs } = makeBatcher({ maxItems: 10, maxRuns: 2 });
  void send('a', '1');
  await turn();
  void send('a', '2');
  void send('b', '3');
  await turn();
  expect(idsOf(1)).toEqual(['3']);
  runs[0]?.finish();
  await turn();
  expect(idsOf(2)).toEqual(['2']);
});

test('two of one identity never share a run', async () => {
  const { send, idsOf, runs } = makeBatcher({ maxItems: 10, maxRuns: 2 });
  void send('a', '1');
  void send('a', '1');
  void send('a', '2');
  await turn();
  expect(idsOf(0)).toEqual(['1']);
  runs[0]?.finish();
  await turn();
  expect(idsOf(1)).toEqual(['1', '2']);
});

test('a conversation with much to say lets others have their turn', async () => {
  const { send, idsOf, runs } = makeBatcher({ maxItems: 2, maxRuns: 1 });
  for (const id of ['1', '2', '3', '4']) void send('busy', id);
  void send('quiet', '5');
  await turn();
  expect(idsOf(0)).toEqual(['1', '2']);
  runs[0]?.finish();
  await turn();
  expect(idsOf(1)).toEqual(['5', '3']);
});

test('where one item is at fault, the others are done all the same', async () => {
  const { send, runs, idsOf } = makeBatcher({ maxItems: 10, maxRuns: 1 });
  const outcomes = Promise.allSettled([send('a', 'good'), send('a', 'bad'), send('b', 'fine')]);
  await turn();
  runs[0]?.fail(new Error('item'));
  for (const index of [1, 2, 3]) {
    await turn();
    const run = runs[index];
    if (run?.items[0]?.id === 'bad') run.fail(new Error('item'));
    else run?.finish();
  }
  expect((await outcomes).map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  expect([1, 2, 3].map(idsOf)).toEqual([['good'], ['fine'], ['bad']]);
});

test('a conversation that fails by itself holds one run at a time and nobody else’s text', async () => {
  const { send, runs, idsOf } = makeBatcher({ maxItems: 10, maxRuns: 2 });
  const stuck = Promise.allSettled(['s1', 's2'].map((conversation) => send(conversation, conversation)));
  await turn();
  for (let index = 0; index < 3; index++) {
    runs[index]?.fail(new Error('item'));
    await turn();
  }
  expect((await stuck).map(({ status }) => status)).toEqual(['rejected', 'rejected']);

  // Both are known now: the next texts of theirs go one after the other, beside those of others.
  void send('s1', 'again 1');
  void send('s2', 'again 2');
  void send('a', '1');
  void send('b', '2');
  await turn();
  expect([3, 4].map(idsOf)).toEqual([['again 1'], ['1', '2']]);
  runs[4]?.finish();
  void send('a', '3');
  await turn();
  expect(idsOf(5)).toEqual(['3']);
  runs[3]?.finish();
  await turn();
  expect(idsOf(6)).toEqual(['again 2']);

  // One that got through is trusted again.
  void send('s1', 'well');
  void send('c', '4');
  runs[5]?.finish();
  await turn();
  expect(idsOf(7)).toEqual(['well', '4']);
});

test('an outage after an item’s fault is told to everybody at once', async () => {
  const { send, runs } = makeBatcher({ maxItems: 10, maxRuns: 1 });
  const outcomes = Promise.allSettled([send('a', '1'), send('b', '2')]);
  await turn();
  runs[0]?.fail(new Error('item'));
  await turn();
  runs[1]?.fail(new Error('connection lost'));
  await turn();
  runs[2]?.finish();
  expect((await outcomes).map(({ status }) => status)).toEqual(['rejected', 'fulfilled']);
});

test('where the whole run fails, each hears of it, and later ones are not held up', async () => {
  const { send, runs } = makeBatcher({ maxItems: 10, maxRuns: 1 });
  const outcomes = Promise.allSettled([send('a', '1'), send('b', '2')]);
  await turn();
  runs[0]?.fail(new Error('connection lost'));
  expect((await outcomes).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  const later = send('a', '3');
  await turn();
  runs[1]?.finish();
  expect(await later).toBe('done 3');
});

test('whatever comes and however runs end: each is done once, in its conversation’s order, within the limits', async () => {
  const item = fc.record({ conversation: fc.constantFrom('a', 'b', 'c'), pause: fc.boolean() });
  await fc.assert(
    fc.asyncProperty(
      fc.array(item, { maxLength: 40 }),
      fc.integer({ min: 1, max: 4 }),
      fc.integer({ min: 1, max: 3 }),
      async (items, maxItems, maxRuns) => {
        const done: Item[] = [];
        let running = 0;
        const submit = createBatcher<Item, string>({
          async run(batch) {
            running += 1;
            expect(running).toBeLessThanOrEqual(maxRuns);
            expect(batch.length).toBeLessThanOrEqual(maxItems);
            await turn();
            done.push(...batch);
            running -= 1;
            return batch.map(({ id }) => id);
          },
          keyOf: ({ conversation }) => conversation,
          identityOf: ({ id }) => id,
          isItemFault: () => false,
          maxItems,
          maxRuns,
        });
        const results: Promise<string>[] = [];
        for (const [index, { conversation, pause }] of items.entries()) {
          results.push(submit({ conversation, id: String(index) }));
          if (pause) await turn();
        }
        expect(await Promise.all(results)).toEqual(items.map((_, index) => String(index)));
        for (const conversation of ['a', 'b', 'c']) {
          const order = done.filter((one) => one.conversation === conversation).map(({ id }) => Number(id));
          expect(order).toEqual(order.toSorted((x, y) => x - y));
        }
        expect(done).toHaveLength(items.length);
      },
    ),
    { numRuns: 50 },
  );
});

test('a pace keeps runs of several apart, and what comes meanwhile goes together', async () => {
  vi.useFakeTimers();
  onTestFinished(() => void vi.useRealTimers());
  const { send, runs, idsOf } = makeBatcher({ maxItems: 10, maxRuns: 2, paceMs: 10 });
  for (const id of ['1', '2']) void send(id, id);
  await vi.advanceTimersByTimeAsync(1);
  expect(idsOf(0)).toEqual(['1', '2']);
  void send('c', '3');
  await vi.advanceTimersByTimeAsync(5);
  void send('d', '4');
  await vi.advanceTimersByTimeAsync(3);
  expect(runs).toHaveLength(1);
  await vi.advanceTimersByTimeAsync(3);
  expect(idsOf(1)).toEqual(['3', '4']);
  await vi.advanceTimersByTimeAsync(50);
  for (const index of [0, 1]) runs[index]?.finish();
  for (const index of [2, 3]) {
    void send('e', String(index));
    await vi.advanceTimersByTimeAsync(1);
    expect(idsOf(index)).toEqual([String(index)]);
    runs[index]?.finish();
  }
});
