import type { Effect, EffectContext } from './effect.ts';
import { createPauses } from './pauses.ts';
import { getAppliedRevision, needsSync } from './room.ts';
import type { ChatState } from './state.ts';
import { getRetryDelay } from './transport.ts';

/** Rooms that are synced at the same time; after a long absence many are due. */
const MAX_RUNNING = 4;

/** Brings every room up to the newest revision heard of, as soon as it is seen to lie behind. */
export function createSync({ store, transport }: EffectContext): Effect {
  const running = new Set<string>();
  const waiting = new Set<string>();
  const { pause, wakeAll } = createPauses();
  let isStopped = false;
  let seen: ChatState['conversations'] = {};

  const check = () => {
    const { conversations } = store.getState();
    if (conversations === seen) return;
    for (const [id, room] of Object.entries(conversations)) {
      if (seen[id] !== room && needsSync(room)) waiting.add(id);
    }
    seen = conversations;
    runWaiting();
  };

  const runWaiting = () => {
    if (!transport.isConnected() || isStopped) return;
    for (const id of waiting) {
      if (running.size >= MAX_RUNNING) return;
      if (running.has(id)) continue;
      waiting.delete(id);
      running.add(id);
      void syncRoom(id).finally(() => {
        running.delete(id);
        const room = store.getState().conversations[id];
        if (room && needsSync(room)) waiting.add(id);
        runWaiting();
      });
    }
  };

  const syncRoom = async (conversationId: string) => {
    for (let attempt = 0; transport.isConnected() && !isStopped; attempt++) {
      const room = store.getState().conversations[conversationId];
      if (!room || !needsSync(room)) return;
      const { staleMark } = room;
      const afterRevision = getAppliedRevision(room);
      const ack = await transport.request('conversation:sync', { conversationId, afterRevision });
      if (isStopped) return;
      if (ack?.ok) {
        store.dispatch({ type: 'sync:loaded', conversationId, afterRevision, staleMark, page: ack });
        const next = store.getState().conversations[conversationId];
        const hasMoved = next !== undefined && getAppliedRevision(next) > afterRevision;
        if (hasMoved) attempt = 0;
        if (hasMoved || (next && !needsSync(next))) continue;
      } else if (ack?.error.code === 'not_found') {
        store.dispatch({ type: 'room:unopened', conversationId, status: 'not_found' });
        return;
      }
      await pause(getRetryDelay(attempt, ack));
    }
  };

  const unsubscribe = store.subscribe(check);
  return {
    connected() {
      // What is shown is asked anew; `heads` tells of all other rooms.
      for (const [conversationId, room] of Object.entries(store.getState().conversations)) {
        if (room.window) store.dispatch({ type: 'room:doubted', conversationId });
      }
      wakeAll();
      seen = {};
      check();
    },
    disconnected: wakeAll,
    stop() {
      isStopped = true;
      unsubscribe();
      wakeAll();
    },
  };
}
