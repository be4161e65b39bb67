import type { ConversationEntry, Message, SyncPage } from '../chat/types.ts';
import type { CursorEvent } from '../realtime/events.ts';
import { applyMessage, getCursors, mergeCursors, mergeEntry, UNREAD_LIMIT } from './entry.ts';
import { type ConversationState, type MessageWindow, NOTHING_LOADING, type PendingMessage } from './state.ts';
import { createWindow, mergeMessages } from './window.ts';

/** The revision up to which both the entry and the window of a room are current. */
export function getAppliedRevision({ entry, window, headRevision }: ConversationState): number {
  return Math.min(entry?.revision ?? headRevision, window?.revision ?? Number.POSITIVE_INFINITY);
}

/** True while the server knows something about the room that this client lacks. */
export function needsSync(room: ConversationState): boolean {
  if (room.opening === 'not_found') return false;
  if (!room.entry) return room.headRevision > 0 || room.window !== null;
  return room.staleMark > 0 || getAppliedRevision(room) < room.headRevision;
}

/** Notes that something changed at `revision`. */
export function hearOf(room: ConversationState, revision: number): ConversationState {
  return revision > room.headRevision ? { ...room, headRevision: revision } : room;
}

export function doubt(room: ConversationState): ConversationState {
  return { ...room, staleMark: room.staleMark + 1 };
}

/**
 * Applies one live change where it is the next one, and to the entry and the window each by itself;
 * one further ahead is only heard of, and the sync that is due then brings it.
 */
export function receiveMessage(
  room: ConversationState,
  message: Message,
  viewerId: string,
): ConversationState {
  let next = noteStored(hearOf(room, message.revision), [message], viewerId);
  const { entry, window } = room;
  let isExact = true;
  if (entry && message.revision === entry.revision + 1) {
    const applied = applyMessage(entry, message, viewerId);
    next = { ...next, entry: applied.entry };
    isExact = applied.isExact;
    if (message.senderId !== viewerId && room.isPartnerTyping) next.isPartnerTyping = false;
  }
  if (window && message.revision === window.revision + 1) {
    next = { ...next, window: { ...mergeMessages(window, [message]), revision: message.revision } };
  }
  return next === room ? room : settle(next, viewerId, isExact);
}

export function receiveEntry(
  room: ConversationState,
  heard: ConversationEntry,
  viewerId: string,
): ConversationState {
  const { entry, isExact } = mergeEntry(room.entry, heard, viewerId);
  const next = hearOf(room, heard.revision);
  if (next === room && entry === room.entry && isExact) return room;
  return settle({ ...next, entry }, viewerId, isExact);
}

/** Joins cursors; one's own may carry the unread count that goes with it. */
export function receiveCursor(
  room: ConversationState,
  cursor: Omit<CursorEvent, 'conversationId'>,
  viewerId: string,
): ConversationState {
  const { entry } = room;
  if (!entry) return room;
  const cursors = mergeCursors(entry.cursors, [cursor]);
  const known = getCursors(entry, viewerId).readSeq;
  if (cursor.userId !== viewerId || cursor.readSeq < known) {
    return cursors === entry.cursors ? room : { ...room, entry: { ...entry, cursors } };
  }
  if (cursor.readSeq === known && cursor.unread === undefined) {
    return cursors === entry.cursors ? room : { ...room, entry: { ...entry, cursors } };
  }
  const bound = Math.max(0, entry.lastSeq - cursor.readSeq);
  const unread = Math.min(cursor.unread ?? entry.unread, bound);
  // The count and the messages travel apart, so only "nothing left" is certain.
  return settle({ ...room, entry: { ...entry, cursors, unread } }, viewerId, bound === 0);
}

/** Reads up to `seq` at once, before the server knows. */
export function markRead(room: ConversationState, seq: number, viewerId: string): ConversationState {
  const { entry, window } = room;
  if (!entry) return room;
  const own = getCursors(entry, viewerId);
  const readSeq = Math.min(seq, entry.lastSeq);
  if (readSeq <= own.readSeq) return room;
  const cursors = mergeCursors(entry.cursors, [{ userId: viewerId, deliveredSeq: readSeq, readSeq }]);
  const seen = countUnread(window?.messages ?? [], viewerId, own.readSeq, readSeq);
  const unread = readSeq === entry.lastSeq ? 0 : Math.max(0, entry.unread - seen);
  return settle({ ...room, entry: { ...entry, cursors, unread } }, viewerId, true);
}

/** Takes the answer to a sync that asked from `afterRevision` under the doubt `staleMark`. */
export function receiveSync(
  room: ConversationState,
  answer: { afterRevision: number; staleMark: number; page: SyncPage; windowId: number },
  viewerId: string,
): ConversationState {
  const { page, afterRevision } = answer;
  // The server's log is shorter than what this client has seen: it was restored.
  const isRestored = page.reset && page.revision < afterRevision;
  // An account from before a change that came meanwhile settles no doubt about what stands now.
  const isCurrent = isRestored || page.conversation.revision >= (room.entry?.revision ?? 0);
  let next = isCurrent && room.staleMark === answer.staleMark ? { ...room, staleMark: 0 } : room;
  if (isRestored) {
    next = { ...next, entry: page.conversation, headRevision: page.revision, window: null };
    if (room.window) next = replaceWindow(next, answer.windowId, page);
    return settle(next, viewerId, true);
  }
  next = noteStored(next, page.reset ? page.messages : page.changes, viewerId);
  next = receiveEntry(next, page.conversation, viewerId);
  next = hearOf(next, Math.max(page.revision, page.conversation.revision));
  const { window } = next;
  if (window && page.reset && window.revision < page.revision) {
    next = replaceWindow(next, answer.windowId, page);
  } else if (window && !page.reset && afterRevision <= window.revision) {
    const revision = Math.max(window.revision, page.revision);
    next = { ...next, window: { ...mergeMessages(window, page.changes), revision } };
  }
  return settle(next, viewerId, true);
}

function replaceWindow(room: ConversationState, id: number, page: SyncPage & { reset: true }) {
  const { messages, revision } = page;
  const first = messages[0];
  const more = { before: first !== undefined && first.seq > 1, after: false };
  const window = createWindow(id, { messages, more, revision });
  return { ...room, window, loading: NOTHING_LOADING, loadFailed: undefined };
}

/** Notes which pending messages the server has; they leave once the window shows them, or cannot. */
export function noteStored(
  room: ConversationState,
  messages: readonly Message[],
  viewerId: string,
): ConversationState {
  if (room.pending.length === 0) return room;
  const own = new Map(messages.filter((m) => m.senderId === viewerId).map((m) => [m.clientId, m]));
  const pending = room.pending.map((item): PendingMessage => {
    const stored = own.get(item.clientId);
    return stored ? { ...item, stored, state: 'sending', errorCode: undefined } : item;
  });
  return pending.some((item, index) => item !== room.pending[index]) ? { ...room, pending } : room;
}

/** Counts exactly where the window allows it, drops pending messages that the log shows now. */
export function settle(room: ConversationState, viewerId: string, isExact: boolean): ConversationState {
  let next = dropStored(room, viewerId);
  const counted = countFromWindow(next, viewerId);
  if (counted === null) return isExact ? next : doubt(next);
  if (next.entry && counted !== next.entry.unread) {
    next = { ...next, entry: { ...next.entry, unread: counted } };
  }
  return next;
}

/** The unread count when the window holds every message above the read cursor, else null. */
function countFromWindow({ entry, window }: ConversationState, viewerId: string): number | null {
  if (!entry || !window || window.hasAfter || window.revision !== entry.revision) return null;
  const { readSeq } = getCursors(entry, viewerId);
  const first = window.messages[0];
  if ((window.messages.at(-1)?.seq ?? 0) !== entry.lastSeq) return null;
  if (first && first.seq > readSeq + 1) return null;
  return Math.min(UNREAD_LIMIT, countUnread(window.messages, viewerId, readSeq, entry.lastSeq));
}

function countUnread(messages: readonly Message[], viewerId: string, after: number, upTo: number): number {
  let count = 0;
  for (let index = messages.length - 1; index >= 0; index--) {
    const message = messages[index] as Message;
    if (message.seq <= after) break;
    if (message.seq <= upTo && message.senderId !== viewerId && !message.deletedAt) count++;
  }
  return count;
}

function dropStored(room: ConversationState, viewerId: string): ConversationState {
  if (room.pending.length === 0) return room;
  const { window } = room;
  const pending = room.pending.filter(
    ({ clientId, stored }) =>
      !isShown(window, clientId, viewerId) && !(stored && isPast(window, stored.revision)),
  );
  return pending.length === room.pending.length ? room : { ...room, pending };
}

function isShown(window: MessageWindow | null, clientId: string, viewerId: string): boolean {
  return window?.messages.some((m) => m.clientId === clientId && m.senderId === viewerId) ?? false;
}

/** True when no later change can bring the message into the window. */
function isPast(window: MessageWindow | null, revision: number): boolean {
  return !window || window.hasAfter || window.revision >= revision;
}
