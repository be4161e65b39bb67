import type { Drafts } from './drafts.ts';
import type { ChangesLoader } from './load-changes.ts';
import type { OutboxItems } from './outbox-items.ts';
import type { OutboxStorage } from './outbox-storage.ts';

type Needs = {
  storage: OutboxStorage;
  items: OutboxItems;
  drafts: Drafts;
  changes: ChangesLoader;
  queue: { owe(conversationId: string): void; resume(): void };
  /** Takes note of the order of an item that is there already. */
  note(order: number): void;
  isStopped(): boolean;
};

/** Makes what shows the drafts and items that an earlier page left on this device, and sends what of it waits. */
export function createRestorer({ storage, items, drafts, changes, queue, note, isStopped }: Needs) {
  let isRestored = false;
  const restoreItems = async () => {
    const stored = await storage.load();
    if (isStopped()) return;
    for (const item of stored) {
      note(item.order);
      if (item.state === 'sending') queue.owe(item.conversationId);
      items.show(item);
      // The page of a refused edit may have ended before the composer was free.
      if (item.kind !== 'send') void changes.run(({ refusals }) => refusals.comeBack(item.conversationId));
    }
    isRestored = true;
    queue.resume();
  };
  return {
    isRestored: () => isRestored,
    async restore(): Promise<void> {
      if (drafts.restore()) void changes.load();
      storage.watchDisk(() => void (isStopped() || restoreItems()));
      await restoreItems();
    },
  };
}
