import { sql } from 'drizzle-orm';
import type { Db, Tx } from '../client.ts';

/** The hour of the reader's morning at which the summary goes. */
const HOUR = 8;

/** True for a person who wants summaries and has had none since this morning's hour, in their zone. */
const isDue = (isHolding: boolean) => sql`
  u.email_preference = 'daily' and u.email_stop_reason is null
  and (not ${isHolding} or u.email_verified_at is not null)
  and now() >= (date_trunc('day', now() at time zone coalesce(u.time_zone, 'UTC'))
    + make_interval(hours => ${HOUR})) at time zone coalesce(u.time_zone, 'UTC')
  and coalesce(u.last_summary_at, '-infinity') < (date_trunc('day', now() at time zone coalesce(u.time_zone, 'UTC'))
    + make_interval(hours => ${HOUR})) at time zone coalesce(u.time_zone, 'UTC')`;

/** What a person's partners wrote above both their mail and their read cursor. */
const hasUnread = sql`m.user_id = u.id and not m.muted and not m.blocked
  and greatest(m.mailed_seq, m.read_seq)
    < case when m.user_id = c.low_user_id then c.high_last_seq else c.low_last_seq end`;

/** Ids of people whose summary is due and would not be empty, in order. */
export async function listDueSummaries(
  db: Db,
  { isHolding, afterId, limit }: { isHolding: boolean; afterId: string | undefined; limit: number },
): Promise<string[]> {
  const { rows } = await db.execute<{ id: string }>(sql`
    select u.id from users u
    where ${isDue(isHolding)} ${afterId ? sql`and u.id > ${afterId}` : sql``}
      and exists (select 1 from members m join conversations c on c.id = m.conversation_id where ${hasUnread})
    order by u.id limit ${limit}`);
  return rows.map(({ id }) => id);
}

/** The person when their summary is due, noted as had until the transaction ends; else undefined. */
export async function lockDueSummary(tx: Tx, userId: string, isHolding: boolean) {
  const { rows } = await tx.execute<{ email: string; locale: 'ko' | 'en' }>(sql`
    update users u set last_summary_at = now() where u.id = ${userId} and ${isDue(isHolding)}
    returning u.email, u.locale`);
  return rows[0];
}

/** Takes back that a person has had their summary: it is due again from the hour of this morning on. */
export async function askForSummary(tx: Tx, userId: string): Promise<void> {
  await tx.execute(sql`update users set last_summary_at = null where id = ${userId}`);
}

export type SummaryRoomRow = {
  conversationId: string;
  peer: { id: string; username: string };
  aboveSeq: number;
  lastSeq: number;
  texts: number;
};

/** The conversations with texts for a person's summary, newest activity first. */
export async function listSummaryRooms(tx: Tx, userId: string): Promise<SummaryRoomRow[]> {
  const { rows } = await tx.execute<{
    conversation_id: string;
    peer_id: string;
    username: string;
    above_seq: number;
    last_seq: number;
    texts: number;
  }>(sql`
    select c.id as conversation_id, p.id as peer_id, p.username,
      greatest(m.mailed_seq, m.read_seq) as above_seq, owed.last_seq, owed.texts
    from users u
    join members m on m.user_id = u.id
    join conversations c on c.id = m.conversation_id
    join users p on p.id = case when c.low_user_id = u.id then c.high_user_id else c.low_user_id end
    cross join lateral (
      select max(t.seq) as last_seq, (count(*) filter (where t.deleted_at is null))::int as texts
      from messages t
      where t.conversation_id = c.id and t.sender_id = p.id and t.seq > greatest(m.mailed_seq, m.read_seq)
    ) owed
    where u.id = ${userId} and ${hasUnread} and owed.texts > 0
    order by c.last_message_at desc`);
  return rows.map((row) => ({
    conversationId: row.conversation_id,
    peer: { id: row.peer_id, username: row.username },
    aboveSeq: row.above_seq,
    lastSeq: row.last_seq,
    texts: row.texts,
  }));
}
