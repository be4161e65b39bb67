import type { ConversationEntry, ErrorCode, Message, MessagePreview, Pin, Quote } from '#lib/chat/types.ts';
import type { PendingMessage } from '../state.ts';
import type { Notice, PartnerPresence } from '../types.ts';

/** How far a message has come; of the partner's messages `read` up to one's own read cursor, else `delivered`. */
export type MessageStatus = 'sending' | 'sent' | 'delivered' | 'read' | 'failed';

type AnyItem = {
  /** Stable from `sending` to `read`: `senderId:clientId`. */
  key: string;
  senderId: string;
  isMine: boolean;
  body: string;
  /** The viewer's star, of one that stands. */
  isStarred: boolean;
  /** What a reply answers; absent for others, and for an unsent reply to what is not loaded. */
  replyTo?: Quote;
};

/** One of the log. */
type LoggedItem = AnyItem & {
  seq: number;
  /** As the viewer wants it: with their own edits, deletions and reactions that the server does not have yet. */
  message: Message;
  status: Exclude<MessageStatus, 'sending' | 'failed'>;
};

/** One of the viewer's that the log does not hold. */
type UnsentItem = AnyItem & { seq: null; message: PendingMessage };

export type StoredItem = LoggedItem & {
  kind: 'stored';
  /** Its text is one that the server does not have yet. */
  isChanging?: true;
};
/** Its message has no body any more. One that vanished is no item at all, so the seqs of items have gaps. */
export type DeletedItem = LoggedItem & { kind: 'deleted' };
export type SendingItem = UnsentItem & { kind: 'sending'; status: 'sending' };
export type FailedItem = UnsentItem & { kind: 'failed'; status: 'failed'; errorCode: ErrorCode | undefined };

/**
 * One message as a timeline holds it, from the first key press of "send" to the last tick. It carries the
 * message whole, so a new field of a message is here without another line.
 */
export type TimelineItem = StoredItem | DeletedItem | SendingItem | FailedItem;

/** A conversation as a screen shows it; the same reference as long as nothing in it changes. */
export type ConversationView = {
  status: 'loading' | 'ready' | 'not_found' | 'failed';
  entry: ConversationEntry | null;
  /** What the log holds in seq order, then what waits to be sent. */
  items: TimelineItem[];
  /** What is pinned, the newest pin first, with the viewer's own changes that the server does not have yet. */
  pins: readonly Pin[];
  hasBefore: boolean;
  hasAfter: boolean;
  isLoadingBefore: boolean;
  isLoadingAfter: boolean;
  /** The direction whose last load failed; loading again clears it. */
  loadFailed?: 'before' | 'after';
  isPartnerTyping: boolean;
  /** Null while unknown, also when this client is not connected. */
  partnerPresence: PartnerPresence | null;
  /** The seq at which what is loaded begins; a vanished message, which is no item, may have it. 0 while nothing is. */
  fromSeq: number;
  /** The last change that was refused, until it is dismissed. */
  notice: Notice | null;
  /** One's own read cursor, optimistic; the unread divider is frozen from it when a visit begins. */
  ownReadSeq: number;
  /** Grows when the window is replaced as a whole (a jump, a reset), not when it is extended. */
  windowId: number;
};

/** What a row of the list shows beside its entry; the same reference as long as nothing in it changes. */
export type RowSigns = {
  draft: string;
  /** The entry's newest message, with the viewer's own changes that the server does not have yet. */
  lastMessage: MessagePreview | null;
  /** The newest message that was refused, else the newest that waits. */
  unsent: { body: string; createdAt: string; state: 'sending' | 'failed' } | null;
  isTyping: boolean;
  isOnline: boolean;
};
