import type { Effect, EffectContext } from './effect.ts';
import { getCursors } from './entry.ts';
import { createPauses } from './pauses.ts';
import type { ChatState } from './state.ts';
import { getRetryDelay, isFinal } from './transport.ts';

/** Cursor moves within this time go out as one. */
const COALESCE_MS = 120;

type Kind = 'delivered' | 'read';

/**
 * Tells the server how far this client has received and the viewer has read. Received is derived
 * from the state; read is what a screen reports. Both are repeated until acknowledged.
 */
export function createReceipts({ store, transport }: EffectContext): Effect & {
  read(conversationId: string, seq: number): void;
  flush(): void;
} {
  const wanted: Record<Kind, Map<string, number>> = { delivered: new Map(), read: new Map() };
  const busy = new Set<string>();
  const { pause, wakeAll } = createPauses();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isStopped = false;
  let seen: ChatState['conversations'] = {};

  const want = (kind: Kind, conversationId: string, seq: number) => {
    if (seq <= (wanted[kind].get(conversationId) ?? 0)) return;
    wanted[kind].set(conversationId, seq);
    timer ??= setTimeout(flush, COALESCE_MS);
  };

  const check = () => {
    const { conversations, viewer } = store.getState();
    if (conversations === seen || !transport.isConnected()) return;
    for (const [id, room] of Object.entries(conversations)) {
      if (seen[id] === room || !room.entry) continue;
      const { lastSeq } = room.entry;
      if (lastSeq > getCursors(room.entry, viewer.userId).deliveredSeq) want('delivered', id, lastSeq);
    }
    seen = conversations;
  };

  const flush = () => {
    clearTimeout(timer);
    timer = undefined;
    const { viewer, conversations } = store.getState();
    for (const [id, seq] of wanted.delivered) {
      // Reading includes having received, and the server may have moved the cursor meanwhile.
      const { deliveredSeq } = getCursors(conversations[id]?.entry ?? null, viewer.userId);
      if (seq <= deliveredSeq || seq <= (wanted.read.get(id) ?? 0)) wanted.delivered.delete(id);
    }
    for (const kind of ['read', 'delivered'] as const) {
      for (const id of wanted[kind].keys()) void tell(kind, id);
    }
  };

  const tell = async (kind: Kind, conversationId: string) => {
    const key = `${kind}:${conversationId}`;
    if (busy.has(key)) return;
    busy.add(key);
    for (let attempt = 0; transport.isConnected() && !isStopped; attempt++) {
      const seq = wanted[kind].get(conversationId);
      if (seq === undefined) break;
      const ack = await transport.request(`conversation:${kind}`, { conversationId, seq });
      if (ack?.ok || (ack && isFinal(ack))) {
        if (wanted[kind].get(conversationId) === seq) wanted[kind].delete(conversationId);
        if (ack.ok && !isStopped) noteMoved(kind, conversationId, ack.seq);
        attempt = 0;
      } else {
        await pause(getRetryDelay(attempt, ack));
      }
    }
    busy.delete(key);
  };

  const noteMoved = (kind: Kind, conversationId: string, seq: number) => {
    const { viewer, conversations } = store.getState();
    const { readSeq } = getCursors(conversations[conversationId]?.entry ?? null, viewer.userId);
    const cursor = { conversationId, userId: viewer.userId, deliveredSeq: seq, readSeq };
    store.dispatch({ type: 'cursor:moved', cursor: kind === 'read' ? { ...cursor, readSeq: seq } : cursor });
  };

  const unsubscribe = store.subscribe(check);
  return {
    read(conversationId, seq) {
      const { viewer, conversations } = store.getState();
      const entry = conversations[conversationId]?.entry ?? null;
      if (!entry || Math.min(seq, entry.lastSeq) <= getCursors(entry, viewer.userId).readSeq) return;
      want('read', conversationId, Math.min(seq, entry.lastSeq));
      store.dispatch({ type: 'read:marked', conversationId, seq });
    },
    flush,
    connected() {
      wakeAll();
      seen = {};
      check();
      flush();
    },
    disconnected: wakeAll,
    stop() {
      isStopped = true;
      clearTimeout(timer);
      unsubscribe();
      wakeAll();
    },
  };
}
