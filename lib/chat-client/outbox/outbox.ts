import { openTabChannel, type TabMessage } from '../connection/tabs.ts';
import type { Effect, EffectContext } from '../live/effect.ts';
import type { DraftStorage } from './draft-storage.ts';
import { createDrafts } from './drafts.ts';
import { createEdits } from './edits.ts';
import { createOutboxActions } from './outbox-actions.ts';
import type { OutboxItem } from './outbox-item.ts';
import { createOutboxItems } from './outbox-items.ts';
import { createOutboxProgress } from './outbox-progress.ts';
import { createOutboxQueue } from './outbox-queue.ts';
import type { OutboxStorage } from './outbox-storage.ts';
import { createTabListener } from './outbox-tabs.ts';

export type Outbox = Effect &
  ReturnType<typeof createOutboxActions> & {
    restore(): Promise<void>;
    /** True when all that is written and unsent outlives the page. */
    isKept(): boolean;
    /** Deletes what the account left on this device; call it when all has stopped. */
    forget(): Promise<void>;
  };

/**
 * Keeps each item on disk from before it is sent until the server has it, and sends those of a conversation one
 * after the other, with the same clientId however often it takes.
 */
export function createOutbox(
  { store, transport }: EffectContext,
  storage: OutboxStorage,
  draftStorage: DraftStorage,
): Outbox {
  const clock = createClock();
  let isRestored = false;
  let isStopped = false;
  const tell = (message: TabMessage) => {
    if (!isStopped) tabs.tell(message);
  };
  // What lies on disk from before goes first.
  const canSend = () => isRestored && transport.isConnected() && !isStopped;

  const drafts = createDrafts({ store, storage: draftStorage, tell });
  const items = createOutboxItems({ store, storage, tell });
  const save = async (item: OutboxItem) => {
    await items.save(item);
    scheduleDrain(item.conversationId);
  };
  const edits = createEdits({ store, storage, items, drafts, save, tell });
  const progress = createOutboxProgress({ store, storage, items, edits, tell });
  const queue = createOutboxQueue({ store, transport, progress, storage, canSend });
  const { scheduleDrain } = queue;
  const hear = createTabListener({ store, storage, drafts, save, scheduleDrain, note: clock.note });
  const tabs = openTabChannel(store.getState().viewer.userId, hear);
  const unwatch = store.subscribe(edits.endDeleted);
  const canGoAtOnce = (conversationId: string) => canSend() && !queue.isDraining(conversationId);
  const loadItems = async () => {
    for (const item of await storage.load()) {
      if (isStopped) return;
      clock.note(item.order);
      if (item.state === 'sending') queue.owe(item.conversationId);
      items.show(item);
      // Its page ended before the composer was free.
      if (item.kind === 'edit' && item.state === 'failed') edits.comeBack(item.conversationId);
    }
    isRestored = true;
    queue.resume();
  };

  return {
    async restore() {
      drafts.restore();
      storage.watchDisk(() => void (isStopped || loadItems()));
      await loadItems();
    },
    ...createOutboxActions({ store, items, drafts, edits, save, canGoAtOnce, nextOrder: clock.next }),
    isKept: () => storage.isKept() && draftStorage.isKept(),
    async forget() {
      draftStorage.clear();
      await storage.clear();
    },
    connected: queue.resume,
    disconnected: queue.wakeAll,
    stop() {
      isStopped = true;
      unwatch();
      queue.wakeAll();
      tabs.close();
      storage.close();
    },
  };
}

/** Gives each item a later moment than the last one of any tab, so that they sort as they were written. */
function createClock() {
  let last = 0;
  return {
    /** Milliseconds since 1970. */
    next: () => (last = Math.max(Date.now(), last + 1)),
    note(order: number) {
      last = Math.max(last, order);
    },
  };
}
