import { nanoid as createId } from 'nanoid';
import type { Changes } from '../changes/changes.ts';
import { openTabChannel, type TabMessage } from '../connection/tabs.ts';
import type { Effect, EffectContext } from '../live/effect.ts';
import type { DraftStorage } from './draft-storage.ts';
import { createDrafts } from './drafts.ts';
import { createChangesLoader, type ImportChanges } from './load-changes.ts';
import { createOutboxActions } from './outbox-actions.ts';
import type { ItemBase, OutboxItem } from './outbox-item.ts';
import { createOutboxItems } from './outbox-items.ts';
import { createOutboxProgress } from './outbox-progress.ts';
import { createOutboxQueue } from './outbox-queue.ts';
import type { OutboxStorage } from './outbox-storage.ts';
import { createTabListener } from './outbox-tabs.ts';

export type Outbox = Effect &
  ReturnType<typeof createOutboxActions> & {
    /** What changes messages, as soon as it is loaded. */
    change<T>(act: (changes: Changes) => T): T | Promise<T>;
    /** A conversation is opened, in which messages can be changed. */
    prepare(): void;
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
  importChanges: ImportChanges,
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
  // One that goes at once is spared the transaction that takes the mark off again.
  const markUntried = (conversationId: string): { isUntried?: true } =>
    canSend() && !queue.isDraining(conversationId) ? {} : { isUntried: true };
  const makeItem = (conversationId: string): ItemBase => {
    const order = clock.next();
    const createdAt = new Date(order).toISOString();
    const mark = markUntried(conversationId);
    return { conversationId, clientId: createId(), createdAt, order, state: 'sending', ...mark };
  };
  const parts = { store, transport, storage, items, drafts, save, makeItem, markUntried, tell, canSend };
  const changes = createChangesLoader(importChanges, () => parts);
  const loadChanges = changes.load;
  const progress = createOutboxProgress({ ...parts, loadChanges });
  const queue = createOutboxQueue({ ...parts, progress, loadChanges });
  const { scheduleDrain } = queue;
  const hear = createTabListener({ ...parts, scheduleDrain, loadChanges, note: clock.note });
  const tabs = openTabChannel(store.getState().viewer.userId, hear);
  const loadItems = async () => {
    for (const item of await storage.load()) {
      if (isStopped) return;
      clock.note(item.order);
      if (item.state === 'sending') queue.owe(item.conversationId);
      items.show(item);
      if (item.kind === 'send') continue;
      // The page of a refused edit may have ended before the composer was free.
      void loadChanges().then(({ refusals }) => refusals.comeBack(item.conversationId));
    }
    isRestored = true;
    queue.resume();
  };

  return {
    async restore() {
      if (drafts.restore()) void loadChanges();
      storage.watchDisk(() => void (isStopped || loadItems()));
      await loadItems();
    },
    ...createOutboxActions({ ...parts, changes }),
    change(act) {
      const loaded = changes.get();
      return loaded ? act(loaded) : loadChanges().then(act);
    },
    prepare: () => void loadChanges(),
    isKept: () => storage.isKept() && draftStorage.isKept(),
    async forget() {
      draftStorage.clear();
      await storage.clear();
    },
    connected() {
      changes.wakeAll();
      queue.resume();
    },
    disconnected: queue.wakeAll,
    stop() {
      isStopped = true;
      changes.get()?.stop();
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
