import { and, eq, type SQL, sql } from 'drizzle-orm';
import type { AnyPgColumn } from 'drizzle-orm/pg-core';
import type pg from 'pg';
import { type Db, getPool, type Tx } from '../client.ts';
import { marks, members, messages } from '../schema/index.ts';

type Side = { memberId: string; conversationId: string };
type Place = Side & { seq: number };
/** All that a member marked of a conversation: seqs above the one up to which they deleted it for themselves. */
export type MarksRow = { revision: number; clearedSeq: number; starred: number[]; hidden: number[] };
export type MarkState = { starred: boolean; hidden: boolean };

/**
 * True for a message `alias` that the person of the row `me` deleted for themselves, by itself. `offset 0` keeps the planner
 * to one look-up for each message: else it may read all that this person hid anywhere, for which there is no index.
 */
export const isHiddenFromMe = (alias: string) => `(me.marks_revision > 0 and exists (
  select 1 from marks k where k.conversation_id = ${alias}.conversation_id and k.user_id = me.user_id
    and k.seq = ${alias}.seq and k.hidden_at is not null offset 0))`;

/** True for a message `alias` that a person deleted for themselves, by itself or with all before it. */
export const isGoneFor = (userId: string, alias: string) => `exists (
  select 1 from members me where me.conversation_id = ${alias}.conversation_id and me.user_id = ${userId}
    and me.marks_revision > 0 and (${alias}.seq <= me.cleared_seq or ${isHiddenFromMe(alias)}))`;

/** The same for statements that the query builder makes. */
export const isGoneForSql = (userId: string | AnyPgColumn | SQL, alias: string): SQL => {
  const [before, after] = isGoneFor('?', alias).split('?') as [string, string];
  return sql`${sql.raw(before)}${userId}${sql.raw(after)}`;
};

/** True for a conversation `c` that the person of `me` has in their list: something not vanished is there since they cleared it. */
export const IS_LISTED = `(me.opened or (c.last_message_at is not null and (me.cleared_seq = 0 or exists (
  select 1 from messages x where x.conversation_id = c.id and x.seq > me.cleared_seq and not x.vanished))))`;

/** All marks of one member of a conversation; undefined when it is not theirs. */
export async function selectMarks(
  { memberId, conversationId }: Side,
  client: pg.Pool | pg.PoolClient = getPool(),
): Promise<MarksRow | undefined> {
  const { rows } = await client.query<MarksRow>({
    name: 'marks',
    text: `
      select me.marks_revision as revision, me.cleared_seq as "clearedSeq",
        coalesce(array_agg(k.seq order by k.seq) filter (where k.starred_at is not null), '{}') as starred,
        coalesce(array_agg(k.seq order by k.seq) filter (where k.hidden_at is not null), '{}') as hidden
      from members me
      left join marks k on k.conversation_id = me.conversation_id and k.user_id = me.user_id
        and k.seq > me.cleared_seq and (k.starred_at is not null or k.hidden_at is not null)
      where me.conversation_id = $1 and me.user_id = $2
      group by me.conversation_id, me.user_id`,
    values: [conversationId, memberId],
  });
  return rows[0];
}

const isSide = ({ memberId, conversationId }: Side) =>
  and(eq(members.conversationId, conversationId), eq(members.userId, memberId));

/**
 * Locks a member's side against other changes of their marks, a deletion for both and whoever writes them a mail, until
 * the transaction ends. Undefined when the conversation is not theirs.
 */
export async function lockMarks(
  tx: Tx,
  side: Side,
): Promise<{ revision: number; clearedSeq: number; isOpened: boolean } | undefined> {
  const [row] = await tx
    .select({
      revision: members.marksRevision,
      clearedSeq: members.clearedSeq,
      isOpened: members.opened,
    })
    .from(members)
    .where(isSide(side))
    .for('no key update');
  return row;
}

/** How a message stands to a member: a statement of its own, as only a new one sees what their lock waited for. */
export async function findMark(
  tx: Tx,
  { memberId, conversationId, seq }: Place,
): Promise<(MarkState & { isDeleted: boolean }) | undefined> {
  const [row] = await tx
    .select({
      isDeleted: sql<boolean>`${messages.deletedAt} is not null`,
      starred: sql<boolean>`${marks.starredAt} is not null`,
      hidden: sql<boolean>`${marks.hiddenAt} is not null`,
    })
    .from(messages)
    .leftJoin(
      marks,
      and(
        eq(marks.conversationId, messages.conversationId),
        eq(marks.userId, memberId),
        eq(marks.seq, messages.seq),
      ),
    )
    .where(and(eq(messages.conversationId, conversationId), eq(messages.seq, seq)));
  return row;
}

/** How many messages of a conversation a member has marked. */
export async function countMarks(tx: Tx, { memberId, conversationId }: Side): Promise<number> {
  const { rows } = await tx.execute<{ count: number }>(sql`
    select count(*)::int as count from ${marks}
    where conversation_id = ${conversationId} and user_id = ${memberId}
      and (starred_at is not null or hidden_at is not null)`);
  return rows[0]?.count ?? 0;
}

/** Writes how a message stands to a member; one that goes on being starred keeps since when. */
export async function putMark(tx: Tx, place: Place, { starred, hidden }: MarkState): Promise<void> {
  const { memberId, conversationId, seq } = place;
  await tx.execute(sql`
    insert into ${marks} as k (conversation_id, user_id, seq, starred_at, hidden_at, at)
    select ${conversationId}, ${memberId}, ${seq}, case when ${starred} then now.at end,
      case when ${hidden} then now.at end, now.at
    from (select clock_timestamp() as at) now
    on conflict (conversation_id, user_id, seq) do update set
      starred_at = case when ${starred} then coalesce(k.starred_at, excluded.starred_at) end,
      hidden_at = case when ${hidden} then coalesce(k.hidden_at, excluded.hidden_at) end, at = excluded.at`);
}

/** Takes the next revision of a member's marks. */
export async function takeMarksRevision(tx: Tx, side: Side): Promise<number> {
  const [row] = await tx
    .update(members)
    .set({ marksRevision: sql`${members.marksRevision} + 1` })
    .where(isSide(side))
    .returning({ revision: members.marksRevision });
  if (!row) throw new Error('marks of nobody');
  return row.revision;
}

/** The newest seq of a conversation; the caller has made sure that the reader may know it. */
export async function findLastSeq(db: Db | Tx, conversationId: string): Promise<number> {
  const { rows } = await db.execute<{ lastSeq: number }>(
    sql`select last_seq as "lastSeq" from conversations where id = ${conversationId}`,
  );
  return rows[0]?.lastSeq ?? 0;
}

/**
 * Deletes a conversation for one member up to a seq: their marks up to there go, but for one at that place by which
 * heads tell of it and a mail written before is known; nothing up to there is mailed any more.
 */
export async function clearUpTo(tx: Tx, side: Side, clearedSeq: number): Promise<void> {
  const { memberId, conversationId } = side;
  await tx.execute(sql`
    delete from ${marks}
    where conversation_id = ${conversationId} and user_id = ${memberId} and seq <= ${clearedSeq}`);
  await putMark(tx, { ...side, seq: clearedSeq }, { starred: false, hidden: true });
  await tx
    .update(members)
    .set({ clearedSeq, opened: false, mailedSeq: sql`greatest(${members.mailedSeq}, ${clearedSeq})` })
    .where(isSide(side));
}

/** A person's star on a message, as it was before that was deleted for both. */
export type Star = { userId: string; at: string };
/** How the marks of one person stand since. */
export type MarkedPerson = { userId: string; revision: number };

/** Takes the stars off a message that is deleted for both, whose members the caller has locked. */
export async function takeStars(
  tx: Tx,
  { conversationId, seq }: Omit<Place, 'memberId'>,
): Promise<MarkedPerson[]> {
  const { rows } = await tx.execute<MarkedPerson>(sql`
    with taken as (
      update ${marks} set starred_at = null, at = clock_timestamp()
      where conversation_id = ${conversationId} and seq = ${seq} and starred_at is not null
      returning user_id
    )
    update ${members} m set marks_revision = m.marks_revision + 1 from taken
    where m.conversation_id = ${conversationId} and m.user_id = taken.user_id
    returning m.user_id as "userId", m.marks_revision as revision`);
  return rows;
}

/** Puts stars back as they were, unless the message was deleted for that person meanwhile. */
export async function putStarsBack(
  tx: Tx,
  { conversationId, seq }: Omit<Place, 'memberId'>,
  stars: readonly Star[],
): Promise<MarkedPerson[]> {
  if (stars.length === 0) return [];
  const { rows } = await tx.execute<MarkedPerson>(sql`
    with given as (
      update ${marks} k set starred_at = star.at, at = clock_timestamp()
      from json_to_recordset(${JSON.stringify(stars)}::json) as star ("userId" uuid, at timestamptz)
      where k.conversation_id = ${conversationId} and k.seq = ${seq} and k.user_id = star."userId"
        and k.hidden_at is null
      returning k.user_id
    )
    update ${members} m set marks_revision = m.marks_revision + 1 from given
    where m.conversation_id = ${conversationId} and m.user_id = given.user_id
    returning m.user_id as "userId", m.marks_revision as revision`);
  return rows;
}

/** Forgets marks that say nothing any more, long after heads have told of them: how many, at most `limit`. */
export async function pruneMarks(db: Db, limit: number): Promise<number> {
  const result = await db.execute(sql`
    delete from ${marks} where ctid in (
      select ctid from ${marks}
      where starred_at is null and hidden_at is null and at < now() - interval '1 day' limit ${limit})`);
  return result.rowCount ?? 0;
}
