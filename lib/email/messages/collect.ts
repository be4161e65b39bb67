import { getDb, type Tx } from '#db/client.ts';
import { advanceMailed, findUnmailed, lockMailState } from '#db/queries/mail-outbox.ts';
import { isHolding } from '#lib/auth/accounts/is-holding.ts';
import { UNDO_KEPT_SECONDS } from '#lib/chat/sizes.ts';
import { enqueue } from '#lib/jobs/enqueue.ts';
import { getEnv } from '#lib/runtime/env.ts';
import { warmTemplates } from '../content/render.ts';
import { type CollectJob, collectQueue } from '../queues.ts';
import { fitTexts, MAX_TEXTS } from './fit-texts.ts';
import { decideTexts, UNREAD_AFTER_SECONDS } from './policy.ts';
import { toPlainTexts } from './to-plain-texts.ts';
import { writeMessagesMail } from './write-messages-mail.ts';

/**
 * Writes the mail that a recipient of a conversation is owed, if any: one at most. What it does not hold waits for the
 * next window, and for this mail to be accepted.
 */
export async function collectMail(job: CollectJob): Promise<void> {
  await warmTemplates();
  await getDb().transaction((tx) => collectOne(tx, job));
}

/**
 * Writes one mail and moves the mail cursor past the last text that it shows, all in one transaction: the
 * mail, its delivery job, the cursor and the next look commit together or not at all.
 */
async function collectOne(tx: Tx, job: CollectJob): Promise<void> {
  const { conversationId, recipientId } = job;
  const windowSeconds = getEnv().EMAIL_WINDOW_SECONDS;
  const state = await lockMailState(tx, conversationId, recipientId, windowSeconds);
  const due = state && (await findDue(tx, job, state));
  if (!state || !due) return;
  const { listed, lastSeq, ripensInSeconds } = due;
  const texts = fitTexts(listed);
  const isContinued = texts.length < listed.length;
  const { recipient, partner, isRecipientLow } = state;
  await writeMessagesMail(tx, { conversationId, recipient, partner, texts, isContinued, isRecipientLow });
  const reachedSeq = isContinued ? (texts.at(-1)?.seq ?? 0) : lastSeq;
  await advanceMailed(tx, conversationId, recipientId, reachedSeq, { startsWindow: true });
  const nextInSeconds = isContinued ? 0 : ripensInSeconds;
  if (nextInSeconds !== null) await collectLater(tx, job, Math.max(nextInSeconds, windowSeconds));
}

type MailState = NonNullable<Awaited<ReturnType<typeof lockMailState>>>;

/**
 * What is to be mailed now, at least one text; undefined when there is nothing. What nobody wants mailed is
 * passed over. Within the window, or before what is unread has been so for long enough, another look is
 * scheduled; while a mail of this conversation waits to be accepted, the end of that wait brings it.
 */
async function findDue(tx: Tx, job: CollectJob, state: MailState) {
  const { conversationId, recipientId } = job;
  const { recipient, partner } = state;
  const decision = decideTexts(recipient, state, partner);
  if (decision === 'wait') return undefined;
  if (state.mayBeUndone) {
    await collectLater(tx, job, UNDO_KEPT_SECONDS);
    return undefined;
  }
  const isUnreadOnly = recipient.emailPreference === 'unread';
  // What an unconfirmed sender wrote was held until now, and much of it may have been read.
  const skipsRead = isUnreadOnly || (isHolding() && !partner.emailVerifiedAt);
  const aboveSeq = skipsRead ? Math.max(state.mailedSeq, state.readSeq) : state.mailedSeq;
  const minAgeSeconds = decision === 'mail' && isUnreadOnly ? UNREAD_AFTER_SECONDS : 0;
  const { lastSeq, ripensInSeconds, texts } = await findUnmailed(tx, {
    conversationId,
    senderId: partner.id,
    recipientId,
    aboveSeq,
    minAgeSeconds,
    // One more than a mail holds, to know whether anything is left.
    limit: decision === 'mail' ? MAX_TEXTS + 1 : 0,
  });
  const listed = toPlainTexts(recipient.locale, texts);
  if (listed.length === 0) {
    const seq = Math.max(aboveSeq, lastSeq);
    await advanceMailed(tx, conversationId, recipientId, seq, { startsWindow: false });
    if (ripensInSeconds !== null) await collectLater(tx, job, ripensInSeconds);
    return undefined;
  }
  // Mails of one conversation arrive in order; the end of the one that waits brings the next look.
  if (state.hasWaitingMail) return undefined;
  if (state.waitSeconds === 0) return { listed, lastSeq, ripensInSeconds };
  await collectLater(tx, job, state.waitSeconds);
  return undefined;
}

async function collectLater(tx: Tx, job: CollectJob, waitSeconds: number): Promise<void> {
  await enqueue(collectQueue, job, { startAfterSeconds: waitSeconds, tx });
}
