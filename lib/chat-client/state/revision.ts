import type { ConversationState } from '../state.ts';

/** The revision up to which both the entry and the window of a conversation are current. */
export function getAppliedRevision({ entry, window, headRevision }: ConversationState): number {
  return Math.min(entry?.revision ?? headRevision, window?.revision ?? Number.POSITIVE_INFINITY);
}

/** True while the server knows something about the conversation that this client lacks. */
export function needsSync(conversation: ConversationState): boolean {
  return needsMarks(conversation) || needsChanges(conversation);
}

/** True while an open conversation lacks some of the viewer's marks. */
export function needsMarks({ window, marks, marksHead, opening }: ConversationState): boolean {
  return window !== null && marks.revision < marksHead && opening !== 'not_found';
}

function needsChanges(conversation: ConversationState): boolean {
  if (conversation.opening === 'not_found') return false;
  if (!conversation.entry) return conversation.headRevision > 0 || conversation.window !== null;
  return conversation.staleMark > 0 || getAppliedRevision(conversation) < conversation.headRevision;
}

/** Notes that something changed at `revision`. */
export function hearOf(conversation: ConversationState, revision: number): ConversationState {
  return revision > conversation.headRevision ? { ...conversation, headRevision: revision } : conversation;
}

/** Asks for a sync, whatever the revisions say. An answer ends it only if nothing was marked since. */
export function markStale(conversation: ConversationState): ConversationState {
  return { ...conversation, staleMark: conversation.staleMark + 1 };
}
