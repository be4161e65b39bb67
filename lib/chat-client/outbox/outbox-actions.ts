import { normalizeBody } from '#lib/text/normalize.ts';
import { type Draft, EMPTY_DRAFT, joinDrafts } from './draft.ts';
import type { Drafts } from './drafts.ts';
import type { ChangesLoader } from './load-changes.ts';
import type { ItemBase, OutboxItem } from './outbox-item.ts';
import type { OutboxItems } from './outbox-items.ts';

type Needs = {
  items: OutboxItems;
  drafts: Drafts;
  /** Keeps an item, and sends it when its turn comes. */
  save(item: OutboxItem): Promise<void>;
  /** What a new item of a conversation begins with. */
  makeItem(conversationId: string): ItemBase;
  /** The mark of an item that is not handed to a connection at once. */
  markUntried(conversationId: string): { isUntried?: true };
  changes: ChangesLoader;
};

/** What a person does with messages that are not sent yet. */
export function createOutboxActions({ items, drafts, save, makeItem, markUntried, changes }: Needs) {
  return {
    send(conversationId: string, { editOf, ...written }: Draft): string {
      if (editOf) {
        const clientId = changes.run(({ sendEdit }) => sendEdit(conversationId, written, editOf));
        return typeof clientId === 'string' ? clientId : '';
      }
      const item = makeItem(conversationId);
      void save({ ...item, kind: 'send', draft: written });
      if (normalizeBody(drafts.get(conversationId).text) === written.text) {
        drafts.set(conversationId, EMPTY_DRAFT);
      }
      changes.get()?.refusals.comeBack(conversationId);
      return item.clientId;
    },
    retry(conversationId: string, clientId: string): void {
      const item = items.find(conversationId, clientId);
      if (item?.state !== 'failed') return;
      const { errorCode: _, stored: __, heldUntil: ___, ...rest } = item;
      void save({ ...rest, state: 'sending', ...markUntried(conversationId) });
    },
    discard: (conversationId: string, clientId: string) => void items.discard(conversationId, clientId),
    async takeBack(conversationId: string, clientId: string): Promise<boolean> {
      const item = await items.takeUntried(conversationId, clientId);
      if (item?.kind !== 'send') return false;
      // What is forwarded was not written here.
      if (!item.draft.forwardOf)
        drafts.set(conversationId, joinDrafts(drafts.get(conversationId), item.draft));
      return true;
    },
    getDraft: drafts.get,
    setDraft: drafts.set,
  };
}
