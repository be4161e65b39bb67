import type { ConversationEntry, Message, MessagePreview, Pin, Quote } from '../chat/types.ts';
import type { Draft } from './outbox/draft.ts';
import type { OutboxItem } from './outbox/outbox-item.ts';
import type { ConnectionStatus, Notice, PartnerPresence, Viewer } from './types.ts';

/** An item of the outbox, which the log does not show yet. */
export type PendingItem = OutboxItem & {
  /** When the server, which has had too many at once, lets it through; milliseconds since 1970. */
  heldUntil?: number;
  /** The message as the server has stored it; set while this client's window has yet to reach it. */
  stored?: Message;
};
/** A message on its way. */
export type PendingMessage = Extract<PendingItem, { kind: 'send' }>;
/** A change on its way. */
export type PendingChange = Exclude<PendingItem, PendingMessage>;

/** A conversation with the viewer's changes on their way laid over what is stored. */
export type Layer = {
  /** The message and what it quotes; the same object where nothing of either changes. */
  change(message: Message): Message;
  /** The newest message that is shown, where it is known. */
  newest(last: MessagePreview): MessagePreview | null;
  isStarred(seq: number): boolean;
  isHidden(seq: number): boolean;
  /** Up to where the viewer deletes all of it for themselves. */
  clearedSeq: number;
  /** True while a text for this message is on its way. */
  isChanging(seq: number): boolean;
  /** What is pinned; those that the viewer pins come first. */
  listPins(): Pin[];
  /** What a reply to a message shows of it; undefined where that is not loaded. */
  quote(seq: number): Quote | undefined;
};

/** One contiguous stretch of a conversation, in seq order. */
export type MessageWindow = {
  /** Grows with every replacement, so that a late page of an older window is told apart. */
  id: number;
  messages: Message[];
  hasBefore: boolean;
  hasAfter: boolean;
  /** All that is pinned in the conversation, also outside this stretch; the newest pin first. */
  pins: Pin[];
  /** Every change up to this revision that touches the window is in it. */
  revision: number;
};

/** The viewer's marks of a conversation, as far as this client knows them. */
export type KnownMarks = {
  /** Everything up to this revision is in it. */
  revision: number;
  clearedSeq: number;
  starred: ReadonlySet<number>;
  hidden: ReadonlySet<number>;
};

/** Nothing is marked, as far as is known. */
export const NO_MARKS: KnownMarks = { revision: 0, clearedSeq: 0, starred: new Set(), hidden: new Set() };

export type ConversationState = {
  conversationId: string;
  /** The list entry; its `revision` says up to which change it is current. */
  entry: ConversationEntry | null;
  window: MessageWindow | null;
  /** The highest revision heard of; a sync is due while entry or window lies behind it. */
  headRevision: number;
  marks: KnownMarks;
  /** The highest revision of the marks heard of; all are asked while those of an open conversation lie behind it. */
  marksHead: number;
  /** Grows when something about the entry must be asked anew (unread, block); 0 means nothing. */
  staleMark: number;
  opening: 'idle' | 'loading' | 'not_found' | 'failed';
  loading: { before: boolean; after: boolean };
  loadFailed: 'before' | 'after' | undefined;
  isPartnerTyping: boolean;
  pending: PendingItem[];
  /** The last change that was refused, until it is dismissed. */
  notice: Notice | null;
};

export type ChatState = {
  viewer: Viewer;
  connection: ConnectionStatus;
  conversations: Readonly<Record<string, ConversationState>>;
  /** By user id; emptied when the connection is lost. */
  presence: Readonly<Record<string, PartnerPresence>>;
  drafts: Readonly<Record<string, Draft>>;
  /** What lays changes over what is stored; null until that is loaded, which is before there are any. */
  overlay: ((conversation: ConversationState, viewerId: string) => Layer) | null;
  /** Unique ids for windows. */
  nextWindowId: number;
};

export const NOTHING_LOADING = { before: false, after: false };

export function createConversationState(
  conversationId: string,
  entry: ConversationEntry | null = null,
): ConversationState {
  return {
    conversationId,
    entry,
    window: null,
    headRevision: entry?.revision ?? 0,
    marks: entry?.marks ? { ...NO_MARKS, clearedSeq: entry.marks.clearedSeq } : NO_MARKS,
    marksHead: entry?.marks?.revision ?? 0,
    staleMark: 0,
    opening: 'idle',
    loading: NOTHING_LOADING,
    loadFailed: undefined,
    isPartnerTyping: false,
    pending: [],
    notice: null,
  };
}

/** The state before any event: what the server rendered. */
export function createInitialState(viewer: Viewer, entries: readonly ConversationEntry[]): ChatState {
  return {
    viewer,
    connection: 'connecting',
    conversations: Object.fromEntries(
      entries.map((entry) => [entry.conversationId, createConversationState(entry.conversationId, entry)]),
    ),
    presence: {},
    drafts: {},
    overlay: null,
    nextWindowId: 1,
  };
}
