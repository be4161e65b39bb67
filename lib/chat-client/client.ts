import type { ConversationEntry } from '../chat/types.ts';
import { createConnection } from './connection.ts';
import { createDraftStorage, type DraftStorage } from './draft-storage.ts';
import { watchPage } from './lifecycle.ts';
import { createLive, type Live } from './live.ts';
import { createOutboxStorage, type OutboxStorage } from './outbox-storage.ts';
import { type ChatStore, createChatStore } from './store.ts';
import type { Transport } from './transport.ts';
import type { ChatActions, Viewer } from './types.ts';

/** One person's chat in one tab. */
export type ChatClient = {
  store: ChatStore;
  actions: ChatActions;
  /** Connects; returns what ends everything again. May be called once more after that. */
  start(onSessionEnded: () => void): () => void;
};

type Options = {
  viewer: Viewer;
  initialConversations: readonly ConversationEntry[];
  /** Ports to the outside; tests put their own here. */
  createTransport?: (userId: string) => Transport;
  createStorage?: (userId: string) => OutboxStorage;
  createDrafts?: (userId: string) => DraftStorage;
  watch?: typeof watchPage;
};

/** Makes a client. Touches neither network, storage nor window before `start` or an action. */
export function createChatClient({
  viewer,
  initialConversations,
  createTransport = (userId) => createConnection(userId),
  createStorage = createOutboxStorage,
  createDrafts = createDraftStorage,
  watch = watchPage,
}: Options): ChatClient {
  const store = createChatStore(viewer, initialConversations);
  let live: Live | null = null;
  const makeLive = () =>
    createLive(
      { store, transport: createTransport(viewer.userId) },
      createStorage(viewer.userId),
      createDrafts(viewer.userId),
    );
  // Effects of child components run before the provider's, so an action may be what comes first.
  const getLive = () => (live ??= makeLive());

  const actions: ChatActions = {
    open: (id, seed) => getLive().rooms.open(id, seed),
    loadBefore: (id) => void getLive().rooms.load(id, 'before'),
    loadAfter: (id) => void getLive().rooms.load(id, 'after'),
    jumpTo: (id, seq) => getLive().rooms.jumpTo(id, seq),
    jumpToNewest: (id) => getLive().rooms.jumpToNewest(id),
    send(id, text) {
      const body = text.normalize('NFC').trim();
      if (!body) return null;
      const { outbox, typing } = getLive();
      typing.reset(id);
      return outbox.send(id, body);
    },
    retry: (id, clientId) => getLive().outbox.retry(id, clientId),
    discard: (id, clientId) => getLive().outbox.discard(id, clientId),
    markRead: (id, seq) => getLive().receipts.read(id, seq),
    setTyping: (id) => getLive().typing.tell(id),
    getDraft: (id) => store.getState().drafts[id] ?? '',
    setDraft: (id, text) => getLive().outbox.setDraft(id, text),
    addConversation: (entry) => store.dispatch({ type: 'entries:received', entries: [entry] }),
  };

  return {
    store,
    actions,
    start(onSessionEnded) {
      if (live?.isStopped()) live = null;
      const current = getLive();
      current.start(onSessionEnded);
      const unwatch = watch({ wake: current.wake, leave: current.leave });
      return () => {
        unwatch();
        current.stop();
      };
    },
  };
}
