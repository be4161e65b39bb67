import { createStore, type StoreApi } from 'zustand/vanilla';
import type { ConversationEntry } from '../chat/types.ts';
import { createFrames } from './live/frames.ts';
import { reduce } from './reducer.ts';
import { type ChatState, createInitialState } from './state.ts';
import type { StoreEvent } from './store-event.ts';
import type { Viewer } from './types.ts';

/** The client's state; it changes through `dispatch` only. */
export type ChatStore = Pick<StoreApi<ChatState>, 'getState' | 'getInitialState' | 'subscribe'> & {
  dispatch(event: StoreEvent): void;
  /**
   * As `subscribe`, for what draws: what streams in from the server is told once for each frame, so that a
   * busy conversation costs a slow machine no more renders than it has frames; all else at once.
   */
  subscribeDrawing(listener: () => void): () => void;
};

const STREAMED = new Set<StoreEvent['type']>([
  'message:changed',
  'cursor:moved',
  'heads:received',
  'entries:received',
  'presence:changed',
  'typing:started',
  'typing:stopped',
  'sync:loaded',
]);

export function createChatStore(viewer: Viewer, entries: readonly ConversationEntry[]): ChatStore {
  const store = createStore<ChatState>(() => createInitialState(viewer, entries));
  const { getState, getInitialState, subscribe } = store;
  const frames = createFrames();
  return {
    getState,
    getInitialState,
    subscribe,
    subscribeDrawing: frames.subscribe,
    dispatch(event) {
      const before = getState();
      store.setState((state) => reduce(state, event), true);
      if (getState() === before) return;
      if (STREAMED.has(event.type)) frames.soon();
      else frames.now();
    },
  };
}
