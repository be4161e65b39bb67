import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { notifyRecipient } from '#lib/email/notify.ts';
import { setMemo } from '#lib/memo.ts';

/** What was told to the queue, one list for each statement. */
let told: string[][];

beforeEach(() => {
  vi.useFakeTimers();
  told = [];
  const insert = async (_: string, jobs: { singletonKey: string }[]) => {
    told.push(jobs.map(({ singletonKey }) => singletonKey));
  };
  setMemo('boss', { insert });
  setMemo('mailWaking', undefined);
});
afterEach(() => {
  vi.useRealTimers();
  setMemo('boss', undefined);
});

const wake = (recipientId: string) => notifyRecipient({ conversationId: 'room', recipientId });

test('a burst wakes each recipient once, in one statement', async () => {
  for (const id of ['a', 'b', 'a', 'a']) wake(id);
  await vi.advanceTimersByTimeAsync(200);
  expect(told).toEqual([['room:a', 'room:b']]);
});

test('while messages keep coming there is a statement a second, and nobody is left out', async () => {
  for (let time = 0; time < 3_000; time += 50) {
    wake(`at ${time}`);
    await vi.advanceTimersByTimeAsync(50);
  }
  await vi.advanceTimersByTimeAsync(1_000);
  expect(told.length).toBeLessThanOrEqual(4);
  expect(told.flat()).toEqual(Array.from({ length: 60 }, (_, index) => `room:at ${index * 50}`));
});
