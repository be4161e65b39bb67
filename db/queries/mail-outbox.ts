import { and, eq, gt, isNull, sql } from 'drizzle-orm';
import { type AnyPgColumn, alias } from 'drizzle-orm/pg-core';
import type { Tx } from '../client.ts';
import { conversations, mailRanges, mails, members, messages, users } from '../schema/index.ts';

type DecidingColumns = Record<
  | 'id'
  | 'state'
  | 'username'
  | 'email'
  | 'locale'
  | 'emailPreference'
  | 'emailVerifiedAt'
  | 'emailStopReason',
  AnyPgColumn
>;

/** What of a person decides about their mails, as it is now. */
const pickDeciding = <T extends DecidingColumns>(person: T) => ({
  id: person.id as T['id'],
  state: person.state as T['state'],
  username: person.username as T['username'],
  email: person.email as T['email'],
  locale: person.locale as T['locale'],
  emailPreference: person.emailPreference as T['emailPreference'],
  emailVerifiedAt: person.emailVerifiedAt as T['emailVerifiedAt'],
  emailStopReason: person.emailStopReason as T['emailStopReason'],
});

/**
 * Locks a member's row until the transaction ends, against a second collector and against a deletion whose text
 * would else be read here and missed there. False when the membership is gone.
 */
export async function lockMember(tx: Tx, conversationId: string, userId: string): Promise<boolean> {
  const locked = await tx
    .select({ userId: members.userId })
    .from(members)
    .where(and(eq(members.conversationId, conversationId), eq(members.userId, userId)))
    .for('no key update');
  return locked.length > 0;
}

/**
 * The recipient's side of a conversation, locked until the transaction ends, with what decides now: address,
 * preference, mute, block, whether they ever wrote to the partner, the seconds left of the window, and whether a
 * mail of this conversation has yet to be accepted or given up.
 * Undefined when the membership is gone.
 */
export async function lockMailState(
  tx: Tx,
  conversationId: string,
  recipientId: string,
  windowSeconds: number,
) {
  if (!(await lockMember(tx, conversationId, recipientId))) return undefined;
  // A statement of its own, as only a new one sees what the lock waited for.
  const recipient = alias(users, 'recipient');
  const partner = alias(users, 'partner');
  const isRecipientLow = eq(conversations.lowUserId, members.userId);
  const [state] = await tx
    .select({
      mailedSeq: members.mailedSeq,
      readSeq: members.readSeq,
      /** By either of the two. */
      blocked: sql<boolean>`${members.blocked} or ${members.sealedAt} is not null`,
      muted: members.muted,
      waitSeconds: sql<number>`greatest(0, coalesce(
        extract(epoch from ${members.lastMailedAt} + make_interval(secs => ${windowSeconds}) - now()), 0))::float8`,
      isRecipientLow: sql<boolean>`${isRecipientLow}`,
      hasAnswered: sql<boolean>`case when ${isRecipientLow} then ${conversations.lowLastSeq}
        else ${conversations.highLastSeq} end > 0`,
      hasWaitingMail: sql<boolean>`exists (
        select 1 from ${mails} join ${mailRanges} on ${mailRanges.mailId} = ${mails.id}
        where ${mails.state} = 'pending' and ${mails.recipientId} = ${members.userId}
          and ${mailRanges.conversationId} = ${members.conversationId})`,
      recipient: pickDeciding(recipient),
      partner: pickDeciding(partner),
    })
    .from(members)
    .innerJoin(conversations, eq(conversations.id, members.conversationId))
    .innerJoin(recipient, eq(recipient.id, members.userId))
    .innerJoin(
      partner,
      sql`${partner.id} = case when ${isRecipientLow} then ${conversations.highUserId} else ${conversations.lowUserId} end`,
    )
    .where(and(eq(members.conversationId, conversationId), eq(members.userId, recipientId)));
  return state;
}

/** The conversations of a mail in which texts wait for it to be accepted, or given up. */
export async function listOwedBehind(tx: Tx, mailId: string): Promise<string[]> {
  const { rows } = await tx.execute<{ conversation_id: string }>(sql`
    select r.conversation_id
    from mail_ranges r
    join mails s on s.id = r.mail_id
    join members m on m.conversation_id = r.conversation_id and m.user_id = s.recipient_id
    join conversations c on c.id = r.conversation_id
    where r.mail_id = ${mailId}
      and m.mailed_seq < case when m.user_id = c.low_user_id then c.high_last_seq else c.low_last_seq end`);
  return rows.map((row) => row.conversation_id);
}

/**
 * How far the partner has written above a cursor at least `minAgeSeconds` ago: the newest seq (deleted
 * ones too, 0 for none), and in how many seconds the next younger one is old enough (null when there
 * is none). Undefined when nothing is there.
 */
export async function findUnmailed(
  tx: Tx,
  input: { conversationId: string; senderId: string; aboveSeq: number; minAgeSeconds: number },
) {
  const isRipe = sql`${messages.createdAt} <= now() - make_interval(secs => ${input.minAgeSeconds})`;
  const ripensIn = sql`extract(epoch from ${messages.createdAt} + make_interval(secs => ${input.minAgeSeconds}) - now())`;
  const [row] = await tx
    .select({
      lastSeq: sql<number>`coalesce(max(${messages.seq}) filter (where ${isRipe}), 0)`,
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

export type UnmailedText = { seq: number; body: string; run: number };

/**
 * The partner's standing texts in `(aboveSeq, lastSeq]`, oldest first, but for those that a mail to their reader
 * covers which has gone or will go by itself: a mail cursor that went back can lie below such texts. Between
 * texts of different `run` lie some of those; one range cannot hold both.
 */
export async function listUnmailed(
  tx: Tx,
  input: {
    conversationId: string;
    senderId: string;
    recipientId: string;
    aboveSeq: number;
    lastSeq: number;
    limit: number;
  },
): Promise<UnmailedText[]> {
  const { conversationId, senderId, recipientId, aboveSeq, lastSeq, limit } = input;
  const { rows } = await tx.execute<UnmailedText>(sql`
    with covered as materialized (
      select r.from_seq, r.shown_seq from mail_ranges r join mails m on m.id = r.mail_id
      where r.conversation_id = ${conversationId} and r.shown_seq > ${aboveSeq}
        and m.recipient_id = ${recipientId} and m.state <> 'cancelled'
    )
    select t.seq, t.body, (select count(*)::int from covered c where c.shown_seq < t.seq) as run
    from messages t
    where t.conversation_id = ${conversationId} and t.sender_id = ${senderId}
      and t.seq > ${aboveSeq} and t.seq <= ${lastSeq} and t.deleted_at is null
      and not exists (select 1 from covered c where t.seq between c.from_seq and c.shown_seq)
    order by t.seq
    limit ${limit}`);
  return rows;
}

/** Characters of one's own text that a mail shows for context. */
const OWN_TEXT_LIMIT = 500;

/** How the text right before a seq begins when it stands and is this person's own; else undefined. */
export async function findOwnTextBefore(
  tx: Tx,
  { conversationId, seq, senderId }: { conversationId: string; seq: number; senderId: string },
): Promise<string | undefined> {
  const [row] = await tx
    .select({
      body: sql<string>`left(${messages.body}, ${OWN_TEXT_LIMIT})
        || case when char_length(${messages.body}) > ${OWN_TEXT_LIMIT} then '…' else '' end`,
    })
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
 * its conversation neither blocked nor muted.
 */
export async function oweAgain(tx: Tx, mailId: string, recipientId: string): Promise<void> {
  await tx.execute(sql`
    update members m set mailed_seq = least(m.mailed_seq, greatest(r.from_seq - 1, m.read_seq))
    from mail_ranges r
    where r.mail_id = ${mailId} and m.conversation_id = r.conversation_id and m.user_id = ${recipientId}
      and not m.muted and not m.blocked and m.sealed_at is null`);
}

/** Moves the mail cursor, and starts a new window when asked to. */
export async function advanceMailed(
  tx: Tx,
  conversationId: string,
  userId: string,
  seq: number,
  { startsWindow }: { startsWindow: boolean },
): Promise<void> {
  await tx
    .update(members)
    .set({
      mailedSeq: sql`greatest(${members.mailedSeq}, ${seq})`,
      ...(startsWindow ? { lastMailedAt: sql`now()` } : {}),
    })
    .where(and(eq(members.conversationId, conversationId), eq(members.userId, userId)));
}
