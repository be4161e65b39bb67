import { type Draft, isEmptyDraft } from '#lib/chat-client/outbox/draft.ts';
import type { DraftStorage } from '#lib/chat-client/outbox/draft-storage.ts';
import { markTried, type OutboxItem } from '#lib/chat-client/outbox/outbox-item.ts';
import type { OutboxStorage } from '#lib/chat-client/outbox/outbox-storage.ts';

/** A disk that outlives the client, like IndexedDB and localStorage. */
export class Disk {
  pending = new Map<string, OutboxItem>();
  drafts = new Map<string, Draft>();

  open(): OutboxStorage {
    const list = () => [...this.pending.values()].sort((a, b) => a.order - b.order);
    return {
      load: async () => list(),
      listPending: async (id) => list().filter((item) => item.conversationId === id),
      putPending: async (item) => void this.pending.set(item.clientId, item),
      deletePending: async (_, clientId) => void this.pending.delete(clientId),
      beginSending: async (_, clientId) => {
        const item = this.pending.get(clientId);
        if (item) this.pending.set(clientId, markTried(item));
        return item !== undefined;
      },
      takeUntried: async (_, clientId) =>
        this.pending.get(clientId)?.isUntried === true && this.pending.delete(clientId),
      isKept: () => true,
      watchDisk() {},
      clear: async () => this.pending.clear(),
      close() {},
    };
  }

  openDrafts(): DraftStorage {
    return {
      load: () => Object.fromEntries(this.drafts),
      clear: () => this.drafts.clear(),
      isKept: () => true,
      put: (id, draft) => void (isEmptyDraft(draft) ? this.drafts.delete(id) : this.drafts.set(id, draft)),
    };
  }
}
