import type { ConversationEntry } from '../chat/types.ts';
import { normalizeBody } from '../text/normalize.ts';
import { isVisible } from '../text/visible.ts';
import type { Changes } from './changes/changes.ts';
import { createConnection } from './connection/connection.ts';
import { watchPage } from './connection/lifecycle.ts';
import { createPageReload } from './connection/page-reload.ts';
import type { Transport } from './connection/transport.ts';
import { createLive, type Live } from './live/live.ts';
import { createDraftStorage, type DraftStorage } from './outbox/draft-storage.ts';
import type { ImportChanges } from './outbox/load-changes.ts';
import { createOutboxStorage, type OutboxStorage } from './outbox/outbox-storage.ts';
import { type ChatStore, createChatStore } from './store.ts';
import type { ChatActions, Viewer } from './types.ts';
import { createListSelectors, type ListSelectors } from './views/list-selectors.ts';

/** One person's chat in one tab. */
export type ChatClient = {
  store: ChatStore;
  /** What is told of all conversations together. */
  select: ListSelectors;
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
  createReload?: typeof createPageReload;
  importChanges?: ImportChanges;
};

/** Makes a client. Touches neither network, storage nor window before `start` or an action. */
export function createChatClient({
  viewer,
  initialConversations,
  createTransport = (userId) => createConnection(userId),
  createStorage = createOutboxStorage,
  createDrafts = createDraftStorage,
  watch = watchPage,
  createReload = createPageReload,
  importChanges = () => import('./changes/changes.ts'),
}: Options): ChatClient {
  const store = createChatStore(viewer, initialConversations);
  let live: Live | null = null;
  let isLeaving = false;
  const makeLive = () =>
    createLive(
      { store, transport: createTransport(viewer.userId) },
      createStorage(viewer.userId),
      createDrafts(viewer.userId),
      createReload,
      importChanges,
    );
  // Effects of child components run before the provider's, so an action may be what comes first.
  const getLive = () => (live ??= makeLive());

  const setLeaving = (is: boolean) => {
    isLeaving = is;
  };

  return {
    store,
    select: createListSelectors(),
    actions: createActions(store, getLive, setLeaving),
    start(onSessionEnded) {
      if (live?.isStopped()) live = null;
      const current = getLive();
      current.start(() => {
        if (!isLeaving) onSessionEnded();
      });
      const unwatch = watch({ wake: current.wake, leave: current.leave });
      return () => {
        unwatch();
        current.stop();
      };
    },
  };
}

/** What screens may ask of the client. */
function createActions(
  store: ChatStore,
  getLive: () => Live,
  setLeaving: ChatActions['setLeaving'],
): ChatActions {
  return {
    open(id, seed) {
      getLive().outbox.prepare();
      getLive().conversations.open(id, seed);
    },
    loadBefore: (id) => void getLive().conversations.load(id, 'before'),
    loadAfter: (id) => void getLive().conversations.load(id, 'after'),
    jumpTo: (id, seq) => getLive().conversations.jumpTo(id, seq),
    jumpToNewest: (id) => getLive().conversations.jumpToNewest(id),
    send(id, draft) {
      const text = normalizeBody(draft.text);
      if (!isVisible(text)) return null;
      const { outbox, typing } = getLive();
      typing.reset(id);
      return outbox.send(id, { ...draft, text });
    },
    retry: (id, clientId) => getLive().outbox.retry(id, clientId),
    discard: (id, clientId) => getLive().outbox.discard(id, clientId),
    takeBack: (id, clientId) => getLive().outbox.takeBack(id, clientId),
    ...createChangeActions(getLive),
    markRead: (id, seq) => getLive().receipts.read(id, seq),
    setTyping: (id) => getLive().typing.tell(id),
    stopTyping: (id) => getLive().typing.tellStop(id),
    getDraft: (id) => getLive().outbox.getDraft(id),
    setDraft: (id, draft) => getLive().outbox.setDraft(id, draft),
    setLeaving,
    async forget() {
      const current = getLive();
      current.stop();
      await current.outbox.forget();
    },
    addConversation: (entry) => store.dispatch({ type: 'entries:received', entries: [entry] }),
  };
}

/** Those that are loaded when a conversation is opened. */
const CHANGES = [
  'startEdit',
  'editUnsent',
  'editNewest',
  'cancelEdit',
  'startReply',
  'cancelReply',
  'deleteForBoth',
  'undelete',
  'react',
  'pin',
  'star',
  'deleteForMe',
  'clearConversation',
  'forward',
  'dismissNotice',
] as const satisfies (keyof ChatActions & keyof Changes)[];
type ChangeActions = Pick<ChatActions, (typeof CHANGES)[number]>;

function createChangeActions(getLive: () => Live): ChangeActions {
  const entries = CHANGES.map((name) => [
    name,
    (...args: never[]) =>
      getLive().outbox.change((changes) => (changes[name] as (...args: never[]) => unknown)(...args)),
  ]);
  return Object.fromEntries(entries) as ChangeActions;
}
