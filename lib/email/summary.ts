import { v7 as uuidv7 } from 'uuid';
import { getDb } from '#db/client.ts';
import { advanceMailed, listUnmailed } from '#db/queries/mail-outbox.ts';
import { insertMail, type NewMailRange } from '#db/queries/mails.ts';
import { listDueSummaries, listSummaryRooms, lockDueSummary } from '#db/queries/summaries.ts';
import { peekBoss, SUMMARY_QUEUE } from './boss.ts';
import { enqueueDelivery } from './deliver-queue.ts';
import { isHolding } from './policy.ts';
import { renderSummaryMail, type SummaryRoom, warmTemplates } from './render.ts';

/** Conversations, and texts of each, that one summary shows; the rest are counted. */
const MAX_ROOMS = 20;
const MAX_TEXTS_OF_ROOM = 3;
/** People looked up in one statement. */
const PAGE = 500;

/** Enqueues the summary of everybody for whom it is morning and who has something unread. */
export async function sweepSummaries(): Promise<void> {
  let afterId: string | undefined;
  do {
    const due = await listDueSummaries(getDb(), { isHolding: isHolding(), afterId, limit: PAGE });
    const jobs = due.map((userId) => ({ data: { userId }, singletonKey: userId }));
    if (jobs.length > 0) await peekBoss()?.insert(SUMMARY_QUEUE, jobs);
    afterId = due.length === PAGE ? due.at(-1) : undefined;
  } while (afterId);
}

/**
 * Writes a person's daily summary of what they have not read, if it is due, and moves their mail
 * cursors past it, all in one transaction.
 */
export async function collectSummary(userId: string): Promise<void> {
  await warmTemplates();
  await getDb().transaction(async (tx) => {
    const recipient = await lockDueSummary(tx, userId, isHolding());
    if (!recipient) return;
    const owed = await listSummaryRooms(tx, userId);
    const rooms: SummaryRoom[] = [];
    const ranges: NewMailRange[] = [];
    for (const { conversationId, peer, aboveSeq, lastSeq, texts: total } of owed.slice(0, MAX_ROOMS)) {
      const range = { aboveSeq, lastSeq, limit: MAX_TEXTS_OF_ROOM };
      const texts = await listUnmailed(tx, conversationId, peer.id, range);
      const [first, last] = [texts[0], texts.at(-1)];
      if (!first || !last) continue;
      rooms.push({ conversationId, name: peer.username, texts, moreCount: total - texts.length });
      ranges.push({ conversationId, fromSeq: first.seq, toSeq: lastSeq, shownSeq: last.seq });
    }
    // What is only counted is covered as well, so that nothing is lost when the mail does not go.
    for (const { conversationId, aboveSeq, lastSeq } of owed.slice(MAX_ROOMS)) {
      ranges.push({ conversationId, fromSeq: aboveSeq + 1, toSeq: lastSeq, shownSeq: aboveSeq });
    }
    for (const { conversationId, lastSeq } of owed) {
      await advanceMailed(tx, conversationId, userId, lastSeq, { mailed: true });
    }
    if (rooms.length === 0) return;
    const id = uuidv7();
    const payload = await renderSummaryMail({
      mailId: id,
      recipientId: userId,
      locale: recipient.locale,
      rooms,
      textCount: owed.reduce((sum, { texts }) => sum + texts, 0),
      moreRooms: owed.length - rooms.length,
    });
    const key = `mail-${id}`;
    const address = recipient.email;
    await insertMail(
      tx,
      { id, kind: 'summary', recipientId: userId, address, payload, idempotencyKey: key },
      ranges,
    );
    await enqueueDelivery(tx, id);
  });
}
