import { type ChatState, type ConversationState, createConversationState } from '../state.ts';

/** Changes one conversation, which is made when it is not known; the same state when nothing in it changes. */
export function updateConversation(
  state: ChatState,
  conversationId: string,
  update: (conversation: ConversationState) => ConversationState,
): ChatState {
  const conversation = state.conversations[conversationId] ?? createConversationState(conversationId);
  const next = update(conversation);
  if (next === conversation) return state;
  return { ...state, conversations: { ...state.conversations, [conversationId]: next } };
}

/** Changes many conversations in one step: what watches the state sees all of it at once. */
export function updateConversations<T>(
  state: ChatState,
  changes: readonly (readonly [conversationId: string, change: T])[],
  update: (conversation: ConversationState, change: T) => ConversationState,
): ChatState {
  const conversations = { ...state.conversations };
  let hasChanged = false;
  for (const [conversationId, change] of changes) {
    const conversation = conversations[conversationId] ?? createConversationState(conversationId);
    const next = update(conversation, change);
    if (next === conversation) continue;
    conversations[conversationId] = next;
    hasChanged = true;
  }
  return hasChanged ? { ...state, conversations } : state;
}

export function updateAllConversations(
  state: ChatState,
  update: (conversation: ConversationState) => ConversationState,
): ChatState {
  return updateConversations(state, Object.entries(state.conversations), update);
}
