import type { EntryRow } from '#db/queries/conversations.ts';
import type { MessageRow } from '#db/queries/messages.ts';
import type { ConversationEntry, ErrorCode, Failure, Message } from './types.ts';

/** A stored message as the wire carries it; a deleted one carries no text. */
export function toMessage(row: MessageRow): Message {
  return {
    conversationId: row.conversationId,
    seq: row.seq,
    revision: row.revision,
    clientId: row.clientId,
    senderId: row.senderId,
    body: row.deletedAt ? '' : row.body,
    createdAt: row.createdAt.toISOString(),
    ...(row.editedAt && { editedAt: row.editedAt.toISOString() }),
    ...(row.deletedAt && { deletedAt: row.deletedAt.toISOString() }),
    ...(row.replyToSeq && { replyToSeq: row.replyToSeq }),
    ...(row.via && { via: row.via }),
  };
}

/** A conversation from one member's side. */
export function toEntry(row: EntryRow, memberId: string): ConversationEntry {
  return {
    conversationId: row.conversationId,
    partner: { userId: row.partnerId, username: row.partnerUsername },
    createdAt: row.createdAt.toISOString(),
    lastSeq: row.lastSeq,
    revision: row.revision,
    lastMessage:
      row.messageSenderId && row.messageCreatedAt
        ? {
            seq: row.lastSeq,
            senderId: row.messageSenderId,
            body: row.messageDeletedAt ? '' : (row.messageBody ?? ''),
            createdAt: row.messageCreatedAt.toISOString(),
            ...(row.messageDeletedAt && { deletedAt: row.messageDeletedAt.toISOString() }),
          }
        : null,
    unread: row.unread,
    cursors: [
      { userId: memberId, deliveredSeq: row.deliveredSeq, readSeq: row.readSeq },
      { userId: row.partnerId, deliveredSeq: row.partnerDeliveredSeq, readSeq: row.partnerReadSeq },
    ],
    blocked: row.blocked,
    muted: row.muted,
  };
}

/** The failure half of an acknowledgement. */
export function fail(code: ErrorCode, retryAfterMs?: number): Failure {
  return { ok: false, error: { code, ...(retryAfterMs !== undefined && { retryAfterMs }) } };
}
