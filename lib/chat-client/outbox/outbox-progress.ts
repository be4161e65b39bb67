import type { ErrorCode, MarksChange, Message } from '#lib/chat/types.ts';
import type { Changes } from '../changes/changes.ts';
import type { TabMessage } from '../connection/tabs.ts';
import type { ChatStore } from '../store.ts';
import { toStored } from './outbox-format.ts';
import { markTried, type OutboxItem, toFailed } from './outbox-item.ts';
import type { OutboxItems } from './outbox-items.ts';
import type { OutboxStorage } from './outbox-storage.ts';

type Needs = {
  store: ChatStore;
  storage: OutboxStorage;
  items: OutboxItems;
  loadChanges(): Promise<Changes>;
  tell(message: TabMessage): void;
};

/** What becomes of items on their way: noted in the state, on the disk and in the other tabs. */
export type OutboxProgress = ReturnType<typeof createOutboxProgress>;

export function createOutboxProgress({ store, storage, items, loadChanges, tell }: Needs) {
  return {
    /** From here on the item may reach the server; false when it was taken back before. */
    async begin(item: OutboxItem): Promise<boolean> {
      const { conversationId, clientId } = item;
      if (!item.isUntried) return true;
      if (!(await storage.beginSending(conversationId, clientId))) return false;
      const known = items.find(conversationId, clientId);
      if (known) store.dispatch({ type: 'pending:put', pending: markTried(known) });
      tell({ type: 'item', item: toStored(markTried(item)) });
      return true;
    },
    /** The server has it. */
    async finish(item: OutboxItem, message: Message): Promise<void> {
      const { conversationId, clientId } = item;
      store.dispatch({ type: 'pending:stored', clientId, message });
      if (item.kind === 'edit') await (await loadChanges()).refusals.rebase(item, message.revision);
      await storage.deletePending(conversationId, clientId);
      tell({ type: 'stored', message, clientId });
    },
    /** The same for what the viewer keeps to themselves. */
    async finishMark({ conversationId, clientId }: OutboxItem, change: MarksChange): Promise<void> {
      store.dispatch({ type: 'marks:stored', clientId, change });
      await storage.deletePending(conversationId, clientId);
      tell({ type: 'marked', change, clientId });
    },
    /** The server has refused it for good. */
    async fail(item: OutboxItem, errorCode: ErrorCode): Promise<void> {
      const { conversationId, clientId } = item;
      const refusals = item.kind === 'send' ? null : (await loadChanges()).refusals;
      // Deleted meanwhile, or the log shows it already.
      if (!items.find(conversationId, clientId)) return storage.deletePending(conversationId, clientId);
      if (item.kind !== 'send' && refusals?.isOver(item)) {
        await items.discard(conversationId, clientId);
      } else {
        const failed = toFailed(item, errorCode);
        store.dispatch({ type: 'pending:put', pending: failed });
        await storage.putPending(failed);
        tell({ type: 'item', item: toStored(failed) });
      }
      if (item.kind !== 'send') refusals?.tell(item, errorCode);
    },
    /** Lets go of what another tab has sent or deleted while this one slept; `queue` is what lies on the disk. */
    forgetGone(conversationId: string, queue: readonly OutboxItem[]): void {
      const kept = new Set(queue.map((item) => item.clientId));
      for (const { clientId } of items.list(conversationId)) {
        if (kept.has(clientId) || items.isUnsaved(clientId)) continue;
        store.dispatch({ type: 'pending:removed', conversationId, clientId });
      }
    },
  };
}
