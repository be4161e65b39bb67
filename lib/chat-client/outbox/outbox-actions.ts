import { nanoid as createId } from 'nanoid';
import { normalizeBody } from '#lib/text/normalize.ts';
import { type Draft, EMPTY_DRAFT, joinDrafts } from './draft.ts';
import type { Drafts } from './drafts.ts';
import type { OutboxItem } from './outbox-item.ts';
import type { OutboxItems } from './outbox-items.ts';

type Needs = {
  items: OutboxItems;
  drafts: Drafts;
  /** Keeps an item, and sends it when its turn comes. */
  save(item: OutboxItem): Promise<void>;
  /** True when an item of the conversation would be handed to the connection at once. */
  canGoAtOnce(conversationId: string): boolean;
  /** A moment later than that of any item, in milliseconds since 1970. */
  nextOrder(): number;
};

/** What a person does with messages that are not sent yet. */
export function createOutboxActions({ items, drafts, save, canGoAtOnce, nextOrder }: Needs) {
  /** One that goes at once is spared the transaction that takes the mark off again. */
  const markUntried = (conversationId: string): { isUntried?: true } =>
    canGoAtOnce(conversationId) ? {} : { isUntried: true };

  return {
    send(conversationId: string, draft: Draft): string {
      const order = nextOrder();
      const clientId = createId();
      void save({
        kind: 'send',
        conversationId,
        clientId,
        draft,
        createdAt: new Date(order).toISOString(),
        order,
        state: 'sending',
        ...markUntried(conversationId),
      });
      if (normalizeBody(drafts.get(conversationId).text) === draft.text) {
        drafts.set(conversationId, EMPTY_DRAFT);
      }
      return clientId;
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
      if (item) drafts.set(conversationId, joinDrafts(drafts.get(conversationId), item.draft));
      return item !== null;
    },
    setDraft: drafts.set,
  };
}
