import { moveCursor as moveStoredCursor } from '#db/queries/members.ts';
import { getRealtime } from '../realtime/port.ts';
import { getConversation } from './get-conversation.ts';
import type { Ack } from './types.ts';
import { fail } from './wire.ts';

/**
 * Moves the viewer's delivered or read cursor forward and tells both people.
 * Resolves to where the cursor stands, also when it already was further.
 *
 * Errors: `not_found` for what is not the viewer's, `invalid` above the newest seq.
 */
export async function moveCursor(input: {
  viewerId: string;
  conversationId: string;
  kind: 'delivered' | 'read';
  seq: number;
}): Promise<Ack<{ seq: number }>> {
  const { viewerId, conversationId, kind, seq } = input;
  const result = await moveStoredCursor({ memberId: viewerId, conversationId, kind, seq });
  if (!result) return fail('not_found');
  if (seq > result.lastSeq) return fail('invalid');
  const { deliveredSeq, readSeq, peerId } = result;
  if (result.hasMoved) {
    const cursor = { conversationId, userId: viewerId, deliveredSeq, readSeq };
    getRealtime().publish([peerId], 'conversation:cursor', cursor);
    if (kind === 'read') {
      const unread = (await getConversation({ viewerId, conversationId }))?.unread;
      getRealtime().publish([viewerId], 'conversation:cursor', { ...cursor, unread });
    }
  }
  return { ok: true, seq: kind === 'read' ? readSeq : deliveredSeq };
}
