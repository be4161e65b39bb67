import type {
  ClearInput,
  DeleteInput,
  EditInput,
  HistoryInput,
  ListInput,
  PinInput,
  ReactInput,
  SendInput,
  StarInput,
  SyncInput,
  UndeleteInput,
} from '../chat/schemas.ts';
import type {
  ConversationEntry,
  Cursors,
  HistoryPage,
  Marks,
  MarksChange,
  MarksHead,
  Message,
  SyncPage,
} from '../chat/types.ts';
import type { Ack } from './ack.ts';

type Acknowledge<T extends object = object> = (ack: Ack<T>) => void;

/** What a client may send. docs/protocol.md describes each. */
export type ClientEvents = {
  'message:send': (input: SendInput, ack: Acknowledge<{ message: Message }>) => void;
  'message:edit': (input: EditInput, ack: Acknowledge<{ message: Message }>) => void;
  /** For both it is answered with the message, for the caller alone with its seq and the revision of their marks. */
  'message:delete': (
    input: DeleteInput,
    ack: Acknowledge<{ message: Message } | { seq: number; revision: number }>,
  ) => void;
  /** Private, as a deletion for oneself is: `revision` is that of the caller's marks. */
  'message:star': (input: StarInput, ack: Acknowledge<{ seq: number; revision: number }>) => void;
  /** Deletes the conversation for the caller alone. */
  'conversation:clear': (
    input: ClearInput,
    ack: Acknowledge<{ clearedSeq: number; revision: number }>,
  ) => void;
  /** All marks of the caller in a conversation. */
  'conversation:marks': (input: { conversationId: string }, ack: Acknowledge<Marks>) => void;
  /** Takes one's own deletion back, within seconds. */
  'message:undelete': (input: UndeleteInput, ack: Acknowledge<{ message: Message }>) => void;
  'message:react': (input: ReactInput, ack: Acknowledge<{ message: Message }>) => void;
  /** For both; either takes away what either has pinned. */
  'message:pin': (input: PinInput, ack: Acknowledge<{ message: Message }>) => void;
  'conversation:delivered': (
    input: { conversationId: string; seq: number },
    ack: Acknowledge<{ seq: number }>,
  ) => void;
  'conversation:read': (
    input: { conversationId: string; seq: number },
    ack: Acknowledge<{ seq: number }>,
  ) => void;
  'conversation:typing': (input: { conversationId: string }) => void;
  /** What was being written is gone. */
  'conversation:typing-stopped': (input: { conversationId: string }) => void;
  'conversation:history': (input: HistoryInput, ack: Acknowledge<HistoryPage>) => void;
  'conversation:sync': (input: SyncInput, ack: Acknowledge<SyncPage>) => void;
  /** The caller's conversations, newest first, a page at a time. */
  'conversation:list': (
    input: ListInput,
    ack: Acknowledge<{ conversations: ConversationEntry[]; more: boolean }>,
  ) => void;
};

export type Heads = Record<string, { revision: number; cursors: Cursors[]; marks?: MarksHead }>;

/** A cursor that moved; `unread` is told to its owner only. */
export type CursorEvent = Cursors & { conversationId: string; unread?: number };

/** What the server sends. */
export type ServerEvents = {
  'message:new': (message: Message) => void;
  'message:update': (message: Message) => void;
  /** The person's own marks changed, here or on another device. */
  'conversation:marks': (change: MarksChange) => void;
  /** A conversation that appeared in the list, or an entry that changed as a whole (block state). */
  'conversation:new': (entry: ConversationEntry) => void;
  'conversation:cursor': (event: CursorEvent) => void;
  'conversation:typing': (event: { conversationId: string; userId: string }) => void;
  'conversation:typing-stopped': (event: { conversationId: string; userId: string }) => void;
  heads: (heads: Heads) => void;
  presence: (event: { userId: string; online: boolean; lastSeenAt: string | null }) => void;
  'session:ended': (event: Record<string, never>) => void;
};

/** What the server keeps about one connection. */
export type SocketData = {
  userId: string;
  sessionId: string;
  /** When a person last caused an event here, in milliseconds since the epoch. */
  usedAt?: number;
};
