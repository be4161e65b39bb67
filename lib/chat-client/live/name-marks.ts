import type { ChatStore } from '../store.ts';

/** Tells a page which marks this client knows, so that it brings them only when there are others. */
export function nameMarks(store: ChatStore, conversationId: string): { marksRevision?: number } {
  const revision = store.getState().conversations[conversationId]?.marks.revision ?? 0;
  return revision > 0 ? { marksRevision: revision } : {};
}
