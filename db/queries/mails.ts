import { and, asc, count, eq, gt, inArray, isNull, lte, max, sql } from 'drizzle-orm';
import type { Db, Tx } from '../client.ts';
import { conversations, mails, members, messages, users } from '../schema.ts';

export type NewMail = typeof mails.$inferInsert;
export type Mail = typeof mails.$inferSelect;
export type MailPayload = Mail['payload'];

/** Nothing of a mail's content is kept once it needs no further attempt. */
const EMPTY_PAYLOAD: MailPayload = { subject: '', html: '', text: '', headers: {} };

/** Writes a mail before its first attempt. */
export async function insertMail(tx: Tx, mail: NewMail): Promise<void> {
  await tx.insert(mails).values(mail);
}

/**
 * The recipient's side of a conversation, locked against a second collector until the transaction
 * ends, with what decides now: address, preference, block, and the seconds left of the window.
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
      blocked: members.blocked,
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
    .select({
      id: users.id,
      username: users.username,
      email: users.email,
      locale: users.locale,
      emailPreference: users.emailPreference,
    })
    .from(users)
    .where(inArray(users.id, [recipientId, peerId]));
  const recipient = people.find(({ id }) => id === recipientId);
  const peer = people.find(({ id }) => id === peerId);
  return recipient && peer ? { ...member, recipient, peer } : undefined;
}

/**
 * How much the peer has written above a cursor: the newest seq (deleted ones too) and the number of
 * texts still standing. Undefined when nothing is there.
 */
export async function summarizeUnmailed(tx: Tx, conversationId: string, senderId: string, aboveSeq: number) {
  const [row] = await tx
    .select({
      lastSeq: max(messages.seq),
      texts: count(sql`case when ${messages.deletedAt} is null then 1 end`),
    })
    .from(messages)
    .where(
      and(
        eq(messages.conversationId, conversationId),
        eq(messages.senderId, senderId),
        gt(messages.seq, aboveSeq),
      ),
    );
  return row?.lastSeq ? { lastSeq: row.lastSeq, texts: row.texts } : undefined;
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

/** A mail with what its recipient's address and preference are now; undefined unless it is pending. */
export async function findPendingMail(db: Db, id: string) {
  const [row] = await db
    .select({
      mail: mails,
      address: users.email,
      emailPreference: users.emailPreference,
      hasBlocked: sql<boolean>`coalesce(${members.blocked}, false)`,
    })
    .from(mails)
    .innerJoin(users, eq(users.id, mails.recipientId))
    .leftJoin(
      members,
      and(eq(members.conversationId, mails.conversationId), eq(members.userId, mails.recipientId)),
    )
    .where(and(eq(mails.id, id), eq(mails.state, 'pending')));
  return row;
}

/** Ends a mail's life: it leaves `pending` once, and its content goes. */
export async function settleMail(
  db: Db,
  id: string,
  state: 'sent' | 'cancelled' | 'failed',
  lastError: string | null = null,
): Promise<void> {
  await db
    .update(mails)
    .set({
      state,
      lastError,
      payload: EMPTY_PAYLOAD,
      attempts: state === 'cancelled' ? mails.attempts : sql`${mails.attempts} + 1`,
      sentAt: state === 'sent' ? sql`now()` : null,
    })
    .where(and(eq(mails.id, id), eq(mails.state, 'pending')));
}

/** Records a failed attempt that will be repeated. */
export async function recordAttempt(db: Db, id: string, lastError: string): Promise<void> {
  await db
    .update(mails)
    .set({ attempts: sql`${mails.attempts} + 1`, lastError })
    .where(and(eq(mails.id, id), eq(mails.state, 'pending')));
}

/**
 * Members whose peer's newest seq lies above their mail cursor, a page at a time in key order.
 * `all` looks at every conversation; else only at those with a message in the last day, which costs
 * a fraction and covers what a crashed node can have left since the last full look at a start.
 */
export async function listOwed(
  db: Db,
  {
    all,
    after,
    limit,
  }: { all: boolean; after: { conversationId: string; recipientId: string } | undefined; limit: number },
) {
  const result = await db.execute<{ conversation_id: string; user_id: string }>(sql`
    select m.conversation_id, m.user_id
    from conversations c
    join members m on m.conversation_id = c.id
    where m.mailed_seq < case when m.user_id = c.low_user_id then c.high_last_seq else c.low_last_seq end
      and (${all} or c.last_message_at > now() - interval '1 day')
      ${after ? sql`and (m.conversation_id, m.user_id) > (${after.conversationId}::uuid, ${after.recipientId}::uuid)` : sql``}
    order by m.conversation_id, m.user_id
    limit ${limit}`);
  return result.rows.map((row) => ({ conversationId: row.conversation_id, recipientId: row.user_id }));
}

/** Ids of mails that have waited for longer than a delivery takes to start, oldest first. */
export async function listStalled(
  db: Db,
  { afterId, limit }: { afterId: string | undefined; limit: number },
) {
  const rows = await db
    .select({ id: mails.id })
    .from(mails)
    .where(
      and(
        eq(mails.state, 'pending'),
        lte(mails.createdAt, sql`now() - interval '5 seconds'`),
        afterId ? gt(mails.id, afterId) : undefined,
      ),
    )
    .orderBy(asc(mails.id))
    .limit(limit);
  return rows.map(({ id }) => id);
}

/** Forgets mails that were settled more than 30 days ago. */
export async function pruneMails(db: Db): Promise<void> {
  await db
    .delete(mails)
    .where(and(sql`${mails.state} <> 'pending'`, lte(mails.createdAt, sql`now() - interval '30 days'`)));
}

/** Turns a person's mails about messages off; false when nobody has this id. */
export async function stopMails(db: Db, userId: string): Promise<boolean> {
  const rows = await db
    .update(users)
    .set({ emailPreference: 'never' })
    .where(eq(users.id, userId))
    .returning({ id: users.id });
  return rows.length > 0;
}

/** The preference in force, or undefined when nobody has this id. */
export async function findMailPreference(db: Db, userId: string) {
  const [row] = await db
    .select({ emailPreference: users.emailPreference })
    .from(users)
    .where(eq(users.id, userId));
  return row?.emailPreference;
}
