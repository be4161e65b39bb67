import { updateBlocked } from '#db/queries/members.ts';
import { selectMembership } from '#db/queries/memberships.ts';
import { ok } from '#lib/runtime/result.ts';
import { chatEvents } from './events.ts';
import { getConversation } from './get-conversation.ts';
import { canBlockPartner } from './permissions.ts';
import type { ChatResult, ConversationEntry } from './types.ts';
import { fail } from './wire.ts';

/**
 * Blocks or unblocks the partner of a conversation; the viewer's other tabs learn of it at once. While a block
 * stands either way, neither learns when the other is here, types or reads; once none does, each is told where the
 * other stands now, and of what was done meanwhile no times.
 * Error: `not_found` for what is not the viewer's.
 */
export async function setBlocked(input: {
  viewerId: string;
  conversationId: string;
  blocked: boolean;
}): Promise<ChatResult<{ entry: ConversationEntry }>> {
  const { viewerId, conversationId, blocked } = input;
  const membership = await selectMembership({ memberId: viewerId, conversationId });
  if (!canBlockPartner(membership)) return fail('not_found');
  const result = await updateBlocked({ memberId: viewerId, conversationId, blocked });
  const entry = result ? await getConversation({ viewerId, conversationId }) : null;
  if (!result || !entry) return fail('not_found');
  const { partnerId, isSealed, deliveredSeq, readSeq } = result;
  chatEvents.emit('conversation:changed', { viewerId, entry });
  const cursor = { conversationId, userId: viewerId, deliveredSeq, readSeq };
  if (!isSealed) chatEvents.emit('cursor:moved', { viewerId: partnerId, cursor });
  chatEvents.emit('partners:changed', { memberIds: [viewerId, partnerId] });
  return ok({ entry });
}
