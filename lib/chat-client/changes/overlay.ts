import { hideIn, isHidden } from '#lib/chat/hide-messages.ts';
import { changePin, toPin } from '#lib/chat/pins.ts';
import { toPreview, toQuote } from '#lib/chat/preview.ts';
import { changeReactions } from '#lib/chat/reactions.ts';
import type { Message, Pin } from '#lib/chat/types.ts';
import { isMark } from '../outbox/outbox-item.ts';
import { findInWindow } from '../state/window.ts';
import type { ConversationState, Layer, PendingChange } from '../state.ts';
import { layMarks } from './pending-marks.ts';

/** What a message, a quote and a preview have in common. */
type Said = { seq: number; body: string; deletedAt?: string };

/** Lays the changes on their way, in the order in which they were made, over what is stored of a conversation. */
export function createLayer(conversation: ConversationState, viewerId: string): Layer {
  // A refused one changes nothing.
  const changes = conversation.pending.filter(
    (item): item is PendingChange => item.kind !== 'send' && item.state === 'sending',
  );
  const marks = layMarks(conversation, changes);
  const change = (message: Message) => changeMessage(hideIn(message, marks), changes, viewerId);
  return {
    change,
    newest(last) {
      if (!isHidden(marks, last.seq)) return changeText(last, changes);
      const { window } = conversation;
      const shown = window?.messages.findLast(({ seq, vanished }) => !vanished && !isHidden(marks, seq));
      return shown && !window?.hasAfter ? toPreview(change(shown)) : null;
    },
    isStarred: (seq) => marks.starred.has(seq),
    isHidden: (seq) => isHidden(marks, seq),
    clearedSeq: marks.clearedSeq,
    isChanging: (seq) =>
      changes.some((item) => item.kind === 'edit' && item.seq === seq && item.stored === undefined),
    listPins: () => listPins(conversation, changes, viewerId).filter(({ seq }) => !isHidden(marks, seq)),
    quote(seq) {
      const found = findMessage(conversation, seq);
      return found && toQuote(change(found));
    },
  };
}

function listPins(
  conversation: ConversationState,
  changes: readonly PendingChange[],
  viewerId: string,
): Pin[] {
  let pins = conversation.window?.pins ?? [];
  for (const change of changes) {
    if (change.kind !== 'pin' || change.on === pins.some(({ seq }) => seq === change.seq)) continue;
    const message = findMessage(conversation, change.seq);
    const pin = message && !message.deletedAt && toPin(changePin(message, toWantedPin(change, viewerId)));
    pins = change.on && pin ? [pin, ...pins] : pins.filter(({ seq }) => seq !== change.seq);
  }
  return pins
    .map((pin): Pin & { deletedAt?: string } => changeText(pin, changes))
    .filter(({ deletedAt }) => !deletedAt);
}

function toWantedPin({ on, createdAt }: PendingChange & { kind: 'pin' }, viewerId: string) {
  return on ? { pinnedAt: createdAt, pinnedBy: viewerId } : null;
}

/** The newest version of a message that this client holds; undefined where it holds none. */
export function findMessage({ window, pending }: ConversationState, seq: number): Message | undefined {
  let found = findInWindow(window, seq);
  for (const { stored } of pending) {
    if (stored?.seq === seq && stored.revision > (found?.revision ?? 0)) found = stored;
  }
  return found;
}

function changeText<T extends Said>(said: T, changes: readonly PendingChange[]): T {
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

function changeMessage(message: Message, changes: readonly PendingChange[], viewerId: string): Message {
  const isAbout = (item: PendingChange) =>
    !isMark(item) && (item.seq === message.seq || item.seq === message.replyToSeq);
  if (message.vanished || !changes.some(isAbout)) return message;
  const { reactions = [], replyTo, ...said } = changeText(message, changes);
  if (said.deletedAt) {
    const { replyToSeq: _, editedAt: __, forwarded: ___, ...deleted } = said;
    return changePin(deleted, null);
  }
  let reacted = reactions;
  let pinned: Message = said;
  for (const change of changes) {
    if (change.seq !== message.seq) continue;
    if (change.kind === 'react') reacted = changeReactions(reacted, { ...change, userId: viewerId });
    else if (change.kind === 'pin') pinned = changePin(pinned, toWantedPin(change, viewerId));
  }
  return {
    ...pinned,
    ...(reacted.length > 0 && { reactions: reacted }),
    ...(replyTo && { replyTo: changeText(replyTo, changes) }),
  };
}
