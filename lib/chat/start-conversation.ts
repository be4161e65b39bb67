import { v7 as uuidv7 } from 'uuid';
import { openPair, selectPair } from '#db/queries/conversations.ts';
import { consumeLimit } from '#lib/runtime/rate-limit.ts';
import { ok } from '#lib/runtime/result.ts';
import { chatEvents } from './events.ts';
import { getConversation } from './get-conversation.ts';
import { canStartConversation } from './permissions.ts';
import type { ChatResult } from './types.ts';
import { fail } from './wire.ts';

/**
 * Opens the one conversation of two people, making it when there is none.
 * Errors: `not_found` when the partner does not exist, is the person or, without a conversation yet, is shut out, `rate_limited` when the person has
 * begun with too many new people today.
 */
export async function startConversation(input: {
  userId: string;
  partnerId: string;
}): Promise<ChatResult<{ conversationId: string }>> {
  const { userId: memberId, partnerId } = input;
  const pair = await selectPair({ memberId, partnerId });
  if (!canStartConversation(pair)) return fail('not_found');
  if (!pair.isBegun) {
    const limit = await consumeLimit('newPartner', memberId);
    if (!limit.ok) return fail('rate_limited', limit.retryAfterMs);
  }
  const conversationId = await openPair({ id: uuidv7(), memberId, partnerId });
  if (!conversationId) return fail('not_found');
  // The person's other tabs list the conversation as well.
  const entry = await getConversation({ viewerId: input.userId, conversationId });
  if (entry) chatEvents.emit('conversation:changed', { viewerId: input.userId, entry });
  return ok({ conversationId });
}
