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

test('of a recipient to whom messages keep coming the workers are told once a second, and at the end', async () => {
  for (let time = 0; time < 3_000; time += 50) {
    wake('talking');
    await vi.advanceTimersByTimeAsync(50);
  }
  expect(told.length).toBeLessThanOrEqual(3);
  const before = told.length;
  wake('talking');
  await vi.advanceTimersByTimeAsync(1_200);
  expect(told.length).toBe(before + 1);
  expect(new Set(told.flat())).toEqual(new Set(['conversation:talking']));
});

test('who is written to while others are waits for no pause of theirs', async () => {
  wake('early');
  await vi.advanceTimersByTimeAsync(200);
  for (const id of ['early', 'late']) wake(id);
  await vi.advanceTimersByTimeAsync(200);
  expect(told).toEqual([['conversation:early'], ['conversation:late']]);
  await vi.advanceTimersByTimeAsync(1_000);
  expect(told.flat()).toEqual(['conversation:early', 'conversation:late', 'conversation:early']);
});
