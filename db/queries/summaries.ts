import { type SQL, sql } from 'drizzle-orm';
import { type Locale, locales } from '#lib/i18n/config.ts';
import { assumeTimeZone } from '#lib/time-zone.ts';
import type { Db, Tx } from '../client.ts';
import { isMailable } from './mail-owed.ts';
import { isGoneForSql } from './marks.ts';
import { takesPart } from './person-state.ts';

/** The hour of the reader's morning at which the summary goes. */
const HOUR = 8;

const assumedZones = locales.map((locale) => `when '${locale}' then '${assumeTimeZone(locale)}'`);
/** A person's own zone; the one that their language lets assume until a browser has told it. */
const zone = sql.raw(`coalesce(u.time_zone, case u.locale ${assumedZones.join(' ')} end)`);
const morning = morningOf(sql`now()`, zone);

/** The summary's moment on the day that it is at `at` in a zone, by the clocks there. */
export function morningOf(at: SQL, inZone: SQL): SQL {
  return sql`(date_trunc('day', ${at} at time zone ${inZone}) + make_interval(hours => ${HOUR})) at time zone ${inZone}`;
}

/** True for a person who wants summaries and has had none since this morning's hour, in their zone. */
const isDue = (isHolding: boolean) => sql`
  u.email_preference = 'daily' and u.email_stop_reason is null and ${sql.raw(takesPart('u'))}
  and (not ${isHolding} or u.email_verified_at is not null)
  and now() >= ${morning} and coalesce(u.last_summary_at, '-infinity') < ${morning}`;

/** What a person's partners wrote above both their mail and their read cursor. */
const hasUnread = (
  isHolding: boolean,
) => sql`m.user_id = u.id and not m.muted and not m.blocked and m.sealed_at is null
  and greatest(m.mailed_seq, m.read_seq)
    < case when m.user_id = c.low_user_id then c.high_last_seq else c.low_last_seq end
  and ${isMailable(isHolding)}`;

/** Ids of people whose summary is due and would not be empty, in order. */
export async function listDueSummaries(
  db: Db,
  { isHolding, afterId, limit }: { isHolding: boolean; afterId: string | undefined; limit: number },
): Promise<string[]> {
  const { rows } = await db.execute<{ id: string }>(sql`
    select u.id from users u
    where ${isDue(isHolding)} ${afterId ? sql`and u.id > ${afterId}` : sql``}
      and exists (
        select 1 from members m join conversations c on c.id = m.conversation_id where ${hasUnread(isHolding)})
    order by u.id limit ${limit}`);
  return rows.map(({ id }) => id);
}

/**
 * The person when their summary is due, locked until the transaction ends, with the day (YYYY-MM-DD) that it
 * is where they live; else undefined.
 */
export async function lockDueSummary(tx: Tx, userId: string, isHolding: boolean) {
  const { rows } = await tx.execute<{ email: string; locale: Locale; day: string }>(sql`
    select u.email, u.locale, to_char(now() at time zone ${zone}, 'YYYY-MM-DD') as day
    from users u where u.id = ${userId} and ${isDue(isHolding)}
    for no key update`);
  return rows[0];
}

/**
 * In how many seconds a person may get another summary mail, 0 while one has yet to be accepted or given up, or one
 * of single messages from before they chose summaries has yet to be cancelled; undefined when now. Asked once
 * the person is locked.
 */
export async function findSummaryWait(
  tx: Tx,
  userId: string,
  windowSeconds: number,
): Promise<number | undefined> {
  const { rows } = await tx.execute<{ wait: number | null }>(sql`
    select max(case when s.state = 'pending' then 0
      else extract(epoch from s.created_at + make_interval(secs => ${windowSeconds}) - now()) end)::float8 as wait
    from mails s
    where s.recipient_id = ${userId} and case s.state
      when 'pending' then s.kind in ('summary', 'messages')
      when 'cancelled' then false
      else s.kind = 'summary' and s.created_at > now() - make_interval(secs => ${windowSeconds}) end`);
  return rows[0]?.wait ?? undefined;
}

/** Notes that a person has had their summary: the next is due tomorrow. */
export async function noteSummary(tx: Tx, userId: string): Promise<void> {
  await tx.execute(sql`update users set last_summary_at = now() where id = ${userId}`);
}

/** Takes back that a person has had their summary: it is due again from the hour of this morning on. */
export async function askForSummary(tx: Tx, userId: string): Promise<void> {
  await tx.execute(sql`update users set last_summary_at = null where id = ${userId}`);
}

export type SummaryConversationRow = {
  conversationId: string;
  partner: { id: string; username: string };
  aboveSeq: number;
  lastSeq: number;
  texts: number;
};

/** The conversations with texts for a person's summary, newest activity first. */
export async function listSummaryConversations(
  tx: Tx,
  userId: string,
  isHolding: boolean,
): Promise<SummaryConversationRow[]> {
  const { rows } = await tx.execute<{
    conversation_id: string;
    partner_id: string;
    username: string;
    above_seq: number;
    last_seq: number;
    texts: number;
  }>(sql`
    select c.id as conversation_id, p.id as partner_id, p.username,
      greatest(m.mailed_seq, m.read_seq) as above_seq, owed.last_seq, owed.texts
    from users u
    join members m on m.user_id = u.id
    join conversations c on c.id = m.conversation_id
    join users p on p.id = case when c.low_user_id = u.id then c.high_user_id else c.low_user_id end
    cross join lateral (
      select max(t.seq) as last_seq, (count(*) filter (
        where t.deleted_at is null and not ${isGoneForSql(sql`u.id`, 't')}))::int as texts
      from messages t
      where t.conversation_id = c.id and t.sender_id = p.id and t.seq > greatest(m.mailed_seq, m.read_seq)
    ) owed
    where u.id = ${userId} and ${hasUnread(isHolding)} and owed.texts > 0
    order by c.last_message_at desc`);
  return rows.map((row) => ({
    conversationId: row.conversation_id,
    partner: { id: row.partner_id, username: row.username },
    aboveSeq: row.above_seq,
    lastSeq: row.last_seq,
    texts: row.texts,
  }));
}
