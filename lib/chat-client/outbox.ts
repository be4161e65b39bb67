import { v4 as createId } from 'uuid';
import type { DraftStorage } from './draft-storage.ts';
import type { Effect, EffectContext } from './effect.ts';
import type { OutboxStorage, StoredPending } from './outbox-storage.ts';
import { createPauses } from './pauses.ts';
import type { PendingMessage } from './state.ts';
import { openTabChannel, takeTurn } from './tabs.ts';
import { getRetryDelay, isFinal } from './transport.ts';

export type Outbox = Effect & {
  restore(): Promise<void>;
  send(conversationId: string, body: string): string;
  retry(conversationId: string, clientId: string): void;
  discard(conversationId: string, clientId: string): void;
  setDraft(conversationId: string, text: string): void;
};

/**
 * Keeps each message on disk from before it is sent until the server has it, and sends the
 * messages of a room one after the other, with the same clientId however often it takes.
 */
export function createOutbox(
  { store, transport }: EffectContext,
  storage: OutboxStorage,
  drafts: DraftStorage,
): Outbox {
  const { userId } = store.getState().viewer;
  const { pause, wakeAll } = createPauses();
  const draining = new Set<string>();
  const again = new Set<string>();
  const unsaved = new Set<string>();
  /** Rooms whose queue on disk may hold something to send, whatever the timeline shows. */
  const owed = new Set<string>();
  let lastOrder = 0;
  let isRestored = false;
  let isStopped = false;

  const tabs = openTabChannel(userId, (message) => {
    switch (message.type) {
      case 'pending':
        lastOrder = Math.max(lastOrder, message.pending.order);
        store.dispatch({ type: 'pending:put', pending: message.pending });
        if (message.pending.state === 'sending') kick(message.pending.conversationId);
        return;
      case 'removed':
        store.dispatch({ ...message, type: 'pending:removed' });
        return;
      case 'stored':
        store.dispatch({ type: 'pending:stored', message: message.message });
        return;
      case 'draft':
        store.dispatch({ ...message, type: 'draft:set' });
    }
  });

  const save = async (pending: StoredPending) => {
    store.dispatch({ type: 'pending:put', pending });
    unsaved.add(pending.clientId);
    await storage.putPending(pending);
    unsaved.delete(pending.clientId);
    if (!isStopped) tabs.tell({ type: 'pending', pending });
    kick(pending.conversationId);
  };

  // What lies on disk from before goes first.
  const canSend = () => isRestored && transport.isConnected() && !isStopped;

  const kick = (conversationId: string) => {
    owed.add(conversationId);
    if (!canSend()) return;
    if (draining.has(conversationId)) {
      again.add(conversationId);
      return;
    }
    draining.add(conversationId);
    const work = (turn: { isLost: boolean }) => drain(conversationId, turn);
    void takeTurn(`dandul-${userId}-${conversationId}`, work).finally(() => {
      draining.delete(conversationId);
      if (again.delete(conversationId)) kick(conversationId);
    });
  };

  const kickAll = () => {
    for (const id of [...owed]) kick(id);
  };

  const drain = async (conversationId: string, turn: { isLost: boolean }) => {
    for (let attempt = 0; canSend() && !turn.isLost; ) {
      const queue = await storage.listPending(conversationId);
      forgetGone(conversationId, queue);
      const next = queue.find((item) => item.state === 'sending');
      if (!next) {
        if (!again.has(conversationId)) owed.delete(conversationId);
        return;
      }
      if (!canSend() || turn.isLost) return;
      const isSettled = await sendOne(next, attempt);
      attempt = isSettled ? 0 : attempt + 1;
    }
  };

  /** Sends one message; true when the server has decided about it. */
  const sendOne = async (item: StoredPending, attempt: number): Promise<boolean> => {
    const { conversationId, clientId, body } = item;
    const ack = await transport.request('message:send', { conversationId, clientId, body });
    if (ack?.ok) {
      store.dispatch({ type: 'pending:stored', message: ack.message });
      await storage.deletePending(conversationId, clientId);
      if (!isStopped) tabs.tell({ type: 'stored', message: ack.message });
      return true;
    }
    if (ack && isFinal(ack)) {
      const failed: StoredPending = { ...item, state: 'failed', errorCode: ack.error.code };
      const isKnown = findPending(conversationId, clientId) !== undefined;
      if (!isKnown) {
        // Deleted meanwhile, or the log shows it already.
        await storage.deletePending(conversationId, clientId);
        return true;
      }
      store.dispatch({ type: 'pending:failed', conversationId, clientId, errorCode: ack.error.code });
      await storage.putPending(failed);
      if (!isStopped) tabs.tell({ type: 'pending', pending: failed });
      return true;
    }
    const delay = getRetryDelay(attempt, ack);
    if (ack?.error.code === 'rate_limited') {
      store.dispatch({ type: 'pending:held', conversationId, clientId, until: Date.now() + delay });
    }
    if (canSend()) await pause(delay);
    return false;
  };

  /** What another tab has sent or deleted while this one slept. */
  const forgetGone = (conversationId: string, queue: readonly StoredPending[]) => {
    const kept = new Set(queue.map((item) => item.clientId));
    for (const { clientId } of store.getState().conversations[conversationId]?.pending ?? []) {
      if (kept.has(clientId) || unsaved.has(clientId)) continue;
      store.dispatch({ type: 'pending:removed', conversationId, clientId });
    }
  };

  const findPending = (conversationId: string, clientId: string): PendingMessage | undefined =>
    store.getState().conversations[conversationId]?.pending.find((item) => item.clientId === clientId);

  const setDraft = (conversationId: string, text: string) => {
    if ((store.getState().drafts[conversationId] ?? '') === text) return;
    store.dispatch({ type: 'draft:set', conversationId, text });
    drafts.put(conversationId, text);
    if (!isStopped) tabs.tell({ type: 'draft', conversationId, text });
  };

  return {
    async restore() {
      for (const [conversationId, text] of Object.entries(drafts.load())) {
        store.dispatch({ type: 'draft:set', conversationId, text });
      }
      const pending = await storage.load();
      if (isStopped) return;
      for (const item of pending) {
        lastOrder = Math.max(lastOrder, item.order);
        if (item.state === 'sending') owed.add(item.conversationId);
        if (!findPending(item.conversationId, item.clientId)) {
          store.dispatch({ type: 'pending:put', pending: item });
        }
      }
      isRestored = true;
      kickAll();
    },
    send(conversationId, body) {
      lastOrder = Math.max(Date.now(), lastOrder + 1);
      const clientId = createId();
      const createdAt = new Date(lastOrder).toISOString();
      void save({ conversationId, clientId, body, createdAt, order: lastOrder, state: 'sending' });
      if (store.getState().drafts[conversationId]?.normalize('NFC').trim() === body) {
        setDraft(conversationId, '');
      }
      return clientId;
    },
    retry(conversationId, clientId) {
      const item = findPending(conversationId, clientId);
      if (item?.state !== 'failed') return;
      const { errorCode: _, stored: __, heldUntil: ___, ...rest } = item;
      void save({ ...rest, state: 'sending' });
    },
    discard(conversationId, clientId) {
      store.dispatch({ type: 'pending:removed', conversationId, clientId });
      tabs.tell({ type: 'removed', conversationId, clientId });
      void storage.deletePending(conversationId, clientId);
    },
    setDraft,
    connected() {
      wakeAll();
      kickAll();
    },
    disconnected: wakeAll,
    stop() {
      isStopped = true;
      wakeAll();
      tabs.close();
      storage.close();
    },
  };
}
