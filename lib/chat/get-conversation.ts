import { selectEntry } from '#db/queries/conversations.ts';
import type { ConversationEntry } from './types.ts';
import { toEntry } from './wire.ts';

/** One conversation from the viewer's side; null when it is not theirs or does not exist. */
export async function getConversation(input: {
  viewerId: string;
  conversationId: string;
}): Promise<ConversationEntry | null> {
  const row = await selectEntry({ memberId: input.viewerId, conversationId: input.conversationId });
  return row ? toEntry(row, input.viewerId) : null;
}
