import { UNREAD_LIMIT } from '#lib/chat/sizes.ts';
import type { Message } from '#lib/chat/types.ts';
import type { ConversationState, MessageWindow, PendingMessage } from '../state.ts';
import { getCursors } from './entry.ts';
import { markStale } from './revision.ts';

/** Notes which pending messages the server has; they leave once the window shows them, or cannot. */
export function noteStored(
  conversation: ConversationState,
  messages: readonly Message[],
  viewerId: string,
): ConversationState {
  if (conversation.pending.length === 0) return conversation;
  const own = new Map(messages.filter((m) => m.senderId === viewerId).map((m) => [m.clientId, m]));
  const pending = conversation.pending.map((item): PendingMessage => {
    const stored = own.get(item.clientId);
    return stored ? { ...item, stored, state: 'sending', errorCode: undefined } : item;
  });
  return pending.some((item, index) => item !== conversation.pending[index])
    ? { ...conversation, pending }
    : conversation;
}

/** Counts exactly where the window allows it, drops pending messages that the log shows now. */
export function reconcile(
  conversation: ConversationState,
  viewerId: string,
  isExact: boolean,
): ConversationState {
  let next = dropStored(conversation, viewerId);
  const counted = countFromWindow(next, viewerId);
  if (counted === null) return isExact ? next : markStale(next);
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
  const { window } = conversation;
  const pending = conversation.pending.filter(
    ({ clientId, stored }) =>
      !isShown(window, clientId, viewerId) && !(stored && isPast(window, stored.revision)),
  );
  return pending.length === conversation.pending.length ? conversation : { ...conversation, pending };
}

function isShown(window: MessageWindow | null, clientId: string, viewerId: string): boolean {
  return window?.messages.some((m) => m.clientId === clientId && m.senderId === viewerId) ?? false;
}

/** True when no later change can bring the message into the window. */
function isPast(window: MessageWindow | null, revision: number): boolean {
  return !window || window.hasAfter || window.revision >= revision;
}
