import { v7 as uuidv7 } from 'uuid';
import { openPair } from '#db/queries/conversations.ts';
import { getRealtime } from '../realtime/port.ts';
import { getConversation } from './get-conversation.ts';
import type { Ack } from './types.ts';
import { fail } from './wire.ts';

/**
 * Opens the one room of two people, making it when there is none.
 * Error: `not_found` when the partner does not exist or is the person.
 */
export async function startConversation(input: {
  userId: string;
  partnerId: string;
}): Promise<Ack<{ conversationId: string }>> {
  const conversationId = await openPair({
    id: uuidv7(),
    memberId: input.userId,
    partnerId: input.partnerId,
  });
  if (!conversationId) return fail('not_found');
  // The person's other tabs list the room as well.
  const entry = await getConversation({ viewerId: input.userId, conversationId });
  if (entry) getRealtime().publish([input.userId], 'conversation:new', entry);
  return { ok: true, conversationId };
}
