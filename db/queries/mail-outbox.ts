import { and, eq, type SQL, sql } from 'drizzle-orm';
import { type AnyPgColumn, alias } from 'drizzle-orm/pg-core';
import type { Tx } from '../client.ts';
import { conversations, mailRanges, mails, members, users } from '../schema/index.ts';
import { isGoneForSql } from './marks.ts';

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

/** One side of a conversation: mails about it go to this member. */
export type MailPlace = { conversationId: string; recipientId: string };

const isAt = (places: readonly MailPlace[]) => sql`(${members.conversationId}, ${members.userId}) in (
  select * from unnest(${sql.param(places.map((place) => place.conversationId))}::uuid[],
    ${sql.param(places.map((place) => place.recipientId))}::uuid[]))`;

/**
 * Locks a member's row until the transaction ends, against a second collector and against a deletion whose text
 * would else be read here and missed there. Of one it waits for the lock. Of several it takes those that are free: so a
 * transaction never waits with rows in hand that others wait for, and cannot wait in a ring. What it leaves out, or
 * whose membership is gone, is not in the result.
 */
export async function lockMembers(tx: Tx, places: readonly MailPlace[]): Promise<MailPlace[]> {
  const isOne = places.length === 1;
  return await tx
    .select({ conversationId: members.conversationId, recipientId: members.userId })
    .from(members)
    .where(isAt(places))
    .for('no key update', isOne ? {} : { skipLocked: true })
    // With a name it is planned once for each connection.
    .prepare(isOne ? 'mail-lock-member' : 'mail-lock-members')
    .execute();
}

export type MailState = Awaited<ReturnType<typeof lockMailStates>>[number];

/**
 * The recipients' sides of conversations, locked as `lockMembers` says, with what decides now: address,
 * preference, mute, block, whether they ever wrote to the partner, the seconds left of the window, and whether a
 * mail of this conversation has yet to be accepted or given up.
 */
export async function lockMailStates(tx: Tx, places: readonly MailPlace[], windowSeconds: number) {
  const locked = await lockMembers(tx, places);
  if (locked.length === 0) return [];
  // A statement of its own, as only a new one sees what the lock waited for.
  const recipient = alias(users, 'recipient');
  const partner = alias(users, 'partner');
  const isRecipientLow = eq(conversations.lowUserId, members.userId);
  return await tx
    .select({
      conversationId: members.conversationId,
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
      /** One of its messages was deleted seconds ago, which may be undone. */
      mayBeUndone: sql<boolean>`exists (
        select 1 from undos u where u.conversation_id = ${members.conversationId} and u.expires_at > now())`,
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
    .where(isAt(locked))
    .prepare('mail-states')
    .execute();
}

/** The conversations of a mail in which texts wait for it to be accepted, or given up. */
export async function listOwedBehind(tx: Tx, mailId: string): Promise<string[]> {
  const rows = await tx
    .select({ conversationId: mailRanges.conversationId })
    .from(mailRanges)
    .innerJoin(mails, eq(mails.id, mailRanges.mailId))
    .innerJoin(conversations, eq(conversations.id, mailRanges.conversationId))
    .innerJoin(
      members,
      and(eq(members.conversationId, mailRanges.conversationId), eq(members.userId, mails.recipientId)),
    )
    .where(
      and(
        eq(mailRanges.mailId, mailId),
        sql`${members.mailedSeq} < case when ${members.userId} = ${conversations.lowUserId}
          then ${conversations.highLastSeq} else ${conversations.lowLastSeq} end`,
      ),
    )
    // With a name it is planned once for each connection, not for each mail.
    .prepare('mail-owed-behind')
    .execute();
  return rows.map(({ conversationId }) => conversationId);
}

/** Characters of one's own text that a mail shows for context. */
const OWN_TEXT_LIMIT = 500;

/** What a text answers: how that begins, null when it was deleted, and whether the mail's reader had said it. */
export type AnsweredText = { body: string | null; isReaders: boolean };

export type UnmailedText = {
  seq: number;
  body: string;
  answered: AnsweredText | null;
  isForwarded: boolean;
  run: number;
  /** How the text right before begins, when it stands and is the reader's own; else null. */
  ownTextBefore: string | null;
};

type Unmailed = MailPlace & { senderId: string; aboveSeq: number; limit: number };

/**
 * The partner's standing texts in `(aboveSeq, lastSeq]`, oldest first, but for those that their reader deleted for
 * themselves, and those that a mail to their reader
 * covers which has gone or will go by itself: a mail cursor that went back can lie below such texts. Between
 * texts of different `run` lie some of those; one range cannot hold both.
 */
function selectUnmailed(
  { conversationId, senderId, recipientId, aboveSeq, limit }: Unmailed | Record<keyof Unmailed, SQL>,
  lastSeq: SQL,
) {
  return sql`
    with covered as materialized (
      select r.from_seq, r.shown_seq from mail_ranges r join mails m on m.id = r.mail_id
      where r.conversation_id = ${conversationId} and r.shown_seq > ${aboveSeq}
        and m.recipient_id = ${recipientId} and m.state <> 'cancelled'
    )
    select t.seq, t.body, t.forwarded as "isForwarded", (select count(*)::int from covered c where c.shown_seq < t.seq) as run, (
      select left(o.body, ${OWN_TEXT_LIMIT}) || case when char_length(o.body) > ${OWN_TEXT_LIMIT} then '…' else '' end
      from messages o
      where o.conversation_id = ${conversationId} and o.seq = t.seq - 1 and o.sender_id = ${recipientId}
        and o.deleted_at is null and not ${isGoneForSql(recipientId, 'o')}) as "ownTextBefore", case when t.reply_to_seq is not null then (
      select json_build_object('isReaders', o.sender_id = ${recipientId},
        'body', case when o.deleted_at is null and not ${isGoneForSql(recipientId, 'o')} then left(o.body, ${OWN_TEXT_LIMIT}) end)
      from messages o where o.conversation_id = ${conversationId} and o.seq = t.reply_to_seq) end as answered
    from messages t
    where t.conversation_id = ${conversationId} and t.sender_id = ${senderId}
      and t.seq > ${aboveSeq} and t.seq <= ${lastSeq} and t.deleted_at is null and not ${isGoneForSql(recipientId, 't')}
      and not exists (select 1 from covered c where t.seq between c.from_seq and c.shown_seq)
    order by t.seq
    limit ${limit}`;
}

/** The texts that are to be mailed up to `lastSeq`: see `selectUnmailed`. */
export async function listUnmailed(tx: Tx, input: Unmailed & { lastSeq: number }): Promise<UnmailedText[]> {
  const { rows } = await tx.execute<UnmailedText>(selectUnmailed(input, sql`${input.lastSeq}`));
  return rows;
}

/** What is asked about one recipient: texts of at least this age. */
export type UnmailedQuestion = Unmailed & { minAgeSeconds: number };

export type UnmailedAnswer = {
  /** The newest seq of that age, deleted ones too; 0 for none. */
  lastSeq: number;
  /** Until the next younger one is old enough; null when there is none. */
  ripensInSeconds: number | null;
  /** The texts up to there: see `selectUnmailed`. */
  texts: UnmailedText[];
};

/** How far partners have written above cursors, and what of it is to be mailed; answers come in the order asked. */
export async function findUnmailed(
  tx: Tx,
  questions: readonly UnmailedQuestion[],
): Promise<UnmailedAnswer[]> {
  if (questions.length === 0) return [];
  const asked = JSON.stringify(questions.map((question, n) => ({ n, ...question })));
  const q = {
    conversationId: sql`q."conversationId"`,
    senderId: sql`q."senderId"`,
    recipientId: sql`q."recipientId"`,
    aboveSeq: sql`q."aboveSeq"`,
    limit: sql`q."limit"`,
  };
  const ripeAt = sql`created_at + make_interval(secs => q."minAgeSeconds")`;
  // Times of messages are rounded to milliseconds, so one of this moment can lie ahead of it.
  const isRipe = sql`(q."minAgeSeconds" = 0 or ${ripeAt} <= now())`;
  const { rows } = await tx.execute<UnmailedAnswer>(sql`
    select answer.* from json_to_recordset(${asked}::json) as q(n int, "conversationId" uuid, "senderId" uuid,
      "recipientId" uuid, "aboveSeq" int, "limit" int, "minAgeSeconds" float8)
    cross join lateral (
      with written as materialized (
        select coalesce(max(seq) filter (where ${isRipe}), 0) as last_seq,
          (min(extract(epoch from ${ripeAt} - now())) filter (where not ${isRipe}))::float8 as ripens_in
        from messages
        where conversation_id = ${q.conversationId} and sender_id = ${q.senderId} and seq > ${q.aboveSeq}
      )
      select last_seq as "lastSeq", ripens_in as "ripensInSeconds", (
        select coalesce(json_agg(text order by text.seq), '[]')
        from (${selectUnmailed(q, sql`(select last_seq from written)`)}) text) as texts
      from written
    ) answer
    order by q.n`);
  return rows;
}

/**
 * Moves mail cursors back to before what a mail that was not sent covered, as far as that is unread and
 * its conversation neither blocked nor muted.
 */
export async function oweAgain(tx: Tx, mailId: string, recipientId: string): Promise<void> {
  await tx.execute(sql`
    update members m set mailed_seq = least(m.mailed_seq, greatest(r.from_seq - 1, m.read_seq, m.cleared_seq))
    from mail_ranges r
    where r.mail_id = ${mailId} and m.conversation_id = r.conversation_id and m.user_id = ${recipientId}
      and not m.muted and not m.blocked and m.sealed_at is null`);
}

/** Moves mail cursors, and starts a new window where that is asked. */
export async function advanceMailed(
  tx: Tx,
  moves: readonly (MailPlace & { seq: number; startsWindow: boolean })[],
): Promise<void> {
  if (moves.length === 0) return;
  await tx.execute(sql`
    update members m set mailed_seq = greatest(m.mailed_seq, r.seq),
      last_mailed_at = case when r."startsWindow" then now() else m.last_mailed_at end
    from json_to_recordset(${JSON.stringify(moves)}::json)
      as r("conversationId" uuid, "recipientId" uuid, seq int, "startsWindow" boolean)
    where m.conversation_id = r."conversationId" and m.user_id = r."recipientId"`);
}
