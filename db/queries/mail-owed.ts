import { sql } from 'drizzle-orm';
import type { Db, Tx } from '../client.ts';
import { takesPart } from './person-state.ts';

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
 * True where a text may be mailed to a member `m` of a conversation `c` at all: with `isHolding` not before its
 * sender has confirmed their address, or the member has written to them (lib/email/messages/policy.ts).
 */
export const isMailable = (isHolding: boolean) => sql`(not ${isHolding}
  or case when m.user_id = c.low_user_id then c.low_last_seq else c.high_last_seq end > 0
  or exists (select 1 from users s
    where s.id = case when m.user_id = c.low_user_id then c.high_user_id else c.low_user_id end
      and s.email_verified_at is not null))`;

/**
 * Moves the mail cursors of those who never answered a person to what they have read of theirs: it was held
 * until this person's address is confirmed, and only what nobody has seen goes then.
 */
export async function skipReadByPartners(tx: Tx, senderId: string): Promise<void> {
  await tx.execute(sql`
    update members m set mailed_seq = m.read_seq
    from members s join conversations c on c.id = s.conversation_id
    where s.user_id = ${senderId} and m.conversation_id = s.conversation_id and m.user_id <> s.user_id
      and case when m.user_id = c.low_user_id then c.low_last_seq else c.high_last_seq end = 0
      and m.mailed_seq < m.read_seq`);
}

/**
 * Members whose partner's newest seq lies above their mail cursor, a page at a time in key order; those
 * who get summaries, and with `isHolding` those whose address or whose partner's is not confirmed, are
 * left out, as their texts wait for something else. `all` looks at every conversation; else only at those with a
 * message in the last day, which costs a fraction and covers what a crashed node can have left since
 * the last full look at a start.
 */
export async function listOwed(
  db: Db,
  input: {
    all: boolean;
    isHolding: boolean;
    /** Only what concerns this person, as reader or as writer. */
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
      and u.email_preference <> 'daily' and ${sql.raw(takesPart('u'))}
      and (not ${isHolding} or u.email_verified_at is not null)
      and ${isMailable(isHolding)}
      ${userId ? sql`and ${userId} in (c.low_user_id, c.high_user_id)` : sql``}
      ${after ? sql`and (m.conversation_id, m.user_id) > (${after.conversationId}::uuid, ${after.recipientId}::uuid)` : sql``}
    order by m.conversation_id, m.user_id
    limit ${limit}`);
  return result.rows.map((row) => ({ conversationId: row.conversation_id, recipientId: row.user_id }));
}
