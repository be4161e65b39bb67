import { validate as isUuid } from 'uuid';
import * as v from 'valibot';
import { defineQueue } from '#lib/jobs/define-job.ts';
import { SMTP_CONNECTIONS } from './transports/smtp-options.ts';

/** How long a mail is tried before it is given up; also as long as Resend remembers an idempotency key. */
export const DELIVERY_LIMIT_MS = 24 * 60 * 60 * 1000;

const idSchema = v.pipe(
  v.string(),
  v.check((id) => isUuid(id)),
);

const collectSchema = v.object({ conversationId: idSchema, recipientId: idSchema });
export type CollectJob = v.InferOutput<typeof collectSchema>;

/** The key that makes wake-ups for one recipient of one conversation meet. */
export function collectKey({ conversationId, recipientId }: CollectJob): string {
  return `${conversationId}:${recipientId}`;
}

/**
 * Looks at one (conversation, recipient) and writes the mail that is due. A second wake-up, or a sweep, costs nothing
 * and never mails twice. What fails for good comes back with the next sweep.
 */
export const collectQueue = defineQueue({
  name: 'mail.collect',
  schema: collectSchema,
  keyOf: collectKey,
  options: {
    policy: 'short',
    notify: true,
    expireInSeconds: 60,
    retryLimit: 2,
    retryDelay: 2,
    deleteAfterSeconds: 600,
    workers: 3,
    batchSize: 10,
  },
});

/** Hands one written mail to the transport. It is given up by the mail's age, not by counting. */
export const deliverQueue = defineQueue({
  name: 'mail.deliver',
  schema: v.object({ mailId: idSchema }),
  keyOf: ({ mailId }) => mailId,
  options: {
    policy: 'exclusive',
    notify: true,
    // An SMTP server has ten minutes to answer a mail, and a batch may wait for those of others; what a dead node had
    // in hand shows by its silence.
    expireInSeconds: 7200,
    heartbeatSeconds: 60,
    retryLimit: 1000,
    retryDelay: 2,
    retryBackoff: true,
    retryDelayMax: 900,
    deleteAfterSeconds: 3600,
    workers: SMTP_CONNECTIONS,
    // Taken and ended together, for fewer statements; no more are under way at once.
    batchSize: 4,
  },
});

const summarySchema = v.object({
  userId: idSchema,
  /** What the mails of one summary say alike, so that mail programs show them together. */
  summary: v.optional(v.object({ textCount: v.pipe(v.number(), v.integer()), names: v.array(v.string()) })),
});
export type SummaryJob = v.InferOutput<typeof summarySchema>;
export type SummaryWords = NonNullable<SummaryJob['summary']>;

/** Writes one person's daily summary. */
export const summaryQueue = defineQueue({
  name: 'mail.summary',
  schema: summarySchema,
  keyOf: ({ userId }) => userId,
  options: {
    policy: 'exclusive',
    notify: true,
    expireInSeconds: 60,
    retryLimit: 2,
    retryDelay: 2,
    deleteAfterSeconds: 600,
  },
});

/** Fetches one reply that Resend received, and takes it; `emailId` is Resend's name of it. */
export const receiveQueue = defineQueue({
  name: 'mail.receive',
  schema: v.object({ emailId: v.pipe(v.string(), v.minLength(1)) }),
  keyOf: ({ emailId }) => emailId,
  options: {
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
});
