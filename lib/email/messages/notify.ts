import type { Tx } from '#db/client.ts';
import { enqueueAll } from '#lib/jobs/enqueue.ts';
import { getLog } from '#lib/runtime/log.ts';
import { defineSingleton } from '#lib/runtime/singleton.ts';
import { type CollectJob, collectKey, collectQueue } from '../queues.ts';

/** Wake-ups gather for so long (ms), so that a burst of messages costs one statement. */
const GATHER_MS = 150;
/** Time (ms) until the workers are told of the same recipient again: under load that job mostly waits already. */
const PAUSE_MS = 1_000;

type MailWaking = {
  due: Map<string, CollectJob>;
  /** When each was told of last, within the pause. */
  toldAt: Map<string, number>;
  timer: NodeJS.Timeout | undefined;
};
export const mailWakingSingleton = defineSingleton<MailWaking>('mailWaking', () => ({
  due: new Map(),
  toldAt: new Map(),
  timer: undefined,
}));

/**
 * Tells the mail workers, on whatever node, that this recipient may be owed a mail. Called after the
 * commit of a message; returns at once and never throws. It is a hint only: that the mail is due
 * stands in `members.mailed_seq`, and the sweep finds it when the hint is lost.
 */
export function notifyRecipient(input: { conversationId: string; recipientId: string }): void {
  const waking = mailWakingSingleton.get();
  waking.due.set(collectKey(input), input);
  waking.timer ??= setTimeout(() => wake(waking), GATHER_MS);
}

/** Tells of all who are due and were not told of just now; the others come later. */
function wake(waking: MailWaking): void {
  const { due, toldAt } = waking;
  const now = performance.now();
  for (const [key, at] of toldAt) if (at + PAUSE_MS <= now) toldAt.delete(key);
  const told = [...due].filter(([key]) => !toldAt.has(key));
  for (const [key] of told) {
    due.delete(key);
    toldAt.set(key, now);
  }
  waking.timer = due.size > 0 ? setTimeout(() => wake(waking), GATHER_MS) : undefined;
  enqueueCollect(told.map(([, job]) => job)).catch((error) =>
    getLog().warn({ err: error }, 'mail wake-up left to the sweep'),
  );
}

/**
 * Enqueues these recipients, those already waiting excepted; with `tx` as part of that transaction.
 *
 * @throws when the database cannot be reached; nothing is lost, the sweep finds them.
 */
export function enqueueCollect(jobs: CollectJob[], tx?: Tx): Promise<void> {
  return enqueueAll(collectQueue, jobs, { tx });
}
