import { moveCursor as moveStoredCursor } from '#db/queries/members.ts';
import { ok } from '#lib/runtime/result.ts';
import { chatEvents } from './events.ts';
import { getConversation } from './get-conversation.ts';
import type { ChatResult } from './types.ts';
import { fail } from './wire.ts';

/**
 * Moves the viewer's delivered or read cursor forward and tells both people; across a block the viewer alone.
 * Resolves to where the cursor stands, also when it already was further.
 *
 * Errors: `not_found` for what is not the viewer's, `invalid` above the newest seq.
 */
export async function moveCursor(input: {
  viewerId: string;
  conversationId: string;
  kind: 'delivered' | 'read';
  seq: number;
}): Promise<ChatResult<{ seq: number }>> {
  const { viewerId, conversationId, kind, seq } = input;
  const result = await moveStoredCursor({ memberId: viewerId, conversationId, kind, seq });
  if (!result) return fail('not_found');
  if (seq > result.lastSeq) return fail('invalid');
  const { deliveredSeq, readSeq, partnerId, isSealed } = result;
  if (result.hasMoved) {
    const cursor = { conversationId, userId: viewerId, deliveredSeq, readSeq };
    if (!isSealed) chatEvents.emit('cursor:moved', { viewerId: partnerId, cursor });
    if (kind === 'read') {
      const unread = (await getConversation({ viewerId, conversationId }))?.unread;
      chatEvents.emit('cursor:moved', { viewerId, cursor, unread });
    }
  }
  return ok({ seq: kind === 'read' ? readSeq : deliveredSeq });
}
