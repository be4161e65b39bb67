import { compareOrder, markTried, type OutboxItem } from './outbox-item.ts';

/** An outbox that lasts as long as the page. */
export function createMemoryStorage() {
  const items = new Map<string, OutboxItem>();
  const keyOf = (conversationId: string, clientId: string) => `${conversationId} ${clientId}`;
  const list = () => [...items.values()].sort(compareOrder);
  return {
    list,
    load: async () => list(),
    listPending: async (id: string) => list().filter((item) => item.conversationId === id),
    putPending: async (item: OutboxItem) => void items.set(keyOf(item.conversationId, item.clientId), item),
    deletePending: async (id: string, clientId: string) => void items.delete(keyOf(id, clientId)),
    async beginSending(id: string, clientId: string) {
      const item = items.get(keyOf(id, clientId));
      if (item) items.set(keyOf(id, clientId), markTried(item));
      return item !== undefined;
    },
    async takeUntried(id: string, clientId: string) {
      return items.get(keyOf(id, clientId))?.isUntried === true && items.delete(keyOf(id, clientId));
    },
    clear: async () => items.clear(),
  };
}
