import { updateMuted } from '#db/queries/members.ts';
import { getRealtime } from '../realtime/port.ts';
import { getConversation } from './get-conversation.ts';
import type { Ack, ConversationEntry } from './types.ts';
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
}): Promise<Ack<{ entry: ConversationEntry }>> {
  const { viewerId, conversationId, muted } = input;
  const isMember = await updateMuted({ memberId: viewerId, conversationId, muted });
  const entry = isMember ? await getConversation({ viewerId, conversationId }) : null;
  if (!entry) return fail('not_found');
  getRealtime().publish([viewerId], 'conversation:new', entry);
  return { ok: true, entry };
}
