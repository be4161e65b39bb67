import { sql } from 'drizzle-orm';
import { fromDrizzle } from 'pg-boss';
import { v7 as uuidv7 } from 'uuid';
import { getDb, type Tx } from '#db/client.ts';
import {
  advanceMailed,
  insertMail,
  listUnmailed,
  lockMailState,
  summarizeUnmailed,
} from '#db/queries/mails.ts';
import { getEnv } from '#lib/env.ts';
import { COLLECT_QUEUE, type CollectJob, collectKey, peekBoss } from './boss.ts';
import { enqueueDelivery } from './deliver-queue.ts';
import { renderMessagesMail, warmTemplates } from './render.ts';

/** Texts that one mail shows; the rest are counted. */
const MAX_TEXTS = 20;
/** Characters that one mail shows; Gmail cuts a mail off at 102 kB, and Korean takes three bytes each. */
const MAX_CHARACTERS = 20_000;

/**
 * Writes the mail that a recipient of a conversation is owed, if any, and moves their mail cursor
 * past what it covers, all in one transaction: the mail, its delivery job and the cursor commit
 * together or not at all. Within the window it schedules itself for the window's end instead.
 */
export async function collectMail(job: CollectJob): Promise<void> {
  await warmTemplates();
  await getDb().transaction(async (tx) => {
    const { conversationId, recipientId } = job;
    const state = await lockMailState(tx, conversationId, recipientId, getEnv().EMAIL_WINDOW_SECONDS);
    if (!state) return;
    const { recipient, peer, mailedSeq } = state;
    const owed = await summarizeUnmailed(tx, conversationId, peer.id, mailedSeq);
    if (!owed) return;
    const isWanted = recipient.emailPreference !== 'never' && !state.blocked;
    if (!isWanted || owed.texts === 0) {
      await advanceMailed(tx, conversationId, recipientId, owed.lastSeq, { mailed: false });
      return;
    }
    if (state.waitSeconds > 0) {
      await collectLater(tx, job, state.waitSeconds);
      return;
    }
    const texts = fitTexts(
      await listUnmailed(tx, conversationId, peer.id, {
        aboveSeq: mailedSeq,
        lastSeq: owed.lastSeq,
        limit: MAX_TEXTS,
      }),
    );
    const id = uuidv7();
    const payload = await renderMessagesMail({
      mailId: id,
      conversationId,
      recipientId,
      locale: recipient.locale,
      senderName: peer.username,
      texts,
      moreCount: owed.texts - texts.length,
    });
    await insertMail(tx, {
      id,
      kind: 'messages',
      recipientId,
      conversationId,
      fromSeq: texts[0]?.seq,
      toSeq: owed.lastSeq,
      address: recipient.email,
      payload,
      idempotencyKey: `mail-${id}`,
    });
    await advanceMailed(tx, conversationId, recipientId, owed.lastSeq, { mailed: true });
    await enqueueDelivery(tx, id);
  });
}

/** As many of the oldest texts as one mail holds, and always the first. */
function fitTexts<T extends { body: string }>(texts: T[]): T[] {
  let room = MAX_CHARACTERS;
  return texts.filter(({ body }, index) => {
    room = room < 0 ? room : room - body.length;
    return index === 0 || room >= 0;
  });
}

async function collectLater(tx: Tx, job: CollectJob, waitSeconds: number): Promise<void> {
  await peekBoss()?.send(COLLECT_QUEUE, job, {
    singletonKey: collectKey(job),
    startAfter: Math.ceil(waitSeconds),
    db: fromDrizzle(tx, sql),
  });
}
