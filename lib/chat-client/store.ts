import { createStore, type StoreApi } from 'zustand/vanilla';
import type { ConversationEntry } from '../chat/types.ts';
import { reduce } from './reducer.ts';
import { type ChatState, createInitialState } from './state.ts';
import type { StoreEvent } from './store-event.ts';
import type { Viewer } from './types.ts';

/** The client's state; it changes through `dispatch` only. */
export type ChatStore = Pick<StoreApi<ChatState>, 'getState' | 'getInitialState' | 'subscribe'> & {
  dispatch(event: StoreEvent): void;
};

export function createChatStore(viewer: Viewer, entries: readonly ConversationEntry[]): ChatStore {
  const store = createStore<ChatState>(() => createInitialState(viewer, entries));
  const { getState, getInitialState, subscribe } = store;
  return {
    getState,
    getInitialState,
    subscribe,
    dispatch: (event) => store.setState((state) => reduce(state, event), true),
  };
}
