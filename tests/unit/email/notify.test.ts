import type { PgBoss } from 'pg-boss';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { mailWakingSingleton, notifyRecipient } from '#lib/email/messages/notify.ts';
import { bossSingleton } from '#lib/jobs/enqueue.ts';

/** What was told to the queue, one list for each statement. */
let told: string[][];

beforeEach(() => {
  vi.useFakeTimers();
  told = [];
  const insert = async (_: string, jobs: { singletonKey: string }[]) => {
    told.push(jobs.map(({ singletonKey }) => singletonKey));
  };
  bossSingleton.set({ insert } as unknown as PgBoss);
  mailWakingSingleton.clear();
});
afterEach(() => {
  vi.useRealTimers();
  bossSingleton.clear();
});

const wake = (recipientId: string) => notifyRecipient({ conversationId: 'conversation', recipientId });

test('a burst wakes each recipient once, in one statement', async () => {
  for (const id of ['a', 'b', 'a', 'a']) wake(id);
  await vi.advanceTimersByTimeAsync(200);
  expect(told).toEqual([['conversation:a', 'conversation:b']]);
});

test('while messages keep coming there is a statement a second, and nobody is left out', async () => {
  for (let time = 0; time < 3_000; time += 50) {
    wake(`at ${time}`);
    await vi.advanceTimersByTimeAsync(50);
  }
  await vi.advanceTimersByTimeAsync(1_000);
  expect(told.length).toBeLessThanOrEqual(4);
  const all = Array.from({ length: 60 }, (_, index) => `conversation:at ${index * 50}`);
  expect(told.flat().sort()).toEqual(all.sort());
});
