import type { ChatStore } from '../store.ts';

/** Conversations whose messages stay in memory, so that going back to them is instant. */
const MAX_WINDOWS = 30;
/** The most recent of them keep all that was loaded; the others so many messages. */
const MAX_LONG_WINDOWS = 5;
const TRIMMED_SIZE = 400;

/** Makes the function that notes the use of a conversation, and frees the memory of those used longest ago. */
export function createWindowKeeper(store: ChatStore): (conversationId: string) => void {
  /** Least recently used first. */
  const used = new Set<string>();
  const countLoaded = (id: string) => store.getState().conversations[id]?.window?.messages.length ?? 0;

  return (conversationId) => {
    used.delete(conversationId);
    used.add(conversationId);
    for (const id of [...used].slice(0, -MAX_WINDOWS)) {
      used.delete(id);
      store.dispatch({ type: 'window:dropped', conversationId: id });
    }
    for (const id of [...used].slice(0, -MAX_LONG_WINDOWS)) {
      if (countLoaded(id) <= TRIMMED_SIZE) continue;
      store.dispatch({ type: 'window:trimmed', conversationId: id, size: TRIMMED_SIZE });
    }
  };
}
