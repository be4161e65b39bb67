import type { ServerEvents } from '../realtime/events.ts';
import type { DraftStorage } from './draft-storage.ts';
import type { EffectContext } from './effect.ts';
import { createListRefresh } from './list.ts';
import { createOutbox } from './outbox.ts';
import type { OutboxStorage } from './outbox-storage.ts';
import { createReceipts } from './receipts.ts';
import { createRooms } from './rooms.ts';
import { createSync } from './sync.ts';
import type { TransportHandlers } from './transport.ts';
import { createTyping } from './typing.ts';

/** A loss shorter than this is not shown. */
const OFFLINE_AFTER_MS = 1_500;
/** The first connection of a page may take longer before it counts as none. */
const FIRST_OFFLINE_AFTER_MS = 5_000;

/** The moving parts of a client from mount to unmount. */
export type Live = ReturnType<typeof createLive>;

export function createLive(context: EffectContext, storage: OutboxStorage, drafts: DraftStorage) {
  const { store, transport } = context;
  const outbox = createOutbox(context, storage, drafts);
  const receipts = createReceipts(context);
  const rooms = createRooms(context);
  const typing = createTyping(context);
  // Receipts and the outbox come first: a sync then already finds what this client has told.
  const effects = [outbox, receipts, rooms, createSync(context), createListRefresh(context), typing];
  let offlineTimer: ReturnType<typeof setTimeout> | undefined;
  let isStopped = false;

  const showOfflineAfter = (ms: number) => {
    clearTimeout(offlineTimer);
    offlineTimer = setTimeout(() => {
      store.dispatch({ type: 'connection:lost' });
      store.dispatch({ type: 'connection:changed', connection: 'offline' });
    }, ms);
  };

  const stop = () => {
    if (isStopped) return;
    isStopped = true;
    clearTimeout(offlineTimer);
    transport.stop();
    for (const effect of effects) effect.stop?.();
  };

  const handlers = (onEnded: () => void): TransportHandlers => ({
    connected() {
      clearTimeout(offlineTimer);
      // The server tells presence anew on every connection.
      store.dispatch({ type: 'connection:lost' });
      store.dispatch({ type: 'connection:changed', connection: 'online' });
      for (const effect of effects) effect.connected?.();
    },
    disconnected() {
      showOfflineAfter(OFFLINE_AFTER_MS);
      for (const effect of effects) effect.disconnected?.();
    },
    ended() {
      stop();
      store.dispatch({ type: 'connection:changed', connection: 'ended' });
      onEnded();
    },
    event: (name, payload) => receive(name, payload),
  });

  function receive<E extends keyof ServerEvents>(name: E, payload: Parameters<ServerEvents[E]>[0]) {
    const event = { name, payload } as AnyServerEvent;
    switch (event.name) {
      case 'message:new':
      case 'message:update':
        store.dispatch({ type: 'message:changed', message: event.payload });
        return;
      case 'conversation:new':
        store.dispatch({ type: 'entries:received', entries: [event.payload] });
        return;
      case 'conversation:cursor':
        store.dispatch({ type: 'cursor:moved', cursor: event.payload });
        return;
      case 'conversation:typing':
        typing.hear(event.payload.conversationId, event.payload.userId);
        return;
      case 'heads':
        store.dispatch({ type: 'heads:received', heads: event.payload });
        return;
      case 'presence':
        store.dispatch({ type: 'presence:changed', ...event.payload });
    }
  }

  return {
    outbox,
    receipts,
    rooms,
    typing,
    isStopped: () => isStopped,
    start(onEnded: () => void) {
      showOfflineAfter(FIRST_OFFLINE_AFTER_MS);
      void outbox.restore();
      transport.start(handlers(onEnded));
    },
    wake: () => transport.wake(),
    leave: () => receipts.flush(),
    stop,
  };
}

type AnyServerEvent = {
  [E in keyof ServerEvents]: { name: E; payload: Parameters<ServerEvents[E]>[0] };
}[keyof ServerEvents];
