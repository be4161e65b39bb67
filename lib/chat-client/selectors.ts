import type { ConversationEntry, Message } from '../chat/types.ts';
import { getActivityTime, getCursors } from './entry.ts';
import { reduce } from './reducer.ts';
import {
  type ChatState,
  type ConversationState,
  createConversationState,
  type PendingMessage,
} from './state.ts';
import type { ConversationSeed, ConversationView, MessageStatus, TimelineMessage } from './types.ts';

/** Remembers the last result by the identity of what it is made from. */
function memoizeLast<K extends object, T>(make: (key: K) => T): (key: K) => T {
  const results = new WeakMap<K, T>();
  return (key) => {
    if (!results.has(key)) results.set(key, make(key));
    return results.get(key) as T;
  };
}

const listOf = memoizeLast((conversations: ChatState['conversations']) => {
  const entries = Object.values(conversations).flatMap(({ entry }) => (entry ? [entry] : []));
  return entries.sort(compareActivity);
});

let lastList: ConversationEntry[] = [];

/** All entries, newest activity first; the same array while no entry changes. */
export function selectConversationList(state: ChatState): ConversationEntry[] {
  const list = listOf(state.conversations);
  if (list.length !== lastList.length || list.some((entry, index) => entry !== lastList[index])) {
    lastList = list;
  }
  return lastList;
}

function compareActivity(a: ConversationEntry, b: ConversationEntry): number {
  const left = getActivityTime(a);
  const right = getActivityTime(b);
  if (left !== right) return left < right ? 1 : -1;
  return a.conversationId < b.conversationId ? 1 : -1;
}

export function selectTotalUnread(state: ChatState): number {
  return selectConversationList(state).reduce(
    (sum, { blocked, muted, unread }) => sum + (blocked || muted ? 0 : unread),
    0,
  );
}

export const selectWaitingCount = (state: ChatState): number => waitingOf(state.conversations);

const waitingOf = memoizeLast((conversations: ChatState['conversations']) =>
  Object.values(conversations).reduce(
    (sum, { pending }) => sum + pending.filter((item) => item.state === 'sending' && !item.stored).length,
    0,
  ),
);

/** Makes the selector of one conversation's view; each keeps its own memory of what it last gave. */
export function createViewSelector(
  conversationId: string,
  seed?: ConversationSeed,
): (state: ChatState) => ConversationView {
  const missing = createConversationState(conversationId);
  const seeded = memoizeLast((state: ChatState) =>
    seed ? reduce(state, { type: 'room:seeded', conversationId, seed }) : state,
  );
  const buildTimeline = createTimelineBuilder();
  let last: { room: ConversationState; presence: unknown; view: ConversationView } | null = null;

  return (state) => {
    const stored = state.conversations[conversationId];
    const isOpen = !seed || stored?.window || stored?.opening === 'not_found';
    const room = (isOpen ? stored : seeded(state).conversations[conversationId]) ?? missing;
    const presence = (room.entry && state.presence[room.entry.partner.userId]) ?? null;
    if (last?.room === room && last.presence === presence) return last.view;
    const view: ConversationView = {
      status: getStatus(room),
      entry: room.entry,
      messages: buildTimeline(room, state.viewer.userId),
      hasBefore: room.window?.hasBefore ?? false,
      hasAfter: room.window?.hasAfter ?? false,
      isLoadingBefore: room.loading.before,
      isLoadingAfter: room.loading.after,
      ...(room.loadFailed && { loadFailed: room.loadFailed }),
      isPartnerTyping: room.isPartnerTyping,
      partnerPresence: presence,
      ownReadSeq: getCursors(room.entry, state.viewer.userId).readSeq,
      windowId: room.window?.id ?? 0,
    };
    const isSame = last && isShallowEqual(last.view, view);
    last = { room, presence, view: isSame && last ? last.view : view };
    return last.view;
  };
}

function getStatus(room: ConversationState): ConversationView['status'] {
  if (room.opening === 'not_found') return 'not_found';
  if (room.window && room.entry) return 'ready';
  return room.opening === 'failed' ? 'failed' : 'loading';
}

function createTimelineBuilder() {
  let items = new Map<string, TimelineMessage>();
  let last: TimelineMessage[] = [];
  /** What each stored message was last drawn as: a room of thousands changes in one or two of them. */
  const drawn = new WeakMap<Message, TimelineMessage>();

  return ({ entry, window, pending }: ConversationState, viewerId: string): TimelineMessage[] => {
    const partner = getCursors(entry, entry?.partner.userId ?? '');
    const ownReadSeq = getCursors(entry, viewerId).readSeq;
    const nextItems = new Map<string, TimelineMessage>();
    const reuse = (item: TimelineMessage) => {
      const old = items.get(item.key);
      const kept = old && isShallowEqual(old, item) ? old : item;
      nextItems.set(item.key, kept);
      return kept;
    };
    const getMessageStatus = (message: Message): MessageStatus => {
      if (message.senderId !== viewerId) return message.seq <= ownReadSeq ? 'read' : 'delivered';
      if (message.seq <= partner.readSeq) return 'read';
      return message.seq <= partner.deliveredSeq ? 'delivered' : 'sent';
    };
    const fromMessage = (message: Message) => {
      const status = getMessageStatus(message);
      const known = drawn.get(message);
      if (known?.status === status) {
        nextItems.set(known.key, known);
        return known;
      }
      const item = reuse({
        key: `${message.senderId}:${message.clientId}`,
        seq: message.seq,
        clientId: message.clientId,
        senderId: message.senderId,
        isMine: message.senderId === viewerId,
        body: message.body,
        createdAt: message.createdAt,
        status,
        ...(message.deletedAt && { deletedAt: message.deletedAt }),
        ...(message.via && { via: message.via }),
      });
      drawn.set(message, item);
      return item;
    };
    const fromPending = (item: PendingMessage) =>
      reuse({
        key: `${viewerId}:${item.clientId}`,
        seq: null,
        clientId: item.clientId,
        senderId: viewerId,
        isMine: true,
        body: item.body,
        createdAt: item.createdAt,
        status: item.state,
        ...(item.errorCode && { errorCode: item.errorCode }),
        ...(item.state === 'sending' && item.heldUntil && { heldUntil: item.heldUntil }),
      });
    const stored = pending.flatMap((item) => (item.stored ? [item.stored] : []));
    stored.sort((a, b) => a.seq - b.seq);
    const timeline = [
      ...(window?.messages ?? []).map(fromMessage),
      ...stored.map(fromMessage),
      ...pending.filter((item) => !item.stored).map(fromPending),
    ];
    items = nextItems;
    const isSame = timeline.length === last.length && timeline.every((item, index) => item === last[index]);
    if (!isSame) last = timeline;
    return last;
  };
}

function isShallowEqual<T extends object>(a: T, b: T): boolean {
  const keys = Object.keys(b) as (keyof T)[];
  return keys.length === Object.keys(a).length && keys.every((key) => Object.is(a[key], b[key]));
}
