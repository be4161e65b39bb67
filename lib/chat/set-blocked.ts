import { updateBlocked } from '#db/queries/members.ts';
import { getRealtime } from '../realtime/port.ts';
import { getConversation } from './get-conversation.ts';
import type { Ack, ConversationEntry } from './types.ts';
import { fail } from './wire.ts';

/**
 * Blocks or unblocks the partner of a conversation; the viewer's other tabs learn of it at once.
 * Error: `not_found` for what is not the viewer's.
 */
export async function setBlocked(input: {
  viewerId: string;
  conversationId: string;
  blocked: boolean;
}): Promise<Ack<{ entry: ConversationEntry }>> {
  const { viewerId, conversationId, blocked } = input;
  const isMember = await updateBlocked({ memberId: viewerId, conversationId, blocked });
  const entry = isMember ? await getConversation({ viewerId, conversationId }) : null;
  if (!entry) return fail('not_found');
  getRealtime().publish([viewerId], 'conversation:new', entry);
  return { ok: true, entry };
}
