import { nanoid as createId } from 'nanoid';
import { openTabChannel, type TabMessage } from '../connection/tabs.ts';
import type { Effect, EffectContext } from '../live/effect.ts';
import type { DraftStorage } from './draft-storage.ts';
import { createDrafts } from './drafts.ts';
import { type ChangesLoader, createChangesLoader, type ImportChanges } from './load-changes.ts';
import { createOutboxActions } from './outbox-actions.ts';
import type { ItemBase, OutboxItem } from './outbox-item.ts';
import { createOutboxItems } from './outbox-items.ts';
import { createOutboxProgress } from './outbox-progress.ts';
import { createOutboxQueue } from './outbox-queue.ts';
import type { OutboxStorage } from './outbox-storage.ts';
import { createTabListener } from './outbox-tabs.ts';
import { createRestorer } from './restore-outbox.ts';

export type Outbox = Effect &
  ReturnType<typeof createOutboxActions> & {
    /** What changes messages, as soon as it is loaded. */
    change: ChangesLoader['run'];
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
  let isStopped = false;
  const tell = (message: TabMessage) => {
    if (!isStopped) tabs.tell(message);
  };
  // What lies on disk from before goes first.
  const canSend = () => restorer.isRestored() && transport.isConnected() && !isStopped;

  const drafts = createDrafts({ store, storage: draftStorage, tell });
  const items = createOutboxItems({ store, storage, tell });
  const save = async (item: OutboxItem) => {
    await items.save(item);
    scheduleDrain(item.conversationId);
  };
  const { markUntried, makeItem } = createItemMaker(
    clock,
    (conversationId) => canSend() && !queue.isDraining(conversationId),
  );
  const parts = { store, transport, storage, items, drafts, save, makeItem, markUntried, tell, canSend };
  const changes = createChangesLoader(importChanges, () => parts);
  const loadChanges = changes.load;
  const progress = createOutboxProgress({ ...parts, loadChanges });
  const queue = createOutboxQueue({ ...parts, progress, loadChanges });
  const { scheduleDrain } = queue;
  const hear = createTabListener({ ...parts, scheduleDrain, loadChanges, note: clock.note });
  const tabs = openTabChannel(store.getState().viewer.userId, hear);
  const restorer = createRestorer({ ...parts, changes, queue, note: clock.note, isStopped: () => isStopped });

  return {
    restore: restorer.restore,
    ...createOutboxActions({ ...parts, changes }),
    change: changes.run,
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
      changes.stop();
      queue.wakeAll();
      tabs.close();
      storage.close();
    },
  };
}

/** Makes new items; `canGoAtOnce` tells whether one would be handed to the connection at once. */
function createItemMaker(clock: Clock, canGoAtOnce: (conversationId: string) => boolean) {
  // One that goes at once is spared the transaction that takes the mark off again.
  const markUntried = (conversationId: string): { isUntried?: true } =>
    canGoAtOnce(conversationId) ? {} : { isUntried: true };
  return {
    markUntried,
    makeItem(conversationId: string): ItemBase {
      const order = clock.next();
      const createdAt = new Date(order).toISOString();
      const mark = markUntried(conversationId);
      return { conversationId, clientId: createId(), createdAt, order, state: 'sending', ...mark };
    },
  };
}

type Clock = ReturnType<typeof createClock>;

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
