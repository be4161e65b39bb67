import type { TabMessage } from '../connection/tabs.ts';
import type { Drafts } from '../outbox/drafts.ts';
import type { ItemBase, OutboxItem } from '../outbox/outbox-item.ts';
import type { OutboxItems } from '../outbox/outbox-items.ts';
import type { OutboxStorage } from '../outbox/outbox-storage.ts';
import type { ChatStore } from '../store.ts';

/** What changes work with. */
export type ChangeNeeds = {
  store: ChatStore;
  storage: OutboxStorage;
  items: OutboxItems;
  drafts: Drafts;
  /** Keeps an item, and sends it when its turn comes. */
  save(item: OutboxItem): Promise<void>;
  /** What a new item of a conversation begins with. */
  makeItem(conversationId: string): ItemBase;
  /** The mark of an item that is not handed to a connection at once. */
  markUntried(conversationId: string): { isUntried?: true };
  tell(message: TabMessage): void;
};
