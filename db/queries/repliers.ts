import { and, asc, between, eq, inArray, max, min, type SQL, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import type { Db } from '../client.ts';
import { conversations, mailRanges, mails, messages, users } from '../schema/index.ts';
import { takesPart } from './person-state.ts';

/** How far around a mail's last text others may have stood in mails before and after it. */
const NEARBY = 40;
/** How far before a mail's last text its beginning is looked for; its reader's own texts can lie between. */
const REACH = 400;

/**
 * The person on one side of a conversation, with the name of the one on the other side; undefined when
 * there is no such conversation, or they are shut out.
 */
export async function findReplier(db: Db, input: { conversationId: string; isLow: boolean }) {
  const { lowUserId, highUserId } = conversations;
  const [side, other] = input.isLow ? [lowUserId, highUserId] : [highUserId, lowUserId];
  const partners = alias(users, 'partners');
  const [row] = await db
    .select({ userId: users.id, email: users.email, locale: users.locale, partnerName: partners.username })
    .from(conversations)
    .innerJoin(users, eq(users.id, side))
    .innerJoin(partners, eq(partners.id, other))
    .where(and(eq(conversations.id, input.conversationId), sql.raw(takesPart('users'))));
  return row;
}

/**
 * What a mail to a person showed: the partner's texts with what these answer, and what they had said themselves right
 * before; the number of texts that it spoke of, undefined once its row is forgotten; how many of all that are gone; and
 * the others that were written about then. A mail's own content goes when it is sent, so the texts are those of
 * now: what was deleted or changed since is gone.
 *
 * @param quotedSeq the last text that the mail showed.
 * @param maxTexts how many a mail shows at most; its beginning is taken from this once its row is forgotten.
 */
export async function listQuotable(
  db: Db,
  input: { conversationId: string; recipientId: string; quotedSeq: number; maxTexts: number },
) {
  const { conversationId, recipientId, quotedSeq, maxTexts } = input;
  const [range] = await db
    .select({
      fromSeq: min(mailRanges.fromSeq),
      toSeq: max(mailRanges.toSeq),
      writtenAt: max(mails.createdAt),
    })
    .from(mailRanges)
    .innerJoin(mails, eq(mails.id, mailRanges.mailId))
    .where(
      and(
        eq(mailRanges.conversationId, conversationId),
        eq(mailRanges.shownSeq, quotedSeq),
        eq(mails.recipientId, recipientId),
        eq(mails.kind, 'messages'),
      ),
    );
  const fromSeq = range?.fromSeq ?? quotedSeq - maxTexts + 1;
  const toSeq = range?.toSeq ?? quotedSeq;
  const firstSeq = Math.max(quotedSeq - REACH, Math.min(fromSeq - 1, quotedSeq - NEARBY));
  const isIn = eq(messages.conversationId, conversationId);
  const rows = await selectTexts(db, and(isIn, between(messages.seq, firstSeq, quotedSeq + NEARBY)));
  const since = range?.writtenAt?.getTime() ?? 0;
  const isLater = (at: Date | null) => at !== null && at.getTime() > since;
  const standing = rows.filter(({ deletedAt }) => !deletedAt || isLater(deletedAt));
  const covered = standing.filter(
    ({ seq, senderId }) => senderId !== recipientId && seq >= fromSeq && seq <= toSeq,
  );
  const texts = covered.filter(({ seq }) => seq <= quotedSeq);
  const own = standing.filter(({ seq, senderId }) => senderId === recipientId && seq === fromSeq - 1);
  const answeredSeqs = texts.flatMap(({ replyToSeq }) => replyToSeq ?? []);
  const found = await selectTexts(db, and(isIn, inArray(messages.seq, answeredSeqs)));
  const answered = found.filter(({ deletedAt }) => !deletedAt || isLater(deletedAt));
  const shown = new Set([...texts, ...own]);
  const isGone = ({ editedAt, deletedAt }: (typeof rows)[number]) => isLater(deletedAt) || isLater(editedAt);
  const toBodies = (list: typeof rows) => list.filter(({ deletedAt }) => !deletedAt).map(({ body }) => body);
  return {
    texts: toBodies(texts),
    count: range?.writtenAt ? covered.length : undefined,
    goneCount: [...shown, ...answered].filter(isGone).length,
    ownBefore: toBodies(own),
    answered: toBodies(answered),
    nearby: toBodies(rows.filter((row) => !shown.has(row))),
  };
}

/** Messages as far as it decides whether a mail showed them, in order. */
function selectTexts(db: Db, where: SQL | undefined) {
  const { seq, senderId, body, editedAt, deletedAt, replyToSeq } = messages;
  return db
    .select({ seq, senderId, body, editedAt, deletedAt, replyToSeq })
    .from(messages)
    .where(where)
    .orderBy(asc(messages.seq));
}
