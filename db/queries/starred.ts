import { getPool } from '../client.ts';
import { messageColumns } from './messages.ts';
import type { HitRow } from './search-messages.ts';

/** Characters of a body that a page of starred messages takes along; a row shows fewer (components/search/snippet.ts). */
const SHOWN_LENGTH = 200;

export type StarredRow = HitRow & { starredAt: Date };

/**
 * A page of the messages that a person has starred, newest star first, with the partner of each. What was deleted, for
 * both or by this person for themselves, is not there, whatever became of its star.
 */
export async function selectStarred(input: {
  userId: string;
  before?: { starredAt: Date; conversationId: string; seq: number };
  limit: number;
}): Promise<StarredRow[]> {
  const { userId, before, limit } = input;
  const { rows } = await getPool().query<StarredRow>({
    name: 'starred-page',
    text: `
      select ${messageColumns('m', SHOWN_LENGTH)}, mark.starred_at as "starredAt",
        p.user_id as "partnerId", u.username as "partnerUsername"
      from marks mark
      join members me on me.conversation_id = mark.conversation_id and me.user_id = mark.user_id
      join members p on p.conversation_id = mark.conversation_id and p.user_id <> mark.user_id
      join users u on u.id = p.user_id
      join messages m on m.conversation_id = mark.conversation_id and m.seq = mark.seq
      where mark.user_id = $1 and mark.starred_at is not null
        and mark.hidden_at is null and mark.seq > me.cleared_seq and m.deleted_at is null
        and ($2::timestamptz is null or (mark.starred_at <= $2
          and (mark.starred_at, mark.conversation_id, mark.seq) < ($2, $3::uuid, $4::int)))
      order by mark.starred_at desc, mark.conversation_id desc, mark.seq desc limit $5`,
    values: [userId, before?.starredAt ?? null, before?.conversationId ?? null, before?.seq ?? null, limit],
  });
  return rows;
}
