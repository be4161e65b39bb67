import { isHidden } from '#lib/chat/hide-messages.ts';
import { isMark } from '../outbox/outbox-item.ts';
import type { ConversationState, PendingChange } from '../state.ts';

/** A conversation's marks with those on their way laid over them, in the order in which they were made. */
export function layMarks({ marks }: ConversationState, changes: readonly PendingChange[]) {
  const wanted = changes.filter(isMark);
  if (wanted.length === 0) return marks;
  let { clearedSeq } = marks;
  const starred = new Set(marks.starred);
  const hidden = new Set(marks.hidden);
  for (const item of wanted) {
    if (item.kind === 'clear') clearedSeq = Math.max(clearedSeq, item.seq);
    else if (item.kind === 'hide') hidden.add(item.seq);
    else if (item.on) starred.add(item.seq);
    else starred.delete(item.seq);
  }
  const hides = { clearedSeq, hidden };
  return { ...hides, starred: new Set([...starred].filter((seq) => !isHidden(hides, seq))) };
}
