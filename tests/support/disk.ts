import type { DraftStorage } from '#lib/chat-client/draft-storage.ts';
import type { OutboxStorage, StoredPending } from '#lib/chat-client/outbox-storage.ts';

/** A disk that outlives the client, like IndexedDB and localStorage. */
export class Disk {
  pending = new Map<string, StoredPending>();
  drafts = new Map<string, string>();

  open(): OutboxStorage {
    const list = () => [...this.pending.values()].sort((a, b) => a.order - b.order);
    return {
      load: async () => list(),
      listPending: async (id) => list().filter((item) => item.conversationId === id),
      putPending: async (item) => void this.pending.set(item.clientId, item),
      deletePending: async (_, clientId) => void this.pending.delete(clientId),
      close() {},
    };
  }

  openDrafts(): DraftStorage {
    return {
      load: () => Object.fromEntries(this.drafts),
      put: (id, text) => void (text ? this.drafts.set(id, text) : this.drafts.delete(id)),
    };
  }
}
