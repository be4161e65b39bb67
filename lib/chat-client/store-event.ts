import type { ConversationEntry, ErrorCode, HistoryPage, Message, SyncPage } from '../chat/types.ts';
import type { CursorEvent, Heads } from '../realtime/events.ts';
import type { PendingMessage } from './state.ts';
import type { ConnectionStatus, ConversationSeed } from './types.ts';

type InRoom = { conversationId: string };

/** Everything that can change the client's state: what the server says, and what happens here. */
export type StoreEvent =
  | { type: 'connection:changed'; connection: ConnectionStatus }
  /** The connection is gone: what is only known live (presence, typing) is unknown again. */
  | { type: 'connection:lost' }
  | { type: 'presence:changed'; userId: string; online: boolean; lastSeenAt: string | null }
  | ({ type: 'typing:started'; userId: string } & InRoom)
  | ({ type: 'typing:stopped' } & InRoom)
  /** `message:new` and `message:update` alike: revisions tell what to do with it. */
  | { type: 'message:changed'; message: Message }
  | { type: 'cursor:moved'; cursor: CursorEvent }
  | { type: 'heads:received'; heads: Heads }
  | { type: 'entries:received'; entries: readonly ConversationEntry[] }
  /** Something about this room may be out of date: ask. */
  | ({ type: 'room:doubted' } & InRoom)
  | ({ type: 'room:opening' } & InRoom)
  | ({ type: 'room:unopened'; status: 'not_found' | 'failed' } & InRoom)
  | ({ type: 'room:seeded'; seed: ConversationSeed } & InRoom)
  | ({ type: 'window:replaced'; page: HistoryPage } & InRoom)
  /** Frees the memory of a room's messages; the entry stays. */
  | ({ type: 'window:dropped' } & InRoom)
  | ({ type: 'window:trimmed'; size: number } & InRoom)
  | ({ type: 'page:loading'; side: 'before' | 'after' } & InRoom)
  | ({ type: 'page:failed'; side: 'before' | 'after' } & InRoom)
  | ({ type: 'page:loaded'; side: 'before' | 'after'; windowId: number; page: HistoryPage } & InRoom)
  /** The answer to a sync, with what was asked and the doubt that stood when it was asked. */
  | ({ type: 'sync:loaded'; afterRevision: number; staleMark: number; page: SyncPage } & InRoom)
  | ({ type: 'read:marked'; seq: number } & InRoom)
  | { type: 'pending:put'; pending: PendingMessage }
  | ({ type: 'pending:failed'; clientId: string; errorCode: ErrorCode } & InRoom)
  /** It waits for the server's leave; `until` in milliseconds since 1970. */
  | ({ type: 'pending:held'; clientId: string; until: number } & InRoom)
  | ({ type: 'pending:removed'; clientId: string } & InRoom)
  /** The server has stored one of the viewer's messages. */
  | { type: 'pending:stored'; message: Message }
  | ({ type: 'draft:set'; text: string } & InRoom);
