import type { EntryRow } from '#db/queries/conversations.ts';
import type { MessageRow, QuoteJson } from '#db/queries/messages.ts';
import { type Err, err } from '#lib/runtime/result.ts';
import { type AllFields, omitUndefined } from './all-fields.ts';
import { toPreview } from './preview.ts';
import type {
  ConversationEntry,
  ErrorCode,
  Fault,
  FoundMessage,
  MarksHead,
  Message,
  Quote,
} from './types.ts';

/**
 * A stored message as the wire carries it; a deleted one carries no text. A column that no field shows and a
 * field that is not filled do not compile.
 */
export function toMessage(row: MessageRow): Message {
  const message = {
    conversationId: row.conversationId,
    seq: row.seq,
    revision: row.revision,
    clientId: row.clientId,
    senderId: row.senderId,
    body: row.deletedAt ? '' : row.body,
    createdAt: row.createdAt.toISOString(),
    editedAt: row.editedAt?.toISOString(),
    deletedAt: row.deletedAt?.toISOString(),
    vanished: row.vanished || undefined,
    replyToSeq: row.replyToSeq ?? undefined,
    replyTo: row.replyTo ? toQuote(row.replyTo) : undefined,
    reactions: row.reactions ?? undefined,
    pinnedAt: row.pinnedAt?.toISOString(),
    pinnedBy: row.pinnedBy ?? undefined,
    forwarded: (row.forwarded && !row.deletedAt) || undefined,
    via: row.via ?? undefined,
  } satisfies AllFields<Message> & Record<keyof MessageRow, unknown>;
  return omitUndefined<Message>(message);
}

/** The same outside its conversation, as search and stars bring it. */
export function toFoundMessage(row: MessageRow): FoundMessage {
  const { replyTo: _, ...message } = toMessage(row);
  return message;
}

function toQuote({ seq, senderId, body, deletedAt }: QuoteJson): Quote {
  const quote: AllFields<Quote> = {
    seq,
    senderId,
    body: deletedAt ? '' : body,
    deletedAt: deletedAt === null ? undefined : new Date(deletedAt).toISOString(),
  };
  return omitUndefined<Quote>(quote);
}

/** A conversation from one member's side. */
export function toEntry(row: EntryRow, memberId: string): ConversationEntry {
  const marks = toMarksHead(row);
  return {
    conversationId: row.conversationId,
    partner: { userId: row.partnerId, username: row.partnerUsername },
    createdAt: row.createdAt.toISOString(),
    lastSeq: row.lastSeq,
    revision: row.revision,
    lastMessage: row.lastMessage && toPreview(toMessage(row.lastMessage)),
    unread: row.unread,
    cursors: [
      { userId: memberId, deliveredSeq: row.deliveredSeq, readSeq: row.readSeq },
      { userId: row.partnerId, deliveredSeq: row.partnerDeliveredSeq, readSeq: row.partnerReadSeq },
    ],
    blocked: row.blocked,
    muted: row.muted,
    ...(marks && { marks }),
  };
}

/** What a person's own devices are told of their marks beside everything else; nothing while they never made any. */
export function toMarksHead({
  marksRevision,
  clearedSeq,
  isListed,
}: Pick<EntryRow, 'marksRevision' | 'clearedSeq' | 'isListed'>): MarksHead | undefined {
  if (marksRevision === 0) return undefined;
  return { revision: marksRevision, clearedSeq, ...(!isListed && { removed: true }) };
}

/** What was not done, and why. */
export function fail(code: ErrorCode, retryAfterMs?: number): Err<Fault> {
  return err({ code, ...(retryAfterMs !== undefined && { retryAfterMs }) });
}
