import type { HistoryPage, Message } from '../chat/types.ts';
import { type Draft, EMPTY_DRAFT, isEmptyDraft, isSameDraft } from './outbox/draft.ts';
import { compareOrder } from './outbox/outbox-item.ts';
import {
  markRead,
  receiveCursor,
  receiveEntry,
  receiveHead,
  receiveMessage,
  receiveSeed,
} from './state/conversation.ts';
import { receiveAskedMarks, receiveMarks, receiveMarksChange } from './state/marks.ts';
import { receiveSync } from './state/receive-sync.ts';
import { reconcile } from './state/reconcile.ts';
import { hearOf, markStale } from './state/revision.ts';
import {
  updateAllConversations,
  updateConversation,
  updateConversations,
} from './state/update-conversations.ts';
import { createWindow, extendWindow, includesSeq, trimWindow } from './state/window.ts';
import { type ChatState, type ConversationState, NOTHING_LOADING, type PendingItem } from './state.ts';
import type { StoreEvent } from './store-event.ts';

/** The next state. Pure: the same state and event give the same result, and nothing else happens. */
export function reduce(state: ChatState, event: StoreEvent): ChatState {
  switch (event.type) {
    case 'connection:changed':
      return state.connection === event.connection ? state : { ...state, connection: event.connection };
    case 'connection:lost':
      return updateAllConversations({ ...state, presence: {} }, (conversation) =>
        conversation.isPartnerTyping ? { ...conversation, isPartnerTyping: false } : conversation,
      );
    case 'presence:changed': {
      const { userId, online, lastSeenAt } = event;
      return { ...state, presence: { ...state.presence, [userId]: { online, lastSeenAt } } };
    }
    case 'heads:received':
      return updateConversations(state, Object.entries(event.heads), (conversation, head) =>
        receiveHead(conversation, head, state.viewer.userId),
      );
    case 'entries:received': {
      const entries = event.entries.map((entry) => [entry.conversationId, entry] as const);
      return updateConversations(state, entries, (conversation, entry) =>
        receiveEntry(reopen(conversation), entry, state.viewer.userId),
      );
    }
    case 'windows:stale':
      return updateAllConversations(state, (conversation) =>
        conversation.window || conversation.entry?.marks?.removed ? markStale(conversation) : conversation,
      );
    case 'message:changed':
      return updateConversation(state, event.message.conversationId, (conversation) =>
        receiveMessage(conversation, event.message, state.viewer.userId),
      );
    case 'marks:changed':
      return updateConversation(state, event.change.conversationId, (conversation) =>
        receiveMarksChange(conversation, event.change, state.viewer.userId, true),
      );
    case 'marks:stored':
      return updateConversation(state, event.change.conversationId, (conversation) =>
        receiveMarksChange(
          removePending(conversation, event.clientId),
          event.change,
          state.viewer.userId,
          false,
        ),
      );
    case 'pending:stored':
      return updateConversation(state, event.message.conversationId, (conversation) =>
        receiveStored(conversation, event, state.viewer.userId),
      );
    case 'cursor:moved':
      return updateConversation(state, event.cursor.conversationId, (conversation) =>
        receiveCursor(conversation, event.cursor, state.viewer.userId),
      );
    case 'pending:put':
      return updateConversation(state, event.pending.conversationId, (conversation) =>
        reconcile(putPending(conversation, event.pending), state.viewer.userId, true),
      );
    case 'overlay:loaded':
      return { ...state, overlay: event.overlay };
    case 'draft:set':
      return setDraft(state, event.conversationId, event.draft);
    case 'conversation:seeded':
      return nextWindow(state, event);
    case 'window:replaced':
      return nextWindow(state, event);
    case 'sync:loaded':
      return nextWindow(state, event);
    default:
      return updateConversation(state, event.conversationId, (conversation) =>
        reduceConversation(conversation, event, state.viewer.userId),
      );
  }
}

type WindowEvent = Extract<StoreEvent, { type: 'conversation:seeded' | 'window:replaced' | 'sync:loaded' }>;
type ConversationEvent = Exclude<
  Extract<StoreEvent, { conversationId: string }>,
  WindowEvent | { type: 'draft:set' }
>;

function setDraft(state: ChatState, conversationId: string, draft: Draft): ChatState {
  const { [conversationId]: old = EMPTY_DRAFT, ...others } = state.drafts;
  if (isSameDraft(old, draft)) return state;
  return { ...state, drafts: isEmptyDraft(draft) ? others : { ...others, [conversationId]: draft } };
}

/** Events that may start a new window, which takes a new id. */
function nextWindow(state: ChatState, event: WindowEvent): ChatState {
  const windowId = state.nextWindowId;
  const viewerId = state.viewer.userId;
  const next = updateConversation(state, event.conversationId, (conversation) => {
    switch (event.type) {
      case 'window:replaced': {
        const window = createWindow(windowId, event.page);
        const open = {
          ...conversation,
          opening: 'idle' as const,
          window,
          loading: NOTHING_LOADING,
          loadFailed: undefined,
        };
        return takePage(hearOf(open, event.page.revision), event.page, viewerId);
      }
      case 'conversation:seeded': {
        const { page, entry, anchorSeq } = event.seed;
        let open = receiveSeed(hearOf({ ...conversation, opening: 'idle' }, page.revision), entry, viewerId);
        if (!open.window || (anchorSeq !== undefined && !includesSeq(open.window, anchorSeq))) {
          const window = createWindow(windowId, page);
          open = { ...open, window, loading: NOTHING_LOADING, loadFailed: undefined };
        }
        return takePage(open, page, viewerId);
      }
      case 'sync:loaded':
        return receiveSync(reopen(conversation), { ...event, windowId }, viewerId);
    }
  });
  return next === state ? state : { ...next, nextWindowId: windowId + 1 };
}

function reduceConversation(
  conversation: ConversationState,
  event: ConversationEvent,
  viewerId: string,
): ConversationState {
  switch (event.type) {
    case 'typing:started':
      if (event.userId === viewerId || conversation.isPartnerTyping || !conversation.entry)
        return conversation;
      return { ...conversation, isPartnerTyping: true };
    case 'typing:stopped':
      return conversation.isPartnerTyping ? { ...conversation, isPartnerTyping: false } : conversation;
    case 'conversation:opening':
      return { ...conversation, opening: 'loading' };
    case 'conversation:unopened':
      return { ...conversation, opening: event.status };
    case 'window:dropped':
      return reconcile({ ...conversation, window: null, loading: NOTHING_LOADING }, viewerId, true);
    case 'window:trimmed':
      return conversation.window
        ? { ...conversation, window: trimWindow(conversation.window, event.size) }
        : conversation;
    case 'page:loading':
      return {
        ...conversation,
        loading: { ...conversation.loading, [event.side]: true },
        loadFailed: undefined,
      };
    case 'page:failed':
      return {
        ...conversation,
        loading: { ...conversation.loading, [event.side]: false },
        loadFailed: event.side,
      };
    case 'page:loaded': {
      if (conversation.window?.id !== event.windowId) return conversation;
      const window = extendWindow(conversation.window, event.side, event.page);
      const loading = { ...conversation.loading, [event.side]: false };
      return takePage(
        hearOf({ ...conversation, window, loading }, event.page.revision),
        event.page,
        viewerId,
      );
    }
    case 'marks:loaded':
      return receiveAskedMarks(conversation, event, viewerId);
    case 'read:marked':
      return markRead(conversation, event.seq, viewerId);
    case 'pending:held':
      return changePending(conversation, event.clientId, { heldUntil: event.until });
    case 'notice:set':
      return conversation.notice === event.notice ? conversation : { ...conversation, notice: event.notice };
    case 'pending:removed':
      return removePending(conversation, event.clientId);
  }
}

/** Shows what a page brought, with the marks that came along. */
function takePage(
  conversation: ConversationState,
  { marks }: HistoryPage,
  viewerId: string,
): ConversationState {
  const next = marks ? receiveMarks(conversation, marks, viewerId) : conversation;
  return reconcile(next, viewerId, true);
}

/** One that the server has stored leaves by way of the log. */
function removePending(conversation: ConversationState, clientId: string): ConversationState {
  const pending = conversation.pending.filter((item) => item.clientId !== clientId || item.stored);
  return pending.length === conversation.pending.length ? conversation : { ...conversation, pending };
}

/** Changes a pending message, unless the server has stored it. */
function changePending(
  conversation: ConversationState,
  clientId: string,
  change: Partial<Omit<PendingItem, 'kind'>>,
): ConversationState {
  const pending = conversation.pending.map(
    (item): PendingItem => (item.clientId === clientId && !item.stored ? { ...item, ...change } : item),
  );
  return { ...conversation, pending };
}

/** The server has done what an item asks, and the log may show it already. */
function receiveStored(
  conversation: ConversationState,
  { clientId, message: stored }: { clientId: string; message: Message },
  viewerId: string,
): ConversationState {
  const next = receiveMessage(changePending(conversation, clientId, { stored }), stored, viewerId);
  return reconcile(next, viewerId, true);
}

function putPending(conversation: ConversationState, item: PendingItem): ConversationState {
  const old = conversation.pending.find(({ clientId }) => clientId === item.clientId);
  if (old?.stored) return conversation;
  const pending = conversation.pending.filter((other) => other !== old);
  pending.push(item);
  pending.sort(compareOrder);
  return { ...conversation, pending };
}

/** A conversation that the server tells of is there, whatever was thought of it. */
function reopen(conversation: ConversationState): ConversationState {
  return conversation.opening === 'not_found' ? { ...conversation, opening: 'idle' } : conversation;
}
