import { selectEntries } from '#db/queries/conversations.ts';
import { type ListInput, PAGE_SIZE } from './schemas.ts';
import type { ConversationEntry } from './types.ts';
import { toEntry } from './wire.ts';

/** The viewer's conversations, newest activity first, a page at a time. */
export async function listConversations(
  input: { viewerId: string } & ListInput,
): Promise<{ conversations: ConversationEntry[]; more: boolean }> {
  const limit = input.limit ?? PAGE_SIZE;
  const rows = await selectEntries({ memberId: input.viewerId, limit: limit + 1, before: input.before });
  return {
    conversations: rows.slice(0, limit).map((row) => toEntry(row, input.viewerId)),
    more: rows.length > limit,
  };
}
