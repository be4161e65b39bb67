import { getPool } from '../client.ts';

export type PartnerRow = { memberId: string; userId: string; lastSeenAt: Date | null };

/** Who may see these people's presence: partners of begun conversations, blocked neither way. */
export async function selectPartners(memberIds: readonly string[]): Promise<PartnerRow[]> {
  const { rows } = await getPool().query<PartnerRow>({
    name: 'presence-partners',
    text: `
      select me.user_id as "memberId", u.id as "userId", u.last_seen_at as "lastSeenAt" from members me
      join conversations c on c.id = me.conversation_id and c.last_message_at is not null
      join members p on p.conversation_id = me.conversation_id and p.user_id <> me.user_id
      join users u on u.id = p.user_id
      where me.user_id = any($1::uuid[]) and not me.blocked and not p.blocked`,
    values: [memberIds],
  });
  return rows;
}

/** Notes when the last of a person's connections closed. */
export async function updateLastSeen(userId: string, at: Date): Promise<void> {
  await getPool().query('update users set last_seen_at = $2 where id = $1', [userId, at]);
}
