import { parseConversationId } from './conversation-id.ts';

const listeners = new Map<string, () => void>();

/** Shows the newest message of the conversation at `path`, if that conversation is open. */
export function showEnd(path: string): void {
  listeners.get(parseConversationId(path) ?? '')?.();
}

/** Calls `listener` when the open conversation is to show its newest message; returns what ends that. */
export function onShowEnd(conversationId: string, listener: () => void): () => void {
  listeners.set(conversationId, listener);
  return () => {
    if (listeners.get(conversationId) === listener) listeners.delete(conversationId);
  };
}
