import type { SyncPage } from '#lib/chat/types.ts';
import { type ConversationState, NOTHING_LOADING } from '../state.ts';
import { receiveEntry } from './conversation.ts';
import { forgetMarks, receiveMarks } from './marks.ts';
import { noteStored, reconcile } from './reconcile.ts';
import { hearOf } from './revision.ts';
import { advanceWindow, createWindow } from './window.ts';

/** Takes the answer to a sync that asked from `afterRevision` when the stale mark was `staleMark`. */
export function receiveSync(
  conversation: ConversationState,
  answer: { afterRevision: number; staleMark: number; page: SyncPage; windowId: number },
  viewerId: string,
): ConversationState {
  const { page, afterRevision } = answer;
  // The server's log is shorter than what this client has seen: it was restored.
  const isRestored = page.reset && page.revision < afterRevision;
  // An answer from before a change that came meanwhile does not make current what is stale now.
  const isCurrent = isRestored || page.conversation.revision >= (conversation.entry?.revision ?? 0);
  let next =
    isCurrent && conversation.staleMark === answer.staleMark
      ? { ...conversation, staleMark: 0 }
      : conversation;
  if (isRestored) {
    next = { ...next, entry: page.conversation, headRevision: page.revision, window: null };
    next = forgetMarks(next, page.conversation.marks?.revision ?? 0);
    if (page.marks) next = receiveMarks(next, page.marks, viewerId);
    if (conversation.window) next = replaceWindow(next, answer.windowId, page);
    return reconcile(next, viewerId, true);
  }
  next = noteStored(next, page.reset ? page.messages : page.changes, viewerId);
  if (page.reset && page.marks) next = receiveMarks(next, page.marks, viewerId);
  next = receiveEntry(next, page.conversation, viewerId);
  next = hearOf(next, Math.max(page.revision, page.conversation.revision));
  const { window } = next;
  if (window && page.reset && window.revision < page.revision) {
    next = replaceWindow(next, answer.windowId, page);
  } else if (window && !page.reset && afterRevision <= window.revision) {
    const revision = Math.max(window.revision, page.revision);
    next = { ...next, window: advanceWindow(window, page.changes, revision) };
  }
  return reconcile(next, viewerId, true);
}

function replaceWindow(conversation: ConversationState, id: number, page: SyncPage & { reset: true }) {
  const { messages, pins, revision } = page;
  const first = messages[0];
  const clearedSeq = page.conversation.marks?.clearedSeq ?? 0;
  const more = { before: first !== undefined && first.seq > clearedSeq + 1, after: false };
  const window = createWindow(id, { messages, more, pins, revision });
  return { ...conversation, window, loading: NOTHING_LOADING, loadFailed: undefined };
}
