import { getPool } from '../client.ts';
import { type EntryJson, type EntryRow, entrySelect, readEntryJson } from './conversations.ts';
import { type MessageJson, type MessageRow, messageColumns, readMessageJson } from './messages.ts';

/**
 * A conversation from a member's side and what changed in it after a revision, oldest change first, in
 * one statement and so in one snapshot. No changes where the revision is ahead or more than `maxBehind`
 * behind. Undefined when the conversation is not theirs.
 */
export async function selectSync(input: {
  memberId: string;
  conversationId: string;
  afterRevision: number;
  maxBehind: number;
  limit: number;
}): Promise<{ entry: EntryRow; changes: MessageRow[] } | undefined> {
  const { rows } = await getPool().query<EntryJson & { changes: MessageJson[] | null }>({
    name: 'conversation-sync',
    text: `
      select entry.*, changed.changes
      from (${entrySelect} where me.user_id = $1 and me.conversation_id = $2) entry
      cross join lateral (
        select json_agg(change) as changes from (
          select ${messageColumns('m')} from messages m
          where m.conversation_id = $2 and m.revision > $3 and entry.revision - $3 between 1 and $4
          order by m.revision limit $5
        ) change
      ) changed`,
    values: [input.memberId, input.conversationId, input.afterRevision, input.maxBehind, input.limit],
  });
  const [row] = rows;
  if (!row) return undefined;
  const { changes, ...entry } = row;
  return { entry: readEntryJson(entry), changes: (changes ?? []).map(readMessageJson) };
}
