import type pg from 'pg';
import { getPool } from '../client.ts';

export type MembershipRow = { memberId: string; partnerId: string; isSealed: boolean };

/**
 * One member's side of a conversation, as the permissions judge it (lib/chat/permissions.ts); undefined when the
 * conversation is not theirs or does not exist.
 */
export async function selectMembership(
  input: { memberId: string; conversationId: string },
  client: pg.Pool | pg.PoolClient = getPool(),
): Promise<MembershipRow | undefined> {
  const { rows } = await client.query<MembershipRow>({
    name: 'membership',
    text: `
      select me.user_id as "memberId", p.user_id as "partnerId", me.blocked or p.blocked as "isSealed"
      from members me
      join members p on p.conversation_id = me.conversation_id and p.user_id <> me.user_id
      where me.conversation_id = $1 and me.user_id = $2`,
    values: [input.conversationId, input.memberId],
  });
  return rows[0];
}
