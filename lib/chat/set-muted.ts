import { updateMuted } from '#db/queries/members.ts';
import { selectMembership } from '#db/queries/memberships.ts';
import { ok } from '#lib/runtime/result.ts';
import { chatEvents } from './events.ts';
import { getConversation } from './get-conversation.ts';
import { canMuteConversation } from './permissions.ts';
import type { ChatResult, ConversationEntry } from './types.ts';
import { fail } from './wire.ts';

/**
 * Mutes a conversation for the viewer, or ends that: no mail about it, and no count of it in the
 * window's title. The viewer's other tabs learn of it at once; the partner never does.
 * Error: `not_found` for what is not the viewer's.
 */
export async function setMuted(input: {
  viewerId: string;
  conversationId: string;
  muted: boolean;
}): Promise<ChatResult<{ entry: ConversationEntry }>> {
  const { viewerId, conversationId, muted } = input;
  const membership = await selectMembership({ memberId: viewerId, conversationId });
  if (!canMuteConversation(membership)) return fail('not_found');
  await updateMuted({ memberId: viewerId, conversationId, muted });
  const entry = await getConversation({ viewerId, conversationId });
  if (!entry) return fail('not_found');
  chatEvents.emit('conversation:changed', { viewerId, entry });
  return ok({ entry });
}
