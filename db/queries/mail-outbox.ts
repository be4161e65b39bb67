import { and, asc, eq, gt, inArray, isNull, lte, sql } from 'drizzle-orm';
import type { Tx } from '../client.ts';
import { conversations, members, messages, users } from '../schema.ts';

/** What of a person decides about their mails, as it is now. */
const recipientColumns = {
  id: users.id,
  username: users.username,
  email: users.email,
  locale: users.locale,
  emailPreference: users.emailPreference,
  emailVerifiedAt: users.emailVerifiedAt,
  emailStopReason: users.emailStopReason,
};

/**
 * The recipient's side of a conversation, locked against a second collector until the transaction
 * ends, with what decides now: address, preference, mute, block, and the seconds left of the window.
 * Undefined when the membership is gone.
 */
export async function lockMailState(
  tx: Tx,
  conversationId: string,
  recipientId: string,
  windowSeconds: number,
) {
  const [member] = await tx
    .select({
      mailedSeq: members.mailedSeq,
      readSeq: members.readSeq,
      blocked: members.blocked,
      muted: members.muted,
      waitSeconds: sql<number>`greatest(0, coalesce(
        extract(epoch from ${members.lastMailedAt} + make_interval(secs => ${windowSeconds}) - now()), 0))::float8`,
    })
    .from(members)
    .where(and(eq(members.conversationId, conversationId), eq(members.userId, recipientId)))
    .for('no key update');
  if (!member) return undefined;
  const [pair] = await tx
    .select({ low: conversations.lowUserId, high: conversations.highUserId })
    .from(conversations)
    .where(eq(conversations.id, conversationId));
  if (!pair) return undefined;
  const peerId = pair.low === recipientId ? pair.high : pair.low;
  const people = await tx
    .select(recipientColumns)
    .from(users)
    .where(inArray(users.id, [recipientId, peerId]));
  const recipient = people.find(({ id }) => id === recipientId);
  const peer = people.find(({ id }) => id === peerId);
  return recipient && peer
    ? { ...member, isRecipientLow: pair.low === recipientId, recipient, peer }
    : undefined;
}

/**
 * How much the peer has written above a cursor and at least `minAgeSeconds` ago: the newest seq
 * (deleted ones too, 0 for none) and the number of texts still standing; and in how many seconds the
 * next younger one is old enough (null when there is none). Undefined when nothing is there.
 */
export async function summarizeUnmailed(
  tx: Tx,
  input: { conversationId: string; senderId: string; aboveSeq: number; minAgeSeconds: number },
) {
  const isRipe = sql`${messages.createdAt} <= now() - make_interval(secs => ${input.minAgeSeconds})`;
  const ripensIn = sql`extract(epoch from ${messages.createdAt} + make_interval(secs => ${input.minAgeSeconds}) - now())`;
  const [row] = await tx
    .select({
      lastSeq: sql<number>`coalesce(max(${messages.seq}) filter (where ${isRipe}), 0)`,
      texts: sql<number>`(count(*) filter (where ${isRipe} and ${messages.deletedAt} is null))::int`,
      ripensInSeconds: sql<number | null>`(min(${ripensIn}) filter (where not ${isRipe}))::float8`,
    })
    .from(messages)
    .where(
      and(
        eq(messages.conversationId, input.conversationId),
        eq(messages.senderId, input.senderId),
        gt(messages.seq, input.aboveSeq),
      ),
    );
  return row && (row.lastSeq > 0 || row.ripensInSeconds !== null) ? row : undefined;
}

/** The peer's standing texts in `(aboveSeq, lastSeq]`, oldest first. */
export function listUnmailed(
  tx: Tx,
  conversationId: string,
  senderId: string,
  { aboveSeq, lastSeq, limit }: { aboveSeq: number; lastSeq: number; limit: number },
) {
  return tx
    .select({ seq: messages.seq, body: messages.body })
    .from(messages)
    .where(
      and(
        eq(messages.conversationId, conversationId),
        eq(messages.senderId, senderId),
        gt(messages.seq, aboveSeq),
        lte(messages.seq, lastSeq),
        isNull(messages.deletedAt),
      ),
    )
    .orderBy(asc(messages.seq))
    .limit(limit);
}

/** The text right before a seq when it stands and is this person's own; else undefined. */
export async function findOwnTextBefore(
  tx: Tx,
  { conversationId, seq, senderId }: { conversationId: string; seq: number; senderId: string },
): Promise<string | undefined> {
  const [row] = await tx
    .select({ body: messages.body })
    .from(messages)
    .where(
      and(
        eq(messages.conversationId, conversationId),
        eq(messages.seq, seq - 1),
        eq(messages.senderId, senderId),
        isNull(messages.deletedAt),
      ),
    );
  return row?.body;
}

/**
 * Moves mail cursors back to before what a mail that was not sent covered, as far as that is unread and
 * its conversation neither blocked nor muted. Returns those conversations.
 */
export async function oweAgain(tx: Tx, mailId: string, recipientId: string): Promise<string[]> {
  const { rows } = await tx.execute<{ conversation_id: string }>(sql`
    update members m set mailed_seq = least(m.mailed_seq, greatest(r.from_seq - 1, m.read_seq))
    from mail_ranges r
    where r.mail_id = ${mailId} and m.conversation_id = r.conversation_id and m.user_id = ${recipientId}
      and not m.muted and not m.blocked
    returning m.conversation_id`);
  return rows.map((row) => row.conversation_id);
}

/** Moves the mail cursor, and starts a new window when a mail was written. */
export async function advanceMailed(
  tx: Tx,
  conversationId: string,
  userId: string,
  seq: number,
  { mailed }: { mailed: boolean },
): Promise<void> {
  await tx
    .update(members)
    .set({
      mailedSeq: sql`greatest(${members.mailedSeq}, ${seq})`,
      ...(mailed ? { lastMailedAt: sql`now()` } : {}),
    })
    .where(and(eq(members.conversationId, conversationId), eq(members.userId, userId)));
}
