import type { ConversationEntry, HistoryPage } from '../chat/types.ts';
import type { Draft } from './outbox/draft.ts';

export type Viewer = { userId: string; username: string };

/**
 * `offline` is shown only after a moment without a connection; `outdated` means that the server speaks another
 * protocol than this page, `ended` that the session is over.
 */
export type ConnectionStatus = 'connecting' | 'online' | 'offline' | 'outdated' | 'ended';

export type PartnerPresence = { online: boolean; lastSeenAt: string | null };

/** What a server-rendered page hands to the store; `anchorSeq` when the page lies around `?m=`. */
export type ConversationSeed = { page: HistoryPage; entry: ConversationEntry; anchorSeq?: number };

/** How a jump ended: at the message, with no such message, or given up for a later jump. */
export type Jump = 'there' | 'missing' | 'dropped';

/** What screens may ask of the store. All are safe to call at any time, also offline. */
export type ChatActions = {
  /** Opens a conversation: from memory when it is there, else from the seed, else from the server. */
  open(conversationId: string, seed?: ConversationSeed): void;
  /** Loads the page before (after) the window; does nothing while one loads or none is there. */
  loadBefore(conversationId: string): void;
  loadAfter(conversationId: string): void;
  /** Brings `seq` into the window; without a connection it waits for one. */
  jumpTo(conversationId: string, seq: number): Promise<Jump>;
  jumpToNewest(conversationId: string): Promise<boolean>;
  /** Normalises and trims; a draft without text is ignored. Returns the clientId, or null when ignored. */
  send(conversationId: string, draft: Draft): string | null;
  retry(conversationId: string, clientId: string): void;
  discard(conversationId: string, clientId: string): void;
  /**
   * Takes an untried message back: it is deleted, and its text goes to the end of the draft. False when
   * it is on its way already.
   */
  takeBack(conversationId: string, clientId: string): Promise<boolean>;
  /** Tells that the viewer has seen everything up to `seq`: visible, focused. */
  markRead(conversationId: string, seq: number): void;
  /** Tells the partner that the viewer types; throttled, call it on every key. */
  setTyping(conversationId: string): void;
  /** Takes the typing sign back; call it when the box is empty again without a message sent. */
  stopTyping(conversationId: string): void;
  getDraft(conversationId: string): Draft;
  setDraft(conversationId: string, draft: Draft): void;
  /** Log-out begins (or came to nothing): the end of the session is its own doing and leads nowhere else. */
  setLeaving(isLeaving: boolean): void;
  /** Stops, and deletes what the account left on this device: unsent messages and drafts. */
  forget(): Promise<void>;
  /** Adds (or replaces) a list entry, after starting a conversation or blocking somebody. */
  addConversation(entry: ConversationEntry): void;
};
