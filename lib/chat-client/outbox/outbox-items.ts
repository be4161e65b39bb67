import type { TabMessage } from '../connection/tabs.ts';
import type { PendingItem } from '../state.ts';
import type { ChatStore } from '../store.ts';
import { toStored } from './outbox-format.ts';
import type { OutboxItem } from './outbox-item.ts';
import type { OutboxStorage } from './outbox-storage.ts';

type Needs = { store: ChatStore; storage: OutboxStorage; tell(message: TabMessage): void };

/** The outbox's items as a person deals with them: the same in the state, on the disk and in the other tabs. */
export type OutboxItems = ReturnType<typeof createOutboxItems>;

export function createOutboxItems({ store, storage, tell }: Needs) {
  /** Items that are being put on disk, by clientId. */
  const unsaved = new Map<string, Promise<void>>();

  const list = (conversationId: string): readonly PendingItem[] =>
    store.getState().conversations[conversationId]?.pending ?? [];
  const find = (conversationId: string, clientId: string) =>
    list(conversationId).find((item) => item.clientId === clientId);
  const remove = (conversationId: string, clientId: string) => {
    store.dispatch({ type: 'pending:removed', conversationId, clientId });
    tell({ type: 'removed', conversationId, clientId });
  };

  return {
    find,
    /** Shows what lies on the disk. */
    show(item: OutboxItem): void {
      if (find(item.conversationId, item.clientId)) return;
      store.dispatch({ type: 'pending:put', pending: item });
    },
    /** Resolves when the item is on the disk. */
    async save(item: OutboxItem): Promise<void> {
      store.dispatch({ type: 'pending:put', pending: item });
      const saved = storage.putPending(item);
      unsaved.set(item.clientId, saved);
      await saved;
      unsaved.delete(item.clientId);
      tell({ type: 'item', item: toStored(item) });
    },
    async discard(conversationId: string, clientId: string): Promise<void> {
      remove(conversationId, clientId);
      await storage.deletePending(conversationId, clientId);
    },
    /** Takes an untried item off; null when it is too late. */
    async takeUntried(conversationId: string, clientId: string): Promise<OutboxItem | null> {
      const item = find(conversationId, clientId);
      await unsaved.get(clientId);
      if (!item || !(await storage.takeUntried(conversationId, clientId))) return null;
      remove(conversationId, clientId);
      return item;
    },
    /** Those of a conversation that are shown. */
    list,
    isUnsaved: (clientId: string) => unsaved.has(clientId),
  };
}
