import type { Message } from '#lib/chat/types.ts';
import type { createPageReload } from '../connection/page-reload.ts';
import type { EventHandlers, TransportHandlers } from '../connection/transport.ts';
import type { DraftStorage } from '../outbox/draft-storage.ts';
import type { ImportChanges } from '../outbox/load-changes.ts';
import { createOutbox } from '../outbox/outbox.ts';
import type { OutboxStorage } from '../outbox/outbox-storage.ts';
import { createListRefresh } from '../state/list.ts';
import type { ChatStore } from '../store.ts';
import { createConversations } from './conversations.ts';
import type { Effect, EffectContext } from './effect.ts';
import { createReceipts } from './receipts.ts';
import { createSync } from './sync.ts';
import { createTyping } from './typing.ts';

/** A loss shorter than this is not shown. */
const OFFLINE_AFTER_MS = 1_500;
/** The first connection of a page may take longer before it counts as none. */
const FIRST_OFFLINE_AFTER_MS = 5_000;

/** The moving parts of a client from mount to unmount. */
export type Live = ReturnType<typeof createLive>;

export function createLive(
  context: EffectContext,
  storage: OutboxStorage,
  drafts: DraftStorage,
  createReload: typeof createPageReload,
  importChanges: ImportChanges,
) {
  const { store, transport } = context;
  const outbox = createOutbox(context, storage, drafts, importChanges);
  const reload = createReload(outbox.isKept);
  const receipts = createReceipts(context);
  const conversations = createConversations(context);
  const typing = createTyping(context);
  // Receipts and the outbox come first: a sync then already finds what this client has told.
  const effects: Effect[] = [
    outbox,
    receipts,
    conversations,
    createSync(context),
    createListRefresh(context),
    typing,
    reload,
  ];
  const offline = createOfflineTimer(store);
  let isStopped = false;

  const stop = () => {
    if (isStopped) return;
    isStopped = true;
    offline.cancel();
    transport.stop();
    for (const effect of effects) effect.stop?.();
  };

  return {
    outbox,
    receipts,
    conversations,
    typing,
    isStopped: () => isStopped,
    start(onEnded: () => void) {
      offline.showAfter(FIRST_OFFLINE_AFTER_MS);
      void outbox.restore();
      const handlers = createConnectionHandlers({ store, effects, offline, reload });
      transport.start({
        ...handlers,
        ended() {
          stop();
          store.dispatch({ type: 'connection:changed', connection: 'ended' });
          onEnded();
        },
        on: createEventHandlers(store, typing),
      });
    },
    wake: () => transport.wake(),
    leave: () => receipts.flush(),
    stop,
  };
}

/** Shows that there is no connection, unless one comes before that. */
function createOfflineTimer({ dispatch }: ChatStore) {
  let timer: ReturnType<typeof setTimeout> | undefined;
  return {
    showAfter(ms: number) {
      clearTimeout(timer);
      timer = setTimeout(() => {
        dispatch({ type: 'connection:lost' });
        dispatch({ type: 'connection:changed', connection: 'offline' });
      }, ms);
    },
    cancel: () => clearTimeout(timer),
  };
}

type Told = {
  store: ChatStore;
  effects: readonly Effect[];
  offline: ReturnType<typeof createOfflineTimer>;
  reload: ReturnType<typeof createPageReload>;
};

/** Tells the store and the effects how the connection stands. */
function createConnectionHandlers({
  store,
  effects,
  offline,
  reload,
}: Told): Pick<TransportHandlers, 'connected' | 'disconnected' | 'outdated'> {
  return {
    connected() {
      offline.cancel();
      // The server tells presence anew on every connection.
      store.dispatch({ type: 'connection:lost' });
      store.dispatch({ type: 'connection:changed', connection: 'online' });
      for (const effect of effects) effect.connected?.();
    },
    disconnected() {
      offline.showAfter(OFFLINE_AFTER_MS);
      for (const effect of effects) effect.disconnected?.();
    },
    outdated() {
      offline.cancel();
      store.dispatch({ type: 'connection:changed', connection: 'outdated' });
      reload.outdated();
    },
  };
}

/** What each event of the server does here. */
function createEventHandlers(
  { dispatch }: ChatStore,
  typing: ReturnType<typeof createTyping>,
): EventHandlers {
  const receiveMessage = (message: Message) => dispatch({ type: 'message:changed', message });
  return {
    'message:new': receiveMessage,
    'message:update': receiveMessage,
    'conversation:new': (entry) => dispatch({ type: 'entries:received', entries: [entry] }),
    'conversation:marks': (change) => dispatch({ type: 'marks:changed', change }),
    'conversation:cursor': (cursor) => dispatch({ type: 'cursor:moved', cursor }),
    'conversation:typing': ({ conversationId, userId }) => typing.hear(conversationId, userId),
    'conversation:typing-stopped': ({ conversationId }) => typing.hearStop(conversationId),
    heads: (heads) => dispatch({ type: 'heads:received', heads }),
    presence: (presence) => dispatch({ type: 'presence:changed', ...presence }),
  };
}
