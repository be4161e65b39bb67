import { sql } from 'drizzle-orm';
import { type Db, getPool } from '../client.ts';
import { longAgo } from '../long-ago.ts';
import { receipts } from '../schema/index.ts';

export type MessageDetailsRow = {
  createdAt: Date;
  isDelivered: boolean;
  deliveredAt: Date | null;
  isRead: boolean;
  readAt: Date | null;
  mailedAt: Date | null;
  mailDeliveredAt: Date | null;
  mailBouncedAt: Date | null;
};

/**
 * How far one of a member's own messages has come, and when, as far as that is known. The mail is the
 * last one sent that shows the message. Of what came after a block nothing is told. Undefined when it is not a message of theirs.
 */
export async function selectMessageDetails(input: {
  memberId: string;
  conversationId: string;
  seq: number;
}): Promise<MessageDetailsRow | undefined> {
  const { rows } = await getPool().query<MessageDetailsRow>({
    name: 'message-details',
    text: `
      select t.created_at as "createdAt",
        coalesce(p.sealed_delivered_seq, p.delivered_seq) >= t.seq as "isDelivered", passed.delivered as "deliveredAt",
        coalesce(p.sealed_read_seq, p.read_seq) >= t.seq as "isRead", passed.read as "readAt",
        case when mail.sent_at < seal.at then mail.sent_at end as "mailedAt",
        case when mail.delivered_at < seal.at then mail.delivered_at end as "mailDeliveredAt",
        case when mail.bounced_at < seal.at then mail.bounced_at end as "mailBouncedAt"
      from messages t
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
        select m.sent_at, m.delivered_at, m.bounced_at
        from mail_ranges g join mails m on m.id = g.mail_id
        where g.conversation_id = t.conversation_id and m.recipient_id = p.user_id
          and t.seq between g.from_seq and g.shown_seq and (m.state = 'sent' or m.bounced_at is not null)
        order by m.id desc limit 1
      ) mail on true
      where t.conversation_id = $1 and t.seq = $2 and t.sender_id = $3`,
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
