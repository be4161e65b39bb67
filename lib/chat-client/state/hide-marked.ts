import { hideMessages, hideText, isHidden } from '#lib/chat/hide-messages.ts';
import type { ConversationEntry, Pin } from '#lib/chat/types.ts';
import type { ConversationState } from '../state.ts';

/** Takes out of what is shown what the marks hide of it. */
export function hideMarked(conversation: ConversationState): ConversationState {
  const { marks } = conversation;
  if (marks.clearedSeq === 0 && marks.hidden.size === 0) return conversation;
  const window = hideInWindow(conversation);
  const entry = hideInEntry(conversation);
  const isSame = window === conversation.window && entry === conversation.entry;
  return isSame ? conversation : { ...conversation, window, entry };
}

function hideInWindow({ window, marks, entry }: ConversationState): ConversationState['window'] {
  if (!window) return window;
  const { clearedSeq } = marks;
  const messages = hideMessages(window.messages, marks);
  const isLeft = ({ seq }: Pin) => !isHidden(marks, seq);
  const pins = window.pins.every(isLeft) ? window.pins : window.pins.filter(isLeft);
  const first = window.messages[0]?.seq;
  const hasBefore = window.hasBefore && first !== undefined && first > clearedSeq + 1;
  // Of one that lay wholly below, nothing is left; what was said since, as far as is known by then, lies after it.
  const isAll = entry !== null && entry.revision >= window.revision && entry.lastSeq <= clearedSeq;
  const hasAfter = window.hasAfter && (messages.length > 0 || !isAll);
  const isSame =
    messages === window.messages &&
    pins === window.pins &&
    hasBefore === window.hasBefore &&
    hasAfter === window.hasAfter;
  return isSame ? window : { ...window, messages, pins, hasBefore, hasAfter };
}

function hideInEntry({ entry, marks }: ConversationState): ConversationEntry | null {
  const last = entry?.lastMessage;
  if (!entry || !last || !isHidden(marks, last.seq)) return entry;
  // Which message stands there instead is asked; nothing does below what was cleared.
  const lastMessage = last.seq <= marks.clearedSeq ? null : hideText(last);
  return lastMessage === last ? entry : { ...entry, lastMessage };
}
