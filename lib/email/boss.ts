import type { PgBoss, Queue } from 'pg-boss';
import { peekMemo } from '#lib/memo.ts';

/** Looks at one (conversation, recipient) and writes the mail that is due. */
export const COLLECT_QUEUE = 'mail.collect';
/** Hands one written mail to the transport. */
export const DELIVER_QUEUE = 'mail.deliver';
/** Finds what a crash left without a job. */
export const SWEEP_QUEUE = 'mail.sweep';
/** Finds the people for whom it is time for their daily summary. */
export const SUMMARY_SWEEP_QUEUE = 'mail.summaries';
/** Writes one person's daily summary. */
export const SUMMARY_QUEUE = 'mail.summary';
/** Fetches one reply that Resend received, and takes it. */
export const RECEIVE_QUEUE = 'mail.receive';

export type CollectJob = { conversationId: string; recipientId: string };
export type DeliverJob = { mailId: string };
export type SweepJob = { all: boolean };
export type SummaryJob = { userId: string };
/** Resend's id of the mail that it received. */
export type ReceiveJob = { emailId: string };

/** How long a mail is tried before it is given up; also as long as Resend remembers an idempotency key. */
export const DELIVERY_LIMIT_MS = 24 * 60 * 60 * 1000;

/**
 * `short` keeps one waiting job per key, `exclusive` one waiting or running: a second wake-up, or a
 * sweep, then costs nothing and never mails twice. What fails for good in `collect` comes back with
 * the next sweep; `deliver` gives up by the mail's age, not by counting.
 */
export const QUEUES: Queue[] = [
  {
    name: COLLECT_QUEUE,
    policy: 'short',
    notify: true,
    expireInSeconds: 60,
    retryLimit: 2,
    retryDelay: 2,
    deleteAfterSeconds: 600,
  },
  {
    name: DELIVER_QUEUE,
    policy: 'exclusive',
    notify: true,
    expireInSeconds: 60,
    retryLimit: 1000,
    retryDelay: 2,
    retryBackoff: true,
    retryDelayMax: 900,
    deleteAfterSeconds: 3600,
  },
  { name: SWEEP_QUEUE, policy: 'short', notify: true, expireInSeconds: 300, deleteAfterSeconds: 3600 },
  { name: SUMMARY_SWEEP_QUEUE, policy: 'short', expireInSeconds: 300, deleteAfterSeconds: 3600 },
  {
    name: SUMMARY_QUEUE,
    policy: 'exclusive',
    notify: true,
    expireInSeconds: 60,
    retryLimit: 2,
    retryDelay: 2,
    deleteAfterSeconds: 600,
  },
  {
    name: RECEIVE_QUEUE,
    policy: 'exclusive',
    notify: true,
    expireInSeconds: 120,
    // About a day of tries, as for what goes out.
    retryLimit: 100,
    retryDelay: 5,
    retryBackoff: true,
    retryDelayMax: 900,
    deleteAfterSeconds: 3600,
  },
];

/** The key that makes wake-ups for one recipient of one conversation meet. */
export function collectKey({ conversationId, recipientId }: CollectJob): string {
  return `${conversationId}:${recipientId}`;
}

/** The running queue of this process, or undefined before `startMailWorkers` (scripts, build). */
export function peekBoss(): PgBoss | undefined {
  return peekMemo<PgBoss>('boss');
}
