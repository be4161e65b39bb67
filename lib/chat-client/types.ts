import type { ConversationEntry, ErrorCode, HistoryPage } from '../chat/types.ts';

export type Viewer = { userId: string; username: string };

/** `offline` is shown only after a moment without a connection; `ended` means the session is over. */
export type ConnectionStatus = 'connecting' | 'online' | 'offline' | 'ended';

export type MessageStatus = 'sending' | 'sent' | 'delivered' | 'read' | 'failed';

/** One message as a timeline shows it, from the first key press of "send" to the last tick. */
export type TimelineMessage = {
  /** Stable from `sending` to `read`: `senderId:clientId`. */
  key: string;
  /** Null until the server has given the message its place. */
  seq: number | null;
  clientId: string;
  senderId: string;
  isMine: boolean;
  body: string;
  createdAt: string;
  /** For the partner's messages: `read` up to one's own read cursor, else `delivered`. */
  status: MessageStatus;
  errorCode?: ErrorCode;
  /** While `sending`: too many at once, it goes when this moment comes (milliseconds since 1970). */
  heldUntil?: number;
  deletedAt?: string;
  /** Present when it came as a reply to an e-mail. */
  via?: 'email';
};

export type PartnerPresence = { online: boolean; lastSeenAt: string | null };

/** A conversation as a screen shows it; the same reference as long as nothing in it changes. */
export type ConversationView = {
  status: 'loading' | 'ready' | 'not_found' | 'failed';
  entry: ConversationEntry | null;
  messages: TimelineMessage[];
  hasBefore: boolean;
  hasAfter: boolean;
  isLoadingBefore: boolean;
  isLoadingAfter: boolean;
  /** The direction whose last load failed; loading again clears it. */
  loadFailed?: 'before' | 'after';
  isPartnerTyping: boolean;
  /** Null while unknown, also when this client is not connected. */
  partnerPresence: PartnerPresence | null;
  /** One's own read cursor, optimistic; the unread divider is frozen from it when a visit begins. */
  ownReadSeq: number;
  /** Grows when the window is replaced as a whole (a jump, a reset), not when it is extended. */
  windowId: number;
};

/** What a server-rendered page hands to the store; `anchorSeq` when the page lies around `?m=`. */
export type ConversationSeed = { page: HistoryPage; entry: ConversationEntry; anchorSeq?: number };

/** How a jump ended: at the message, with no such message, or given up for a later jump. */
export type Jump = 'there' | 'missing' | 'dropped';

/** What screens may ask of the store. All are safe to call at any time, also offline. */
export type ChatActions = {
  /** Opens a room: from memory when it is there, else from the seed, else from the server. */
  open(conversationId: string, seed?: ConversationSeed): void;
  /** Loads the page before (after) the window; does nothing while one loads or none is there. */
  loadBefore(conversationId: string): void;
  loadAfter(conversationId: string): void;
  /** Brings `seq` into the window; without a connection it waits for one. */
  jumpTo(conversationId: string, seq: number): Promise<Jump>;
  jumpToNewest(conversationId: string): Promise<boolean>;
  /** Normalises and trims; empty text is ignored. Returns the clientId, or null when ignored. */
  send(conversationId: string, body: string): string | null;
  retry(conversationId: string, clientId: string): void;
  discard(conversationId: string, clientId: string): void;
  /** Tells that the viewer has seen everything up to `seq`: visible, focused. */
  markRead(conversationId: string, seq: number): void;
  /** Tells the partner that the viewer types; throttled, call it on every key. */
  setTyping(conversationId: string): void;
  getDraft(conversationId: string): string;
  setDraft(conversationId: string, text: string): void;
  /** Adds (or replaces) a list entry, after starting a conversation or blocking somebody. */
  addConversation(entry: ConversationEntry): void;
};
