import { selectMessageDetails } from '#db/queries/receipts.ts';
import { ok } from '#lib/runtime/result.ts';
import type { ChatResult, MessageDetails } from './types.ts';
import { fail } from './wire.ts';

/**
 * How far one of the viewer's own messages has come, with times as far as they are known. It tells
 * what happened to the mail and nothing about the partner's address or settings.
 * Error: `not_found` for what is not the viewer's own message.
 */
export async function readMessageDetails(input: {
  viewerId: string;
  conversationId: string;
  seq: number;
}): Promise<ChatResult<{ details: MessageDetails }>> {
  const { viewerId, conversationId, seq } = input;
  const row = await selectMessageDetails({ memberId: viewerId, conversationId, seq });
  if (!row) return fail('not_found');
  const { mailedAt, mailDeliveredAt, mailBouncedAt } = row;
  const details: MessageDetails = {
    sentAt: row.createdAt.toISOString(),
    ...(row.isDelivered && { delivered: { at: row.deliveredAt?.toISOString() ?? null } }),
    ...(row.isRead && { read: { at: row.readAt?.toISOString() ?? null } }),
    ...((mailedAt || mailBouncedAt) && {
      mail: {
        sentAt: mailedAt?.toISOString() ?? null,
        ...(mailDeliveredAt && { deliveredAt: mailDeliveredAt.toISOString() }),
        ...(mailBouncedAt && { bouncedAt: mailBouncedAt.toISOString() }),
      },
    }),
  };
  return ok({ details });
}
