import { toQuote } from '#lib/chat/preview.ts';
import { changeReactions } from '#lib/chat/reactions.ts';
import type { Message, Quote } from '#lib/chat/types.ts';
import type { ConversationState, PendingChange, PendingItem } from '../state.ts';
import { findInWindow } from './window.ts';

/** The changes on their way, in the order in which they were made. A refused one changes nothing. */
export function listChanges(pending: readonly PendingItem[]): PendingChange[] {
  return pending.filter((item): item is PendingChange => item.kind !== 'send' && item.state === 'sending');
}

/** What a message, a quote and a preview have in common. */
type Said = { seq: number; body: string; deletedAt?: string };

/** The text with the changes on their way; the same object when there are none of it. */
export function changeText<T extends Said>(said: T, changes: readonly PendingChange[]): T {
  // Once it is deleted there is no text to bring back, only the server has it.
  if (said.deletedAt) return said;
  let next = said;
  let deletedAt: string | undefined;
  for (const change of changes) {
    if (change.seq !== said.seq) continue;
    if (change.kind === 'edit') next = { ...next, body: change.text };
    else if (change.kind === 'delete') deletedAt = change.createdAt;
    else if (change.kind === 'undelete') deletedAt = undefined;
  }
  return deletedAt ? { ...next, body: '', deletedAt } : next;
}

/** The message and what it quotes, with the changes on their way; the same object when there are none of either. */
export function changeMessage(
  message: Message,
  changes: readonly PendingChange[],
  viewerId: string,
): Message {
  const isAbout = ({ seq }: PendingChange) => seq === message.seq || seq === message.replyToSeq;
  if (!changes.some(isAbout)) return message;
  const { reactions = [], replyTo, ...said } = changeText(message, changes);
  if (said.deletedAt) {
    const { replyToSeq: _, editedAt: __, ...deleted } = said;
    return deleted;
  }
  let reacted = reactions;
  for (const change of changes) {
    if (change.kind !== 'react' || change.seq !== message.seq) continue;
    reacted = changeReactions(reacted, { ...change, userId: viewerId });
  }
  return {
    ...said,
    ...(reacted.length > 0 && { reactions: reacted }),
    ...(replyTo && { replyTo: changeText(replyTo, changes) }),
  };
}

/** The newest version of a message that this client holds; undefined where it holds none. */
export function findMessage({ window, pending }: ConversationState, seq: number): Message | undefined {
  let found = findInWindow(window, seq);
  for (const { stored } of pending) {
    if (stored?.seq === seq && stored.revision > (found?.revision ?? 0)) found = stored;
  }
  return found;
}

/** The same as the viewer wants it. */
export function findChanged(
  conversation: ConversationState,
  seq: number,
  viewerId: string,
): Message | undefined {
  const found = findMessage(conversation, seq);
  return found && changeMessage(found, listChanges(conversation.pending), viewerId);
}

/** What a reply to a message shows of it. */
export function findQuote(conversation: ConversationState, seq: number, viewerId: string): Quote | undefined {
  const found = findChanged(conversation, seq, viewerId);
  return found && toQuote(found);
}
