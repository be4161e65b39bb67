import { createPauses } from '../connection/pauses.ts';
import { getRetryDelay, isFinal } from '../connection/transport.ts';
import { getCursors } from '../state/entry.ts';
import type { ChatState } from '../state.ts';
import type { ChatStore } from '../store.ts';
import type { Effect, EffectContext } from './effect.ts';

/** Cursor moves within this time go out as one. */
const COALESCE_MS = 120;

type Kind = 'delivered' | 'read';
/** The `seq` that each conversation's cursor is to move to, until the server has acknowledged it. */
type Wanted = Record<Kind, Map<string, number>>;

type Receipts = Effect & { read(conversationId: string, seq: number): void; flush(): void };

/**
 * Tells the server how far this client has received and the viewer has read. Received is derived
 * from the state; read is what a screen reports. Both are repeated until acknowledged.
 */
export function createReceipts(context: EffectContext): Receipts {
  const { store, transport } = context;
  const wanted: Wanted = { delivered: new Map(), read: new Map() };
  const sender = createCursorSender(context, wanted);
  let timer: ReturnType<typeof setTimeout> | undefined;
  let seen: ChatState['conversations'] = {};

  const want = (kind: Kind, conversationId: string, seq: number) => {
    if (seq <= (wanted[kind].get(conversationId) ?? 0)) return;
    wanted[kind].set(conversationId, seq);
    timer ??= setTimeout(flush, COALESCE_MS);
  };

  const check = () => {
    const { conversations, viewer } = store.getState();
    if (conversations === seen || !transport.isConnected()) return;
    for (const [id, conversation] of Object.entries(conversations)) {
      const { entry } = conversation;
      if (seen[id] === conversation || !entry) continue;
      if (entry.lastSeq > getCursors(entry, viewer.userId).deliveredSeq) want('delivered', id, entry.lastSeq);
    }
    seen = conversations;
  };

  const flush = () => {
    clearTimeout(timer);
    timer = undefined;
    dropDelivered(wanted, store.getState());
    for (const kind of ['read', 'delivered'] as const) {
      for (const id of wanted[kind].keys()) void sender.send(kind, id);
    }
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
      sender.wakeAll();
      seen = {};
      check();
      flush();
    },
    disconnected: sender.wakeAll,
    stop() {
      clearTimeout(timer);
      unsubscribe();
      sender.stop();
    },
  };
}

/** Drops the deliveries that need not be told: reading includes them, or the server has moved the cursor already. */
function dropDelivered(wanted: Wanted, { viewer, conversations }: ChatState): void {
  for (const [id, seq] of wanted.delivered) {
    const { deliveredSeq } = getCursors(conversations[id]?.entry ?? null, viewer.userId);
    if (seq <= deliveredSeq || seq <= (wanted.read.get(id) ?? 0)) wanted.delivered.delete(id);
  }
}

/** Sends the wanted moves, of each cursor one at a time, until the server has decided about them. */
function createCursorSender({ store, transport }: EffectContext, wanted: Wanted) {
  const busy = new Set<string>();
  const { pause, wakeAll } = createPauses();
  let isStopped = false;

  return {
    async send(kind: Kind, conversationId: string): Promise<void> {
      const key = `${kind}:${conversationId}`;
      if (busy.has(key)) return;
      busy.add(key);
      for (let attempt = 0; transport.isConnected() && !isStopped; attempt++) {
        const seq = wanted[kind].get(conversationId);
        if (seq === undefined) break;
        const ack = await transport.request(`conversation:${kind}`, { conversationId, seq });
        if (ack?.ok || (ack && isFinal(ack))) {
          if (wanted[kind].get(conversationId) === seq) wanted[kind].delete(conversationId);
          if (ack.ok && !isStopped) noteMoved(store, kind, conversationId, ack.seq);
          attempt = 0;
        } else {
          await pause(getRetryDelay(attempt, ack));
        }
      }
      busy.delete(key);
    },
    wakeAll,
    stop() {
      isStopped = true;
      wakeAll();
    },
  };
}

function noteMoved(store: ChatStore, kind: Kind, conversationId: string, seq: number): void {
  const { viewer, conversations } = store.getState();
  const { readSeq } = getCursors(conversations[conversationId]?.entry ?? null, viewer.userId);
  const cursor = { conversationId, userId: viewer.userId, deliveredSeq: seq, readSeq };
  store.dispatch({ type: 'cursor:moved', cursor: kind === 'read' ? { ...cursor, readSeq: seq } : cursor });
}
