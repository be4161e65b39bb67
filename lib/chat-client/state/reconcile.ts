import { isHidden } from '#lib/chat/hide-messages.ts';
import { toPreview } from '#lib/chat/preview.ts';
import { UNREAD_LIMIT } from '#lib/chat/sizes.ts';
import type { Message } from '#lib/chat/types.ts';
import type { ConversationState, MessageWindow, PendingItem } from '../state.ts';
import { getCursors } from './entry.ts';
import { hideMarked } from './hide-marked.ts';
import { getAppliedRevision, markStale } from './revision.ts';

/** Notes which pending messages the server has; they leave once the window shows them, or cannot. */
export function noteStored(
  conversation: ConversationState,
  messages: readonly Message[],
  viewerId: string,
): ConversationState {
  if (conversation.pending.length === 0) return conversation;
  const own = new Map(messages.filter((m) => m.senderId === viewerId).map((m) => [m.clientId, m]));
  const pending = conversation.pending.map((item): PendingItem => {
    const stored = own.get(item.clientId);
    return stored ? { ...item, stored, state: 'sending', errorCode: undefined } : item;
  });
  return pending.some((item, index) => item !== conversation.pending[index])
    ? { ...conversation, pending }
    : conversation;
}

/** Tells exactly what the window allows to tell, drops pending items that the log shows now. */
export function reconcile(
  conversation: ConversationState,
  viewerId: string,
  isExact: boolean,
): ConversationState {
  const kept = dropStored(conversation, viewerId);
  const next = hideMarked(kept);
  const { entry } = next;
  const told = tellFromWindow(next, viewerId);
  const isKnown = isExact && (entry === kept.entry || entry?.lastMessage === null);
  if (!entry || !told) return isKnown ? next : markStale(next);
  const { unread, newest } = told;
  if (unread === entry.unread && newest?.seq === entry.lastMessage?.seq) return next;
  const lastMessage =
    newest?.seq === entry.lastMessage?.seq ? entry.lastMessage : newest && toPreview(newest);
  return { ...next, entry: { ...entry, unread, lastMessage } };
}

/**
 * The unread count and the newest message that is shown, when the window holds every message above the read cursor
 * and one that is shown, else null.
 */
function tellFromWindow(
  { entry, window, marks }: ConversationState,
  viewerId: string,
): { unread: number; newest: Message | null } | null {
  if (!entry || !window || window.hasAfter || window.revision !== entry.revision) return null;
  const { clearedSeq } = marks;
  const readSeq = Math.max(getCursors(entry, viewerId).readSeq, clearedSeq);
  const { messages } = window;
  const first = messages[0];
  if ((messages.at(-1)?.seq ?? clearedSeq) !== entry.lastSeq) return null;
  if (first && first.seq > readSeq + 1) return null;
  const newest = messages.findLast(({ vanished }) => !vanished) ?? null;
  if (!newest && window.hasBefore) return null;
  const unread = countUnread(messages, viewerId, readSeq, entry.lastSeq);
  return { unread: Math.min(UNREAD_LIMIT, unread), newest };
}

/** Others' messages above `after`, up to `upTo`. */
export function countUnread(
  messages: readonly Message[],
  viewerId: string,
  after: number,
  upTo: number,
): number {
  let count = 0;
  for (let index = messages.length - 1; index >= 0; index--) {
    const message = messages[index] as Message;
    if (message.seq <= after) break;
    if (message.seq <= upTo && message.senderId !== viewerId && !message.deletedAt) count++;
  }
  return count;
}

function dropStored(conversation: ConversationState, viewerId: string): ConversationState {
  if (conversation.pending.length === 0) return conversation;
  const { window, marks } = conversation;
  const pending = conversation.pending.filter(({ kind, clientId, stored }) => {
    if (stored && isHidden(marks, stored.seq)) return false;
    if (kind !== 'send') return !stored || getAppliedRevision(conversation) < stored.revision;
    return !isShown(window, clientId, viewerId) && !(stored && isPast(window, stored.revision));
  });
  return pending.length === conversation.pending.length ? conversation : { ...conversation, pending };
}

function isShown(window: MessageWindow | null, clientId: string, viewerId: string): boolean {
  return window?.messages.some((m) => m.clientId === clientId && m.senderId === viewerId) ?? false;
}

/** True when no later change can bring the message into the window. */
function isPast(window: MessageWindow | null, revision: number): boolean {
  return !window || window.hasAfter || window.revision >= revision;
}
