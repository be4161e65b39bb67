import {
  doubt,
  hearOf,
  markRead,
  receiveCursor,
  receiveEntry,
  receiveMessage,
  receiveSync,
  settle,
} from './room.ts';
import {
  type ChatState,
  type ConversationState,
  createConversationState,
  NOTHING_LOADING,
  type PendingMessage,
} from './state.ts';
import type { StoreEvent } from './store-event.ts';
import { createWindow, extendWindow, includesSeq, trimWindow } from './window.ts';

/** The next state. Pure: the same state and event give the same result, and nothing else happens. */
export function reduce(state: ChatState, event: StoreEvent): ChatState {
  switch (event.type) {
    case 'connection:changed':
      return state.connection === event.connection ? state : { ...state, connection: event.connection };
    case 'connection:lost':
      return {
        ...state,
        presence: {},
        conversations: mapRooms(state, (room) =>
          room.isPartnerTyping ? { ...room, isPartnerTyping: false } : room,
        ),
      };
    case 'presence:changed': {
      const { userId, online, lastSeenAt } = event;
      return { ...state, presence: { ...state.presence, [userId]: { online, lastSeenAt } } };
    }
    case 'heads:received':
      return Object.entries(event.heads).reduce((current, [conversationId, head]) => {
        return updateRoom(current, conversationId, (room) =>
          head.cursors.reduce(
            (next, cursor) => receiveCursor(next, cursor, state.viewer.userId),
            hearOf(room, head.revision),
          ),
        );
      }, state);
    case 'entries:received':
      return event.entries.reduce((current, entry) => {
        return updateRoom(current, entry.conversationId, (room) =>
          receiveEntry(reopen(room), entry, state.viewer.userId),
        );
      }, state);
    case 'message:changed':
    case 'pending:stored':
      return updateRoom(state, event.message.conversationId, (room) =>
        receiveMessage(room, event.message, state.viewer.userId),
      );
    case 'cursor:moved':
      return updateRoom(state, event.cursor.conversationId, (room) =>
        receiveCursor(room, event.cursor, state.viewer.userId),
      );
    case 'pending:put':
      return updateRoom(state, event.pending.conversationId, (room) =>
        settle(putPending(room, event.pending), state.viewer.userId, true),
      );
    case 'draft:set': {
      const { [event.conversationId]: old = '', ...others } = state.drafts;
      if (old === event.text) return state;
      return { ...state, drafts: event.text ? { ...others, [event.conversationId]: event.text } : others };
    }
    case 'room:seeded':
      return nextWindow(state, event);
    case 'window:replaced':
      return nextWindow(state, event);
    case 'sync:loaded':
      return nextWindow(state, event);
    default:
      return updateRoom(state, event.conversationId, (room) => reduceRoom(room, event, state.viewer.userId));
  }
}

type WindowEvent = Extract<StoreEvent, { type: 'room:seeded' | 'window:replaced' | 'sync:loaded' }>;
type RoomEvent = Exclude<
  Extract<StoreEvent, { conversationId: string }>,
  WindowEvent | { type: 'draft:set' }
>;

/** Events that may start a new window, which takes a new id. */
function nextWindow(state: ChatState, event: WindowEvent): ChatState {
  const windowId = state.nextWindowId;
  const viewerId = state.viewer.userId;
  const next = updateRoom(state, event.conversationId, (room) => {
    switch (event.type) {
      case 'window:replaced': {
        const window = createWindow(windowId, event.page);
        const open = {
          ...room,
          opening: 'idle' as const,
          window,
          loading: NOTHING_LOADING,
          loadFailed: undefined,
        };
        return settle(hearOf(open, event.page.revision), viewerId, true);
      }
      case 'room:seeded': {
        const { page, entry, anchorSeq } = event.seed;
        let open = receiveEntry(hearOf({ ...room, opening: 'idle' }, page.revision), entry, viewerId);
        if (!open.window || (anchorSeq !== undefined && !includesSeq(open.window, anchorSeq))) {
          const window = createWindow(windowId, page);
          open = { ...open, window, loading: NOTHING_LOADING, loadFailed: undefined };
        }
        return settle(open, viewerId, true);
      }
      case 'sync:loaded':
        return receiveSync(reopen(room), { ...event, windowId }, viewerId);
    }
  });
  return next === state ? state : { ...next, nextWindowId: windowId + 1 };
}

function reduceRoom(room: ConversationState, event: RoomEvent, viewerId: string): ConversationState {
  switch (event.type) {
    case 'typing:started':
      if (event.userId === viewerId || room.isPartnerTyping || !room.entry) return room;
      return { ...room, isPartnerTyping: true };
    case 'typing:stopped':
      return room.isPartnerTyping ? { ...room, isPartnerTyping: false } : room;
    case 'room:doubted':
      return doubt(room);
    case 'room:opening':
      return { ...room, opening: 'loading' };
    case 'room:unopened':
      return { ...room, opening: event.status };
    case 'window:dropped':
      return settle({ ...room, window: null, loading: NOTHING_LOADING }, viewerId, true);
    case 'window:trimmed':
      return room.window ? { ...room, window: trimWindow(room.window, event.size) } : room;
    case 'page:loading':
      return { ...room, loading: { ...room.loading, [event.side]: true }, loadFailed: undefined };
    case 'page:failed':
      return { ...room, loading: { ...room.loading, [event.side]: false }, loadFailed: event.side };
    case 'page:loaded': {
      if (room.window?.id !== event.windowId) return room;
      const window = extendWindow(room.window, event.side, event.page);
      const loading = { ...room.loading, [event.side]: false };
      return settle(hearOf({ ...room, window, loading }, event.page.revision), viewerId, true);
    }
    case 'read:marked':
      return markRead(room, event.seq, viewerId);
    case 'pending:failed': {
      const { clientId, errorCode } = event;
      const pending = room.pending.map((item) =>
        item.clientId === clientId && !item.stored ? { ...item, state: 'failed' as const, errorCode } : item,
      );
      return { ...room, pending };
    }
    case 'pending:held': {
      const pending = room.pending.map((item) =>
        item.clientId === event.clientId && !item.stored ? { ...item, heldUntil: event.until } : item,
      );
      return { ...room, pending };
    }
    case 'pending:removed': {
      // One that the server has stored leaves by way of the log.
      const pending = room.pending.filter((item) => item.clientId !== event.clientId || item.stored);
      return pending.length === room.pending.length ? room : { ...room, pending };
    }
  }
}

function putPending(room: ConversationState, item: PendingMessage): ConversationState {
  const old = room.pending.find(({ clientId }) => clientId === item.clientId);
  if (old?.stored) return room;
  const pending = room.pending.filter((other) => other !== old);
  pending.push(item);
  pending.sort((a, b) => a.order - b.order || (a.clientId < b.clientId ? -1 : 1));
  return { ...room, pending };
}

/** A room that the server tells of is there, whatever was thought of it. */
function reopen(room: ConversationState): ConversationState {
  return room.opening === 'not_found' ? { ...room, opening: 'idle' } : room;
}

function updateRoom(
  state: ChatState,
  conversationId: string,
  update: (room: ConversationState) => ConversationState,
): ChatState {
  const room = state.conversations[conversationId] ?? createConversationState(conversationId);
  const next = update(room);
  if (next === room) return state;
  return { ...state, conversations: { ...state.conversations, [conversationId]: next } };
}

function mapRooms(state: ChatState, update: (room: ConversationState) => ConversationState) {
  return Object.fromEntries(Object.entries(state.conversations).map(([id, room]) => [id, update(room)]));
}
