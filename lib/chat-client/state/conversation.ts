import { hideIn, hideMessage } from '#lib/chat/hide-messages.ts';
import type { ConversationEntry, Message } from '#lib/chat/types.ts';
import type { CursorEvent, Heads } from '#lib/realtime/events.ts';
import type { ConversationState } from '../state.ts';
import { applyMessage, getCursors, mergeCursors, mergeEntry, showsSince } from './entry.ts';
import { hasSameSettings, pickSettings } from './entry-fields.ts';
import { hearOfMarks, raiseMarks } from './marks.ts';
import { countUnread, noteStored, reconcile } from './reconcile.ts';
import { hearOf, markStale } from './revision.ts';
import { advanceWindow } from './window.ts';

/**
 * Applies one live change where it is the next one, and to the entry and the window each by itself;
 * one further ahead is only heard of, and the sync that is due then brings it.
 */
export function receiveMessage(
  conversation: ConversationState,
  told: Message,
  viewerId: string,
): ConversationState {
  const message = hideIn(told, conversation.marks);
  let next = noteStored(hearOf(conversation, message.revision), [message], viewerId);
  const { entry, window } = conversation;
  let isExact = true;
  if (entry && message.revision === entry.revision + 1) {
    const mayBeHidden = isAboveShown(entry, message) && needsAllMarks(conversation);
    const applied = applyMessage(entry, mayBeHidden ? hideMessage(message) : message, viewerId);
    next = { ...next, entry: applied.entry };
    isExact = applied.isExact && !mayBeHidden;
    const isNew = message.seq > entry.lastSeq && message.senderId !== viewerId;
    if (isNew && conversation.isPartnerTyping) next.isPartnerTyping = false;
  }
  if (window && message.revision === window.revision + 1) {
    next = { ...next, window: advanceWindow(window, [message], message.revision) };
  }
  if (next === conversation) return conversation;
  const reconciled = reconcile(next, viewerId, isExact);
  return message.vanished ? askListing(reconciled) : reconciled;
}

/** Asks whether the conversation is in the list still, where only the server knows. */
function askListing(conversation: ConversationState): ConversationState {
  const { entry } = conversation;
  return entry?.marks && !showsSince(entry) ? markStale(conversation) : conversation;
}

/** Above the newest message that the entry shows lies only what has vanished, or what the viewer hid. */
function isAboveShown({ lastMessage, lastSeq }: ConversationEntry, { seq }: Message): boolean {
  return seq > (lastMessage?.seq ?? 0) && seq <= lastSeq;
}

/** Which messages are hidden is known of open conversations alone. */
function needsAllMarks({ marks, marksHead }: ConversationState): boolean {
  return marks.revision < marksHead;
}

export function receiveEntry(
  conversation: ConversationState,
  heard: ConversationEntry,
  viewerId: string,
): ConversationState {
  const { entry, isExact } = mergeEntry(conversation.entry, heard, viewerId);
  const marked = heard.marks ? raiseMarks(conversation, heard.marks) : conversation;
  const next = hearOf(marked, heard.revision);
  if (next === conversation && entry === conversation.entry && isExact) return conversation;
  const joined = reconcile({ ...next, entry }, viewerId, isExact);
  return isExact ? joined : askListing(joined);
}

/**
 * Takes the entry of a page that the server drew, which may be older than what was heard live since. Block
 * and mute have no revision to tell by: what is known stands, and a sync settles it.
 */
export function receiveSeed(
  conversation: ConversationState,
  drawn: ConversationEntry,
  viewerId: string,
): ConversationState {
  const { entry } = conversation;
  if (!entry || hasSameSettings(drawn, entry)) return receiveEntry(conversation, drawn, viewerId);
  return markStale(receiveEntry(conversation, { ...drawn, ...pickSettings(entry) }, viewerId));
}

/** Joins cursors; one's own may carry the unread count that goes with it. */
export function receiveCursor(
  conversation: ConversationState,
  cursor: Omit<CursorEvent, 'conversationId'>,
  viewerId: string,
): ConversationState {
  const { entry } = conversation;
  if (!entry) return conversation;
  const cursors = mergeCursors(entry.cursors, [cursor]);
  const known = getCursors(entry, viewerId).readSeq;
  if (cursor.userId !== viewerId || cursor.readSeq < known) {
    return cursors === entry.cursors ? conversation : { ...conversation, entry: { ...entry, cursors } };
  }
  if (cursor.readSeq === known && cursor.unread === undefined) {
    return cursors === entry.cursors ? conversation : { ...conversation, entry: { ...entry, cursors } };
  }
  const bound = Math.max(0, entry.lastSeq - cursor.readSeq);
  const unread = Math.min(cursor.unread ?? entry.unread, bound);
  // The count and the messages travel apart, so only "nothing left" is certain.
  return reconcile({ ...conversation, entry: { ...entry, cursors, unread } }, viewerId, bound === 0);
}

/** Takes where a conversation stands on the server. */
export function receiveHead(
  conversation: ConversationState,
  head: Heads[string],
  viewerId: string,
): ConversationState {
  // One that the viewer deleted is not listed, so nothing of it is missed.
  if (head.marks?.removed && !conversation.entry && !conversation.window) return conversation;
  const heard = hearOfMarks(hearOf(conversation, head.revision), head.marks);
  const next = head.cursors.reduce((next, cursor) => receiveCursor(next, cursor, viewerId), heard);
  return next.marks === conversation.marks ? next : reconcile(next, viewerId, true);
}

/** Reads up to `seq` at once, before the server knows. */
export function markRead(conversation: ConversationState, seq: number, viewerId: string): ConversationState {
  const { entry, window } = conversation;
  if (!entry) return conversation;
  const own = getCursors(entry, viewerId);
  const readSeq = Math.min(seq, entry.lastSeq);
  if (readSeq <= own.readSeq) return conversation;
  const cursors = mergeCursors(entry.cursors, [{ userId: viewerId, deliveredSeq: readSeq, readSeq }]);
  const messages = window?.messages ?? [];
  const seen = countUnread(messages, viewerId, own.readSeq, readSeq);
  const isAll = readSeq === entry.lastSeq;
  const unread = isAll ? 0 : Math.max(0, entry.unread - seen);
  // Of what was read without being loaded, nobody knows how much was unread.
  const fromSeq = Math.max(own.readSeq, conversation.marks.clearedSeq) + 1;
  const isLoaded = (messages[0]?.seq ?? 0) <= fromSeq && (messages.at(-1)?.seq ?? 0) >= readSeq;
  return reconcile({ ...conversation, entry: { ...entry, cursors, unread } }, viewerId, isAll || isLoaded);
}
