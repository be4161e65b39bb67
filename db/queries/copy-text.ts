import { getPool } from '../client.ts';
import { isHiddenFromMe } from './marks.ts';

/**
 * The text of a message as this member sees it now. Null when the conversation is not theirs, or nothing of the message
 * is left for them: it was deleted for both, or by them for themselves.
 */
export async function selectReadableText(input: {
  memberId: string;
  conversationId: string;
  seq: number;
}): Promise<string | null> {
  const { rows } = await getPool().query<{ body: string }>({
    name: 'messages-readable-text',
    text: `
      select m.body
      from members me
      join messages m on m.conversation_id = me.conversation_id and m.seq = $2 and m.seq > me.cleared_seq
      where me.conversation_id = $1 and me.user_id = $3 and m.deleted_at is null and not ${isHiddenFromMe('m')}`,
    values: [input.conversationId, input.seq, input.memberId],
  });
  return rows[0]?.body ?? null;
}
