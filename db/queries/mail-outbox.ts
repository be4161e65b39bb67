import { and, asc, eq, gt, inArray, isNull, lte, sql } from 'drizzle-orm';
import type { Db, Tx } from '../client.ts';
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

/**
 * Moves a person's mail cursors to what was said last, in all conversations or one: what came before
 * is never mailed. `upTo: 'read'` goes only as far as they have read.
 */
export async function skipUnmailed(
  tx: Tx,
  userId: string,
  { upTo, conversationId }: { upTo: 'newest' | 'read'; conversationId?: string },
): Promise<void> {
  const target = upTo === 'read' ? sql`m.read_seq` : sql`c.last_seq`;
  await tx.execute(sql`
    update members m set mailed_seq = greatest(m.mailed_seq, ${target})
    from conversations c
    where c.id = m.conversation_id and m.user_id = ${userId}
      ${conversationId ? sql`and m.conversation_id = ${conversationId}` : sql``}`);
}

/**
 * Members whose peer's newest seq lies above their mail cursor, a page at a time in key order; those
 * who get summaries, and with `isHolding` those whose address is not confirmed, are left out, as
 * their texts wait for something else. `all` looks at every conversation; else only at those with a
 * message in the last day, which costs a fraction and covers what a crashed node can have left since
 * the last full look at a start.
 */
export async function listOwed(
  db: Db,
  input: {
    all: boolean;
    isHolding: boolean;
    userId?: string;
    after?: { conversationId: string; recipientId: string };
    limit: number;
  },
) {
  const { all, isHolding, userId, after, limit } = input;
  const result = await db.execute<{ conversation_id: string; user_id: string }>(sql`
    select m.conversation_id, m.user_id
    from conversations c
    join members m on m.conversation_id = c.id
    join users u on u.id = m.user_id
    where m.mailed_seq < case when m.user_id = c.low_user_id then c.high_last_seq else c.low_last_seq end
      and (${all} or c.last_message_at > now() - interval '1 day')
      and u.email_preference <> 'daily'
      and (not ${isHolding} or u.email_verified_at is not null)
      ${userId ? sql`and m.user_id = ${userId}` : sql``}
      ${after ? sql`and (m.conversation_id, m.user_id) > (${after.conversationId}::uuid, ${after.recipientId}::uuid)` : sql``}
    order by m.conversation_id, m.user_id
    limit ${limit}`);
  return result.rows.map((row) => ({ conversationId: row.conversation_id, recipientId: row.user_id }));
}
