'use client';

import { createContext, useContext, useMemo, useSyncExternalStore } from 'react';
import type { ConversationEntry } from '../chat/types.ts';
import type { ChatClient } from './client.ts';
import {
  createViewSelector,
  selectConversationList,
  selectTotalUnread,
  selectWaitingCount,
} from './selectors.ts';
import type { ChatState } from './state.ts';
import type { ChatActions, ConnectionStatus, ConversationSeed, ConversationView } from './types.ts';

export const ChatContext = createContext<ChatClient | null>(null);

function useClient(): ChatClient {
  const client = useContext(ChatContext);
  if (!client) throw new Error('ChatProvider is missing above this component');
  return client;
}

/** Reads with a selector that returns stable references; renders on the server from the initial state. */
function useChatState<T>(select: (state: ChatState) => T): T {
  const { store } = useClient();
  return useSyncExternalStore(
    store.subscribeDrawing,
    () => select(store.getState()),
    () => select(store.getInitialState()),
  );
}

const selectConnection = (state: ChatState) => state.connection;

/** The store's actions; the same object for the provider's whole life. */
export function useChat(): ChatActions {
  return useClient().actions;
}

export function useConnection(): ConnectionStatus {
  return useChatState(selectConnection);
}

/** How many of the viewer's messages wait to be sent (failed ones do not wait). */
export function useWaitingCount(): number {
  return useChatState(selectWaitingCount);
}

/** All known conversations, newest activity first. */
export function useConversationList(): ConversationEntry[] {
  return useChatState(selectConversationList);
}

/** The list entry of a room; null while it is not known. */
export function useEntry(conversationId: string): ConversationEntry | null {
  return useChatState((state) => state.conversations[conversationId]?.entry ?? null);
}

/** Unread messages over all known conversations. */
export function useTotalUnread(): number {
  return useChatState(selectTotalUnread);
}

/** The draft of a room, also as another tab of the same account changes it. */
export function useDraft(conversationId: string): string {
  return useChatState((state) => state.drafts[conversationId] ?? '');
}

/**
 * One conversation as a screen shows it.
 *
 * Until the room is open the view is derived from `seed`, so that the server's HTML and the first
 * render in the browser show the same; pass the same seed to `open` in an effect.
 */
export function useConversation(conversationId: string, seed?: ConversationSeed): ConversationView {
  const select = useMemo(() => createViewSelector(conversationId, seed), [conversationId, seed]);
  return useChatState(select);
}
