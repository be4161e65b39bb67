import { v7 as uuidv7 } from 'uuid';
import { getDb, type Tx } from '#db/client.ts';
import { advanceMailed, listUnmailed, lockMembers } from '#db/queries/mail-outbox.ts';
import {
  findSummaryWait,
  listDueSummaries,
  listSummaryConversations,
  lockDueSummary,
  noteSummary,
  type SummaryConversationRow,
} from '#db/queries/summaries.ts';
import { mayBeUndone } from '#db/queries/undos.ts';
import { isHolding } from '#lib/auth/accounts/is-holding.ts';
import type { Locale } from '#lib/i18n/config.ts';
import { enqueue, enqueueAll } from '#lib/jobs/enqueue.ts';
import { getEnv } from '#lib/runtime/env.ts';
import { renderSummaryMail, type SummaryConversation, warmTemplates } from '../content/render.ts';
import { queueMails } from '../delivery/deliver-queue.ts';
import { type SummaryWords, summaryQueue } from '../queues.ts';
import { fitTexts, MAX_TEXTS, makeRoom } from './fit-texts.ts';
import { toPlainTexts } from './to-plain-texts.ts';

/** Names in the subject. */
const NAMES = 3;
/** Bytes of HTML around one conversation (lib/email/templates/summary.ts). */
const HEADING_BYTES = 900;
/** People looked up in one statement. */
const PAGE = 500;

/** Enqueues the summary of everybody for whom it is morning and who has something unread. */
export async function sweepSummaries(): Promise<void> {
  let afterId: string | undefined;
  do {
    const due = await listDueSummaries(getDb(), { isHolding: isHolding(), afterId, limit: PAGE });
    await enqueueAll(
      summaryQueue,
      due.map((userId) => ({ userId })),
    );
    afterId = due.length === PAGE ? due.at(-1) : undefined;
  } while (afterId);
}

/** How soon (seconds) another look is worth it while a mail waits to be accepted. */
const LOOK_AGAIN_SECONDS = 5;

/**
 * Writes a mail of a person's daily summary of what they have not read, if it is due. What it does not hold
 * goes on in the next window, once this mail is accepted.
 *
 * @param summary what its earlier mails said, when this is not the first.
 */
export async function collectSummary(userId: string, summary?: SummaryWords): Promise<void> {
  await warmTemplates();
  await getDb().transaction((tx) => collectOne(tx, userId, summary));
}

/**
 * Writes one mail and moves the mail cursors past what it shows, all in one transaction. The summary counts
 * as had with the mail that leaves nothing over, so that the round finds the rest even if its job is lost.
 */
async function collectOne(tx: Tx, userId: string, summary: SummaryWords | undefined): Promise<void> {
  const recipient = await lockDueSummary(tx, userId, isHolding());
  if (!recipient) return;
  const windowSeconds = getEnv().EMAIL_WINDOW_SECONDS;
  const waitSeconds = await findSummaryWait(tx, userId, windowSeconds);
  if (waitSeconds !== undefined) {
    if (summary) await continueLater(tx, userId, summary, Math.max(waitSeconds, LOOK_AGAIN_SECONDS));
    return;
  }
  const owed = await listSummaryConversations(tx, userId, isHolding());
  const { conversations, isContinued } = await fillMail(tx, { ...recipient, id: userId }, owed);
  if (!isContinued) await noteSummary(tx, userId);
  if (conversations.length === 0) return;
  const common = summary ?? {
    textCount: owed.reduce((sum, { texts }) => sum + texts, 0),
    names: owed.slice(0, NAMES).map(({ partner }) => partner.username),
  };
  const id = uuidv7();
  const { email: address, locale, day } = recipient;
  const payload = await renderSummaryMail({
    mailId: id,
    recipientId: userId,
    locale,
    conversations,
    ...common,
    day,
    isContinued,
  });
  const ranges = conversations.map(({ conversationId, texts }) => {
    const toSeq = texts.at(-1)?.seq ?? 0;
    return { conversationId, fromSeq: texts[0]?.seq ?? 0, toSeq, shownSeq: toSeq };
  });
  const idempotencyKey = `mail-${id}`;
  const mail = { id, kind: 'summary' as const, recipientId: userId, address, payload, idempotencyKey };
  await queueMails(tx, [{ mail, ranges }]);
  if (isContinued) await continueLater(tx, userId, common, windowSeconds);
}

/** Schedules the next mail of a summary. Its key is its own: the job that it is written in still holds the person's. */
async function continueLater(tx: Tx, userId: string, summary: SummaryWords, seconds: number): Promise<void> {
  const key = `${userId}:${uuidv7()}`;
  await enqueue(summaryQueue, { userId, summary }, { key, startAfterSeconds: seconds, tx });
}

/**
 * Takes texts for one mail, a conversation after the other, and moves the mail cursors past them. A conversation in which
 * a deletion may still be undone is left to the mail after this one.
 */
async function fillMail(tx: Tx, recipient: { id: string; locale: Locale }, owed: SummaryConversationRow[]) {
  const space = makeRoom();
  const conversations: SummaryConversation[] = [];
  let isOneLeft = false;
  for (const { conversationId, partner, aboveSeq, lastSeq } of owed) {
    space.bytes -= HEADING_BYTES;
    const place = { conversationId, recipientId: recipient.id };
    await lockMembers(tx, [place]);
    if (await mayBeUndone(tx, conversationId)) {
      isOneLeft = true;
      continue;
    }
    const owing = await listUnmailed(tx, {
      ...place,
      senderId: partner.id,
      aboveSeq,
      lastSeq,
      limit: MAX_TEXTS + 1,
    });
    const listed = toPlainTexts(recipient.locale, owing);
    const texts = fitTexts(listed, space);
    if (texts.length > 0) conversations.push({ conversationId, name: partner.username, texts });
    const isContinued = texts.length < listed.length;
    const reachedSeq = isContinued ? texts.at(-1)?.seq : lastSeq;
    if (reachedSeq) await advanceMailed(tx, [{ ...place, seq: reachedSeq, startsWindow: texts.length > 0 }]);
    if (isContinued) return { conversations, isContinued };
  }
  return { conversations, isContinued: isOneLeft };
}
