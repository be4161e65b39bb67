import { getDb, type Tx } from '#db/client.ts';
import {
  advanceMailed,
  findUnmailed,
  lockMailStates,
  type MailState,
  type UnmailedAnswer,
  type UnmailedQuestion,
} from '#db/queries/mail-outbox.ts';
import { isHolding } from '#lib/auth/accounts/is-holding.ts';
import { UNDO_KEPT_SECONDS } from '#lib/chat/sizes.ts';
import { enqueueAll } from '#lib/jobs/enqueue.ts';
import { getEnv } from '#lib/runtime/env.ts';
import { warmTemplates } from '../content/render.ts';
import { type CollectJob, collectKey, collectQueue } from '../queues.ts';
import { fitTexts, MAX_TEXTS } from './fit-texts.ts';
import { decideTexts, UNREAD_AFTER_SECONDS } from './policy.ts';
import { toPlainTexts } from './to-plain-texts.ts';
import { type MessagesMailDraft, writeMessagesMails } from './write-messages-mail.ts';

/**
 * Writes the mail that a recipient of a conversation is owed, if any: one at most. What it does not hold waits for the
 * next window, and for this mail to be accepted.
 */
export async function collectMail(job: CollectJob): Promise<void> {
  await warmTemplates();
  await getDb().transaction((tx) => collectTogether(tx, [job]));
}

/**
 * The same for several recipients, in one transaction for all whose row nobody holds at this moment; then one after the
 * other for the rest. What it throws may stand for some of them only; looking at all again is harmless.
 */
export async function collectMails(jobs: CollectJob[]): Promise<void> {
  await warmTemplates();
  // A job that failed once may wait beside a new one of its key.
  const left = new Map(jobs.map((job) => [collectKey(job), job]));
  const done = await getDb().transaction((tx) => collectTogether(tx, [...left.values()]));
  for (const job of done) left.delete(collectKey(job));
  for (const job of left.values()) await collectMail(job);
}

/**
 * Writes what is due and moves the mail cursors past the last text that each mail shows, all in one transaction: the
 * mails, their delivery jobs, the cursors and the next looks commit together or not at all.
 *
 * @returns those whose rows were locked, and who are therefore done.
 */
async function collectTogether(tx: Tx, jobs: readonly CollectJob[]): Promise<CollectJob[]> {
  const states = await lockMailStates(tx, jobs, getEnv().EMAIL_WINDOW_SECONDS);
  const outcomes: Outcome[] = [];
  const asking: { state: MailState; question: UnmailedQuestion }[] = [];
  for (const state of states) {
    const decision = decideTexts(state.recipient, state, state.partner);
    if (decision === 'wait') continue;
    if (state.mayBeUndone) outcomes.push({ job: toJob(state), nextInSeconds: UNDO_KEPT_SECONDS });
    else asking.push({ state, question: makeQuestion(state, decision) });
  }
  const answers = await findUnmailed(
    tx,
    asking.map(({ question }) => question),
  );
  for (const [index, answer] of answers.entries()) {
    const asked = asking[index];
    if (asked) outcomes.push(decideOutcome(asked.state, asked.question, answer));
  }
  await carryOut(tx, outcomes);
  return states.map(toJob);
}

const toJob = ({ conversationId, recipient }: MailState): CollectJob => ({
  conversationId,
  recipientId: recipient.id,
});

/** What to look for: texts that may be mailed, or only how far they go when nobody wants them. */
function makeQuestion(state: MailState, decision: 'mail' | 'skip'): UnmailedQuestion {
  const { conversationId, recipient, partner } = state;
  const isUnreadOnly = recipient.emailPreference === 'unread';
  // What an unconfirmed sender wrote was held until now, and much of it may have been read.
  const skipsRead = isUnreadOnly || (isHolding() && !partner.emailVerifiedAt);
  return {
    conversationId,
    senderId: partner.id,
    recipientId: recipient.id,
    aboveSeq: skipsRead ? Math.max(state.mailedSeq, state.readSeq) : state.mailedSeq,
    minAgeSeconds: decision === 'mail' && isUnreadOnly ? UNREAD_AFTER_SECONDS : 0,
    // One more than a mail holds, to know whether anything is left.
    limit: decision === 'mail' ? MAX_TEXTS + 1 : 0,
  };
}

/** What becomes of a look at one recipient; nothing of what is not given. */
type Outcome = {
  job: CollectJob;
  mail?: MessagesMailDraft;
  /** How far the mail cursor moves. */
  reachedSeq?: number;
  /** When the next look is worth it. */
  nextInSeconds?: number | null;
};

/**
 * What is to be mailed now, if anything. What nobody wants mailed is passed over. Within the window, or before what
 * is unread has been so for long enough, another look is scheduled; while a mail of this conversation waits to be
 * accepted, the end of that wait brings it.
 */
function decideOutcome(state: MailState, { aboveSeq }: UnmailedQuestion, answer: UnmailedAnswer): Outcome {
  const { conversationId, recipient, partner, isRecipientLow } = state;
  const { lastSeq, ripensInSeconds } = answer;
  const job = toJob(state);
  const listed = toPlainTexts(recipient.locale, answer.texts);
  if (listed.length === 0)
    return { job, reachedSeq: Math.max(aboveSeq, lastSeq), nextInSeconds: ripensInSeconds };
  // Mails of one conversation arrive in order; the end of the one that waits brings the next look.
  if (state.hasWaitingMail) return { job };
  if (state.waitSeconds > 0) return { job, nextInSeconds: state.waitSeconds };
  const texts = fitTexts(listed);
  const isContinued = texts.length < listed.length;
  const nextInSeconds = isContinued ? 0 : ripensInSeconds;
  return {
    job,
    mail: { conversationId, recipient, partner, texts, isContinued, isRecipientLow },
    reachedSeq: isContinued ? texts.at(-1)?.seq : lastSeq,
    nextInSeconds: nextInSeconds === null ? null : Math.max(nextInSeconds, getEnv().EMAIL_WINDOW_SECONDS),
  };
}

async function carryOut(tx: Tx, outcomes: readonly Outcome[]): Promise<void> {
  await writeMessagesMails(
    tx,
    outcomes.flatMap(({ mail }) => mail ?? []),
  );
  await advanceMailed(
    tx,
    outcomes.flatMap(({ job, mail, reachedSeq }) =>
      reachedSeq === undefined ? [] : { ...job, seq: reachedSeq, startsWindow: mail !== undefined },
    ),
  );
  const waits = new Map<CollectJob, number>();
  for (const { job, nextInSeconds } of outcomes) {
    if (typeof nextInSeconds === 'number') waits.set(job, nextInSeconds);
  }
  await enqueueAll(collectQueue, [...waits.keys()], {
    startAfterSeconds: (job) => waits.get(job) ?? 0,
    tx,
  });
}
