import { sql } from 'drizzle-orm';
import { fromDrizzle, type PgBoss } from 'pg-boss';
import type { Tx } from '#db/client.ts';
import { defineSingleton } from '#lib/runtime/singleton.ts';
import type { JobQueue } from './define-job.ts';

/** The running queue of this process; there is none before `startJobs` (scripts, build). */
export const bossSingleton = defineSingleton<PgBoss>('boss');

/** Rows in one insert. */
const CHUNK = 500;

/**
 * Adds a job, unless one of its key waits already; with `tx` as part of that transaction, so that both exist or
 * neither. Where no queue runs in this process nothing happens: whatever must not be lost has a sweep that finds it.
 *
 * @throws when the database cannot be reached.
 */
export async function enqueue<Data extends object>(
  { name, keyOf }: JobQueue<Data>,
  data: Data,
  { key = keyOf?.(data), startAfterSeconds, tx }: { key?: string; startAfterSeconds?: number; tx?: Tx } = {},
): Promise<void> {
  await bossSingleton.peek()?.send(name, data, {
    ...(key !== undefined && { singletonKey: key }),
    ...(startAfterSeconds !== undefined && { startAfter: Math.ceil(startAfterSeconds) }),
    ...(tx && { db: fromDrizzle(tx, sql) }),
  });
}

/**
 * The same for many jobs of a queue that has keys, some hundreds to a statement.
 *
 * @throws when the database cannot be reached; some may be enqueued then.
 */
export async function enqueueAll<Data extends object>(
  { name, keyOf }: JobQueue<Data>,
  all: readonly Data[],
  { startAfterSeconds, tx }: { startAfterSeconds?(data: Data): number; tx?: Tx } = {},
): Promise<void> {
  const boss = bossSingleton.peek();
  if (!boss) return;
  // In one order everywhere, so that no two inserts wait for each other.
  const jobs = all
    .map((data) => ({
      data,
      singletonKey: keyOf?.(data),
      ...(startAfterSeconds && { startAfter: Math.ceil(startAfterSeconds(data)) }),
    }))
    .sort((a, b) => ((a.singletonKey ?? '') < (b.singletonKey ?? '') ? -1 : 1));
  for (let start = 0; start < jobs.length; start += CHUNK) {
    await boss.insert(name, jobs.slice(start, start + CHUNK), tx && { db: fromDrizzle(tx, sql) });
  }
}

/** Ends a job's present attempt as failed and sets the next for `seconds` from now, not by the queue's back-off. */
export async function postponeJob<Data extends object>(
  { name }: JobQueue<Data>,
  jobId: string,
  { message, seconds }: { message: string; seconds: number },
): Promise<void> {
  const boss = bossSingleton.peek();
  await boss?.fail(name, jobId, { message });
  await boss?.update(name, undefined, { id: jobId, startAfter: seconds });
}

/** Lets the waiting job of this key come at once, whenever it was to come. */
export async function hurryJob<Data extends object>({ name }: JobQueue<Data>, key: string): Promise<void> {
  await bossSingleton.peek()?.update(name, undefined, { singletonKey: key, startAfter: 0 });
}
