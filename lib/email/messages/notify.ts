import type { Tx } from '#db/client.ts';
import { enqueueAll } from '#lib/jobs/enqueue.ts';
import { getLog } from '#lib/runtime/log.ts';
import { defineSingleton } from '#lib/runtime/singleton.ts';
import { type CollectJob, collectKey, collectQueue } from '../queues.ts';

/** Wake-ups gather for so long (ms), so that a burst of messages costs one statement. */
const GATHER_MS = 150;
/** Time (ms) from one statement to the next: under load most of what they name is waiting already. */
const PAUSE_MS = 1_000;

type MailWaking = { due: Map<string, CollectJob>; timer: NodeJS.Timeout | undefined; next: number };
export const mailWakingSingleton = defineSingleton<MailWaking>('mailWaking', () => ({
  due: new Map(),
  timer: undefined,
  next: 0,
}));

/**
 * Tells the mail workers, on whatever node, that this recipient may be owed a mail. Called after the
 * commit of a message; returns at once and never throws. It is a hint only: that the mail is due
 * stands in `members.mailed_seq`, and the sweep finds it when the hint is lost.
 */
export function notifyRecipient(input: { conversationId: string; recipientId: string }): void {
  const waking = mailWakingSingleton.get();
  waking.due.set(collectKey(input), input);
  if (waking.timer) return;
  const wait = Math.max(GATHER_MS, waking.next - performance.now());
  waking.timer = setTimeout(() => {
    waking.timer = undefined;
    waking.next = performance.now() + PAUSE_MS;
    const jobs = [...waking.due.values()];
    waking.due.clear();
    enqueueCollect(jobs).catch((error) => getLog().warn({ err: error }, 'mail wake-up left to the sweep'));
  }, wait);
}

/**
 * Enqueues these recipients, those already waiting excepted; with `tx` as part of that transaction.
 *
 * @throws when the database cannot be reached; nothing is lost, the sweep finds them.
 */
export function enqueueCollect(jobs: CollectJob[], tx?: Tx): Promise<void> {
  return enqueueAll(collectQueue, jobs, { tx });
}
