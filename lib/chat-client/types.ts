import type { ConversationEntry, ErrorCode, HistoryPage } from '../chat/types.ts';
import type { Draft } from './outbox/draft.ts';
import type { ChangeItem } from './outbox/outbox-item.ts';

export type Viewer = { userId: string; username: string };

/**
 * `offline` is shown only after a moment without a connection; `outdated` means that the server speaks another
 * protocol than this page, `ended` that the session is over.
 */
export type ConnectionStatus = 'connecting' | 'online' | 'offline' | 'outdated' | 'ended';

export type PartnerPresence = { online: boolean; lastSeenAt: string | null };

/** What a server-rendered page hands to the store; `anchorSeq` when the page lies around `?m=`. */
export type ConversationSeed = { page: HistoryPage; entry: ConversationEntry; anchorSeq?: number };

/** How a jump ended: at the message, with no such message (or one that vanished), or given up for a later jump. */
export type Jump = 'there' | 'missing' | 'dropped';

/** A change of a message that the server has refused for good. The text of a refused edit comes back to the composer. */
export type Notice = { kind: ChangeItem['kind']; seq: number; code: ErrorCode };

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
  /**
   * Normalises and trims; a draft without text is ignored. A draft that is an edit changes its message, and the draft
   * that stood there before comes back: read the composer's text anew from `getDraft`. Returns the clientId ('' for an
   * edit that changes nothing), or null when ignored.
   */
  send(conversationId: string, draft: Draft): string | null;
  retry(conversationId: string, clientId: string): void;
  discard(conversationId: string, clientId: string): void;
  /**
   * Takes an untried message back: it is deleted, and its text goes to the end of the draft. False when
   * it is on its way already.
   */
  takeBack(conversationId: string, clientId: string): Promise<boolean>;
  /**
   * Puts the text of one's own message into the composer, to be changed. False when it cannot be (see `isEditable`).
   * This and what follows is loaded when the first conversation is opened; until then it is done a moment later.
   */
  startEdit(conversationId: string, seq: number): boolean | Promise<boolean>;
  /**
   * The same for an untried message: sent again, it stands in the outbox where it stood, without a mark. False when
   * it is on its way already.
   */
  editUnsent(conversationId: string, clientId: string): Promise<boolean>;
  /** Begins to edit the viewer's newest message that can be edited, waiting ones included. False when there is none. */
  editNewest(conversationId: string): boolean | Promise<boolean>;
  /** Ends an edit, nothing changed. The draft that stood there before comes back. */
  cancelEdit(conversationId: string): void;
  /** Makes the draft an answer to a message; ends an edit. */
  startReply(conversationId: string, seq: number): void;
  cancelReply(conversationId: string): void;
  /** Deletes one of the viewer's own messages for both people. */
  deleteForBoth(conversationId: string, seq: number): void;
  /** Takes a deletion back, within seconds. */
  undelete(conversationId: string, seq: number): void;
  /** Puts an emoji on a message, or takes the viewer's own away. */
  react(conversationId: string, seq: number, emoji: string, on: boolean): void;
  /** Pins a message for both people, or takes a pin away. */
  pin(conversationId: string, seq: number, on: boolean): void;
  /** Stars a message for the viewer alone, or takes the star away. */
  star(conversationId: string, seq: number, on: boolean): void;
  /** Deletes a message, whoever wrote it, for the viewer alone; for good. */
  deleteForMe(conversationId: string, seq: number): void;
  /**
   * Deletes all that was said in a conversation, and its draft, for the viewer alone; for good. It leaves the list until
   * something is said there. What waits to be sent stays.
   */
  clearConversation(conversationId: string): void;
  /**
   * Sends copies of messages, in this order, to other conversations that are known here, offline too. Returns how many of
   * the messages go: those that were deleted meanwhile do not.
   */
  forward(
    conversationId: string,
    what: { toIds: readonly string[]; seqs: readonly number[] },
  ): number | Promise<number>;
  /** The notice was seen. Beginning or ending an edit dismisses it as well. */
  dismissNotice(conversationId: string): void;
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
