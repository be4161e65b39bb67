import { type MessageDetailsRow, selectMessageDetails } from '#db/queries/receipts.ts';
import { ok } from '#lib/runtime/result.ts';
import type { ChatResult, MessageDetails } from './types.ts';
import { fail } from './wire.ts';

/**
 * How far one of the viewer's own messages has come, with times as far as they are known, and what it said before. It
 * tells what happened to the mail and nothing about the partner's address or settings. Of the partner's messages only
 * when they were sent and what they said before.
 * Error: `not_found` for what is not in a conversation of the viewer's.
 */
export async function readMessageDetails(input: {
  viewerId: string;
  conversationId: string;
  seq: number;
}): Promise<ChatResult<{ details: MessageDetails }>> {
  const { viewerId, conversationId, seq } = input;
  const row = await selectMessageDetails({ memberId: viewerId, conversationId, seq });
  if (!row) return fail('not_found');
  const versions = row.versions?.map(({ body, at }) => ({ body, at: new Date(at).toISOString() }));
  const details: MessageDetails = {
    sentAt: row.createdAt.toISOString(),
    ...(row.isOwn && tellWay(row)),
    ...(versions && { versions }),
  };
  return ok({ details });
}

/** The steps that a message has taken on its way to the partner. */
function tellWay(row: MessageDetailsRow): Omit<MessageDetails, 'sentAt' | 'versions'> {
  const { mailedAt, mailDeliveredAt, mailBouncedAt } = row;
  return {
    ...(row.isDelivered && { delivered: { at: row.deliveredAt?.toISOString() ?? null } }),
    ...(row.isRead && { read: { at: row.readAt?.toISOString() ?? null } }),
    ...((mailedAt || mailBouncedAt) && {
      mail: {
        sentAt: mailedAt?.toISOString() ?? null,
        ...(mailDeliveredAt && { deliveredAt: mailDeliveredAt.toISOString() }),
        ...(mailBouncedAt && { bouncedAt: mailBouncedAt.toISOString() }),
        ...(row.mailShowsEarlierText && { showsEarlierText: true }),
      },
    }),
  };
}
