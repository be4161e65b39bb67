import { sql } from 'drizzle-orm';
import { type Db, getPool } from '../client.ts';
import { longAgo } from '../long-ago.ts';
import { receipts } from '../schema/index.ts';
import { isGoneFor } from './marks.ts';

/** Earlier texts of one message that are read at once. */
const MAX_VERSIONS = 100;

export type MessageDetailsRow = {
  /** The member's own message; of the partner's nothing of its way is to be told. */
  isOwn: boolean;
  createdAt: Date;
  /** Earlier texts, oldest first, and until when each stood, as PostgreSQL writes times into JSON; null for none. */
  versions: { body: string; at: string }[] | null;
  isDelivered: boolean;
  deliveredAt: Date | null;
  isRead: boolean;
  readAt: Date | null;
  mailedAt: Date | null;
  mailDeliveredAt: Date | null;
  mailBouncedAt: Date | null;
  /** The message was edited after that mail was written. */
  mailShowsEarlierText: boolean;
};

/**
 * How far a message has come, and when, as far as that is known, and what it said before. The mail is the last one sent
 * that shows the message. Of what came after a block nothing is told. Undefined when the conversation is not this
 * member's or has no such message.
 */
export async function selectMessageDetails(input: {
  memberId: string;
  conversationId: string;
  seq: number;
}): Promise<MessageDetailsRow | undefined> {
  const { rows } = await getPool().query<MessageDetailsRow>({
    name: 'message-details',
    text: `
      select t.sender_id = me.user_id as "isOwn", t.created_at as "createdAt", (
          select json_agg(json_build_object('body', v.body, 'at', coalesce(v.until, t.edited_at)) order by v.version)
          from (
            select version, body, lag(at) over (order by version desc) as until from message_versions
            where conversation_id = t.conversation_id and seq = t.seq order by version desc limit ${MAX_VERSIONS}
          ) v) as versions,
        coalesce(p.sealed_delivered_seq, p.delivered_seq) >= t.seq as "isDelivered", passed.delivered as "deliveredAt",
        coalesce(p.sealed_read_seq, p.read_seq) >= t.seq as "isRead", passed.read as "readAt",
        case when mail.sent_at < seal.at then mail.sent_at end as "mailedAt",
        case when mail.delivered_at < seal.at then mail.delivered_at end as "mailDeliveredAt",
        case when mail.bounced_at < seal.at then mail.bounced_at end as "mailBouncedAt",
        coalesce(mail.sent_at < seal.at and mail.created_at < t.edited_at, false) as "mailShowsEarlierText"
      from messages t
      join members me on me.conversation_id = t.conversation_id and me.user_id = $3
      join members p on p.conversation_id = t.conversation_id and p.user_id <> t.sender_id
      cross join lateral (select coalesce(p.sealed_at, 'infinity') as at) seal
      cross join lateral (
        select min(r.at) filter (where r.kind = 'delivered') as delivered,
          min(r.at) filter (where r.kind = 'read') as read
        from receipts r
        where r.conversation_id = t.conversation_id and r.user_id = p.user_id
          and r.from_seq < t.seq and r.seq >= t.seq
      ) passed
      left join lateral (
        select m.sent_at, m.delivered_at, m.bounced_at, m.created_at
        from mail_ranges g join mails m on m.id = g.mail_id
        where g.conversation_id = t.conversation_id and m.recipient_id = p.user_id
          and t.seq between g.from_seq and g.shown_seq and (m.state = 'sent' or m.bounced_at is not null)
        order by m.id desc limit 1
      ) mail on true
      where t.conversation_id = $1 and t.seq = $2 and not ${isGoneFor('$3', 't')}`,
    values: [input.conversationId, input.seq, input.memberId],
  });
  return rows[0];
}

/** Forgets when cursors moved more than `KEPT_DAYS` ago: how many moves, at most `limit`. */
export async function pruneReceipts(db: Db, limit: number): Promise<number> {
  const result = await db.execute(sql`
    delete from ${receipts} where ctid in (
      select ctid from ${receipts} where at < ${longAgo} limit ${limit})`);
  return result.rowCount ?? 0;
}
