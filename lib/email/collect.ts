import { sql } from 'drizzle-orm';
import { fromDrizzle } from 'pg-boss';
import { getDb, type Tx } from '#db/client.ts';
import { advanceMailed, listUnmailed, lockMailState, summarizeUnmailed } from '#db/queries/mail-outbox.ts';
import { getEnv } from '#lib/env.ts';
import { COLLECT_QUEUE, type CollectJob, collectKey, peekBoss } from './boss.ts';
import { fitTexts, MAX_TEXTS } from './fit-texts.ts';
import { decideTexts, UNREAD_AFTER_SECONDS } from './policy.ts';
import { warmTemplates } from './render.ts';
import { writeMessagesMail } from './write-messages-mail.ts';

/**
 * Writes the mail that a recipient of a conversation is owed, if any, and moves their mail cursor
 * past what it covers, all in one transaction: the mail, its delivery job and the cursor commit
 * together or not at all. Within the window, or before what is unread has been so for long enough,
 * it schedules itself for later instead.
 */
export async function collectMail(job: CollectJob): Promise<void> {
  await warmTemplates();
  await getDb().transaction(async (tx) => {
    const { conversationId, recipientId } = job;
    const windowSeconds = getEnv().EMAIL_WINDOW_SECONDS;
    const state = await lockMailState(tx, conversationId, recipientId, windowSeconds);
    if (!state) return;
    const { recipient, peer } = state;
    const decision = decideTexts(recipient, state);
    if (decision === 'wait') return;
    const isUnreadOnly = recipient.emailPreference === 'unread';
    const aboveSeq = isUnreadOnly ? Math.max(state.mailedSeq, state.readSeq) : state.mailedSeq;
    const owed = await summarizeUnmailed(tx, {
      conversationId,
      senderId: peer.id,
      aboveSeq,
      minAgeSeconds: decision === 'mail' && isUnreadOnly ? UNREAD_AFTER_SECONDS : 0,
    });
    const skipTo = (seq: number) => advanceMailed(tx, conversationId, recipientId, seq, { mailed: false });
    if (!owed) return skipTo(aboveSeq);
    if (decision === 'skip') return skipTo(owed.lastSeq);
    if (owed.texts === 0) {
      await skipTo(Math.max(aboveSeq, owed.lastSeq));
      if (owed.ripensInSeconds !== null) await collectLater(tx, job, owed.ripensInSeconds);
      return;
    }
    if (state.waitSeconds > 0) return collectLater(tx, job, state.waitSeconds);

    const range = { aboveSeq, lastSeq: owed.lastSeq, limit: MAX_TEXTS };
    const texts = fitTexts(await listUnmailed(tx, conversationId, peer.id, range));
    await writeMessagesMail(tx, {
      conversationId,
      recipient,
      peer,
      texts,
      toSeq: owed.lastSeq,
      moreCount: owed.texts - texts.length,
      isRecipientLow: state.isRecipientLow,
    });
    await advanceMailed(tx, conversationId, recipientId, owed.lastSeq, { mailed: true });
    if (owed.ripensInSeconds !== null) {
      await collectLater(tx, job, Math.max(owed.ripensInSeconds, windowSeconds));
    }
  });
}

async function collectLater(tx: Tx, job: CollectJob, waitSeconds: number): Promise<void> {
  await peekBoss()?.send(COLLECT_QUEUE, job, {
    singletonKey: collectKey(job),
    startAfter: Math.ceil(waitSeconds),
    db: fromDrizzle(tx, sql),
  });
}
