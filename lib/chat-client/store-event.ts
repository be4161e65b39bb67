import type { ConversationEntry, HistoryPage, Marks, MarksChange, Message, SyncPage } from '../chat/types.ts';
import type { CursorEvent, Heads } from '../realtime/events.ts';
import type { Draft } from './outbox/draft.ts';
import type { ChatState, PendingItem } from './state.ts';
import type { ConnectionStatus, ConversationSeed, Notice } from './types.ts';

type InConversation = { conversationId: string };

/** Everything that can change the client's state: what the server says, and what happens here. */
export type StoreEvent =
  | { type: 'connection:changed'; connection: ConnectionStatus }
  /** The connection is gone: what is only known live (presence, typing) is unknown again. */
  | { type: 'connection:lost' }
  | { type: 'presence:changed'; userId: string; online: boolean; lastSeenAt: string | null }
  | ({ type: 'typing:started'; userId: string } & InConversation)
  | ({ type: 'typing:stopped' } & InConversation)
  /** `message:new` and `message:update` alike: revisions tell what to do with it. */
  | { type: 'message:changed'; message: Message }
  | { type: 'cursor:moved'; cursor: CursorEvent }
  | { type: 'heads:received'; heads: Heads }
  | { type: 'entries:received'; entries: readonly ConversationEntry[] }
  /** What is shown of the log may be out of date, as may entries that the list does not bring anew: ask. */
  | { type: 'windows:stale' }
  | ({ type: 'conversation:opening' } & InConversation)
  | ({ type: 'conversation:unopened'; status: 'not_found' | 'failed' } & InConversation)
  | ({ type: 'conversation:seeded'; seed: ConversationSeed } & InConversation)
  | ({ type: 'window:replaced'; page: HistoryPage } & InConversation)
  /** Frees the memory of a conversation's messages; the entry stays. */
  | ({ type: 'window:dropped' } & InConversation)
  | ({ type: 'window:trimmed'; size: number } & InConversation)
  | ({ type: 'page:loading'; side: 'before' | 'after' } & InConversation)
  | ({ type: 'page:failed'; side: 'before' | 'after' } & InConversation)
  | ({ type: 'page:loaded'; side: 'before' | 'after'; windowId: number; page: HistoryPage } & InConversation)
  /** The answer to a sync, with what was asked and the stale mark of that moment. */
  | ({ type: 'sync:loaded'; afterRevision: number; staleMark: number; page: SyncPage } & InConversation)
  | ({ type: 'read:marked'; seq: number } & InConversation)
  | { type: 'pending:put'; pending: PendingItem }
  /** It waits for the server's leave; `until` in milliseconds since 1970. */
  | ({ type: 'pending:held'; clientId: string; until: number } & InConversation)
  | ({ type: 'pending:removed'; clientId: string } & InConversation)
  /** The server has done what an item asks: the message as it is since. */
  | { type: 'pending:stored'; clientId: string; message: Message }
  /** The person's marks changed, here or on another device. */
  | { type: 'marks:changed'; change: MarksChange }
  /** All of them, as asked when `askedHead` was the highest revision heard of. */
  | ({ type: 'marks:loaded'; marks: Marks; askedHead: number } & InConversation)
  /** The server has done what an item asks of the marks. */
  | { type: 'marks:stored'; clientId: string; change: MarksChange }
  | { type: 'overlay:loaded'; overlay: ChatState['overlay'] }
  | ({ type: 'notice:set'; notice: Notice | null } & InConversation)
  | ({ type: 'draft:set'; draft: Draft } & InConversation);
