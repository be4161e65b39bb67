'use client';

import { createContext, useCallback, useContext, useMemo, useSyncExternalStore } from 'react';
import type { ConversationEntry, Quote } from '../chat/types.ts';
import type { ChatClient } from './client.ts';
import { type Draft, EMPTY_DRAFT } from './outbox/draft.ts';
import type { ChatState } from './state.ts';
import type { ChatActions, ConnectionStatus, ConversationSeed } from './types.ts';
import {
  createQuoteSelector,
  createRowSelector,
  createViewSelector,
  selectUnsentCount,
} from './views/selectors.ts';
import type { ConversationView, RowSigns } from './views/view.ts';

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
  return useChatState(useClient().select.waitingCount);
}

/** Tells, when asked, how many messages and drafts a log-out would delete; renders nothing anew. */
export function useUnsentCounter(): () => number {
  const { store } = useClient();
  return useCallback(() => selectUnsentCount(store.getState()), [store]);
}

/** All known conversations, newest activity first. */
export function useConversationList(): ConversationEntry[] {
  return useChatState(useClient().select.list);
}

/** The list entry of a conversation; null while it is not known. */
export function useEntry(conversationId: string): ConversationEntry | null {
  return useChatState((state) => state.conversations[conversationId]?.entry ?? null);
}

/** Unread messages over all known conversations. */
export function useTotalUnread(): number {
  return useChatState(useClient().select.totalUnread);
}

/** What a row of the list shows beside its entry. */
export function useRowSigns(conversationId: string): RowSigns {
  return useChatState(useMemo(() => createRowSelector(conversationId), [conversationId]));
}

/** What a reply to a message shows of it; null where that is not loaded, or nothing is answered. */
export function useQuote(conversationId: string, seq: number | undefined): Quote | null {
  return useChatState(useMemo(() => createQuoteSelector(conversationId, seq), [conversationId, seq]));
}

/** The draft of a conversation, also as another tab of the same account changes it. */
export function useDraft(conversationId: string): Draft {
  return useChatState((state) => state.drafts[conversationId] ?? EMPTY_DRAFT);
}

/**
 * One conversation as a screen shows it.
 *
 * Until the conversation is open the view is derived from `seed`, so that the server's HTML and the first
 * render in the browser show the same; pass the same seed to `open` in an effect.
 */
export function useConversation(conversationId: string, seed?: ConversationSeed): ConversationView {
  const select = useMemo(() => createViewSelector(conversationId, seed), [conversationId, seed]);
  return useChatState(select);
}
