import { nanoid as createId } from 'nanoid';
import { normalizeBody } from '#lib/text/normalize.ts';
import { isEditable } from '../state/is-editable.ts';
import type { ChatStore } from '../store.ts';
import { type Draft, type Edit, EMPTY_DRAFT, joinDrafts, type Written } from './draft.ts';
import type { Drafts } from './drafts.ts';
import type { Edits } from './edits.ts';
import { type ItemBase, markTried, type OutboxItem, type Wish } from './outbox-item.ts';
import type { OutboxItems } from './outbox-items.ts';

type Needs = {
  store: ChatStore;
  items: OutboxItems;
  drafts: Drafts;
  edits: Edits;
  /** Keeps an item, and sends it when its turn comes. */
  save(item: OutboxItem): Promise<void>;
  /** True when an item of the conversation would be handed to the connection at once. */
  canGoAtOnce(conversationId: string): boolean;
  /** A moment later than that of any item, in milliseconds since 1970. */
  nextOrder(): number;
};

/** What a person does with messages, sent or not. */
export function createOutboxActions(needs: Needs) {
  const { store, items, drafts, edits, save, canGoAtOnce, nextOrder } = needs;
  /** One that goes at once is spared the transaction that takes the mark off again. */
  const markUntried = (conversationId: string): { isUntried?: true } =>
    canGoAtOnce(conversationId) ? {} : { isUntried: true };
  const createItem = (conversationId: string): ItemBase => {
    const order = nextOrder();
    return {
      conversationId,
      clientId: createId(),
      createdAt: new Date(order).toISOString(),
      order,
      state: 'sending',
      ...markUntried(conversationId),
    };
  };

  const sendEdit = (conversationId: string, written: Written, edit: Edit): string => {
    const { kept, unsent, seq } = edit;
    drafts.set(conversationId, kept);
    edits.setNotice(conversationId, null);
    if (unsent) {
      void save({ ...markTried(unsent), ...markUntried(conversationId), draft: written });
      return unsent.clientId;
    }
    const { text } = written;
    if (text === edits.getText(conversationId, seq)) return '';
    const former = edits.listOf(conversationId, seq);
    const item = createItem(conversationId);
    void save({ ...item, kind: 'edit', seq, text, baseRevision: edit.baseRevision });
    for (const { clientId } of former) void items.takeUntried(conversationId, clientId);
    return item.clientId;
  };
  const send = (conversationId: string, { editOf, ...written }: Draft): string => {
    if (editOf) return sendEdit(conversationId, written, editOf);
    const item = createItem(conversationId);
    void save({ ...item, kind: 'send', draft: written });
    if (normalizeBody(drafts.get(conversationId).text) === written.text) {
      drafts.set(conversationId, EMPTY_DRAFT);
    }
    return item.clientId;
  };
  /** Asks for a change, unless it waits already; one that waits and is its opposite goes instead. */
  const wish = async (conversationId: string, change: Wish): Promise<void> => {
    const last = items.list(conversationId).findLast((item) => !item.stored && isAbout(item, change));
    if (last && isSameWish(last, change)) return;
    if (last && (await items.takeUntried(conversationId, last.clientId))) return;
    await save({ ...createItem(conversationId), ...change });
  };
  const editUnsent = async (conversationId: string, clientId: string): Promise<boolean> => {
    const item = await items.takeUntried(conversationId, clientId);
    if (item?.kind !== 'send') return false;
    edits.begin(conversationId, item.draft, { unsent: item });
    return true;
  };

  return {
    send(conversationId: string, draft: Draft): string {
      const clientId = send(conversationId, draft);
      edits.comeBack(conversationId);
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
      if (item?.kind !== 'send') return false;
      drafts.set(conversationId, joinDrafts(drafts.get(conversationId), item.draft));
      return true;
    },
    setDraft: drafts.set,
    startEdit: edits.start,
    editUnsent,
    editNewest(conversationId: string): boolean {
      const { conversations, viewer } = store.getState();
      const { window } = conversations[conversationId] ?? {};
      const unsent = items
        .list(conversationId)
        .findLast(({ kind, state, stored }) => kind === 'send' && state === 'sending' && !stored);
      if (unsent?.isUntried) void editUnsent(conversationId, unsent.clientId);
      if (unsent || !window || window.hasAfter) return unsent?.isUntried === true;
      const newest = window.messages.findLast((message) => isEditable(message, viewer.userId));
      return newest !== undefined && edits.start(conversationId, newest.seq);
    },
    cancelEdit(conversationId: string): void {
      edits.cancel(conversationId);
      edits.comeBack(conversationId);
    },
    startReply(conversationId: string, seq: number): void {
      edits.cancel(conversationId);
      drafts.set(conversationId, { ...drafts.get(conversationId), replyToSeq: seq });
    },
    cancelReply(conversationId: string): void {
      const { replyToSeq: _, ...draft } = drafts.get(conversationId);
      drafts.set(conversationId, draft);
    },
    deleteForBoth(conversationId: string, seq: number): void {
      if (drafts.get(conversationId).editOf?.seq === seq) edits.cancel(conversationId);
      void wish(conversationId, { kind: 'delete', seq });
    },
    undelete: (conversationId: string, seq: number) => void wish(conversationId, { kind: 'undelete', seq }),
    react: (conversationId: string, seq: number, emoji: string, on: boolean) =>
      void wish(conversationId, { kind: 'react', seq, emoji, on }),
    dismissNotice: (conversationId: string) => edits.setNotice(conversationId, null),
  };
}

/** True for items that want the same thing of a message so or otherwise. */
function isAbout(item: OutboxItem, wish: Wish): boolean {
  if (item.kind === 'send' || item.kind === 'edit' || item.seq !== wish.seq) return false;
  return (item.kind === 'react' && item.emoji) === (wish.kind === 'react' && wish.emoji);
}

function isSameWish(item: OutboxItem, wish: Wish): boolean {
  return item.kind === 'react' && wish.kind === 'react' ? item.on === wish.on : item.kind === wish.kind;
}
