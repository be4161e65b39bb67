import type { FirstReleaseMessage, TabMessage } from '../connection/tabs.ts';
import type { ChatStore } from '../store.ts';
import type { Drafts } from './drafts.ts';
import { readItem } from './outbox-format.ts';
import type { OutboxItem } from './outbox-item.ts';
import type { OutboxStorage } from './outbox-storage.ts';

type Needs = {
  store: ChatStore;
  storage: OutboxStorage;
  drafts: Drafts;
  save(item: OutboxItem): Promise<void>;
  scheduleDrain(conversationId: string): void;
  loadChanges(): Promise<unknown>;
  /** Takes note of the order of another tab's item. */
  note(order: number): void;
};

/** Makes what hears the other tabs of the account, also those that still run an older release. */
export function createTabListener({ store, storage, drafts, save, scheduleDrain, loadChanges, note }: Needs) {
  return (message: TabMessage | FirstReleaseMessage): void => {
    switch (message.type) {
      case 'item': {
        const item = readItem(message.item);
        if (!item) return;
        note(item.order);
        if (item.kind !== 'send') void loadChanges();
        store.dispatch({ type: 'pending:put', pending: item });
        if (item.state === 'sending') scheduleDrain(item.conversationId);
        return;
      }
      case 'removed': {
        const { conversationId, clientId } = message;
        store.dispatch({ type: 'pending:removed', conversationId, clientId });
        // A tab of the first release cannot delete what this one has kept for it.
        void storage.deletePending(conversationId, clientId);
        return;
      }
      case 'stored':
        store.dispatch({ clientId: message.message.clientId, ...message, type: 'pending:stored' });
        return;
      case 'marked':
        store.dispatch({ ...message, type: 'marks:stored' });
        return;
      case 'noticed':
        store.dispatch({ ...message, type: 'notice:set' });
        return;
      case 'drafted':
        drafts.hear(message.conversationId, message.draft);
        return;
      case 'pending': {
        // That tab can no longer open the database and would lose the item with its page: it is kept here.
        const item = readItem(message.pending);
        if (!item) return;
        note(item.order);
        void save(item);
        return;
      }
      case 'draft':
        drafts.set(message.conversationId, { text: message.text });
    }
  };
}
