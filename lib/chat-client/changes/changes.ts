import type { TabMessage } from '../connection/tabs.ts';
import type { Drafts } from '../outbox/drafts.ts';
import type { ItemBase, OutboxItem } from '../outbox/outbox-item.ts';
import type { OutboxItems } from '../outbox/outbox-items.ts';
import type { OutboxStorage } from '../outbox/outbox-storage.ts';
import type { ChatStore } from '../store.ts';
import type { Notice } from '../types.ts';
import { createEdits } from './edits.ts';
import { createLookUp } from './look-up.ts';
import { createLayer } from './overlay.ts';
import { createRefusals } from './refusals.ts';
import { isOvertaken, requestChange } from './request-change.ts';
import { createWishes } from './wishes.ts';

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

export type Changes = ReturnType<typeof createChanges>;

/**
 * Changes of messages: edits, deletions, undos, reactions, and replies in the composer. A page loads this when it
 * opens a conversation, or finds a change that waits from before; its first load does without.
 */
export function createChanges(needs: ChangeNeeds) {
  const { store, items, drafts, save, makeItem, tell } = needs;
  const setNotice = (conversationId: string, notice: Notice | null) => {
    if ((store.getState().conversations[conversationId]?.notice ?? null) === notice) return;
    store.dispatch({ type: 'notice:set', conversationId, notice });
    tell({ type: 'noticed', conversationId, notice });
  };
  const dismissNotice = (id: string) => setNotice(id, null);
  const lookUp = createLookUp(store, items);
  const edits = createEdits({ ...needs, lookUp, dismissNotice });
  const refusals = createRefusals({ ...needs, lookUp, edits, setNotice });
  const wish = createWishes({ items, add: (id, wanted) => save({ ...makeItem(id), ...wanted }) });
  store.dispatch({ type: 'overlay:loaded', overlay: createLayer });

  return {
    startEdit: edits.start,
    editUnsent: edits.startUnsent,
    editNewest: edits.startNewest,
    sendEdit(...[id, written, edit]: Parameters<typeof edits.send>): string {
      const clientId = edits.send(id, written, edit);
      refusals.comeBack(id);
      return clientId;
    },
    cancelEdit(id: string): void {
      edits.cancel(id);
      refusals.comeBack(id);
    },
    startReply(id: string, seq: number): void {
      edits.cancel(id);
      drafts.set(id, { ...drafts.get(id), replyToSeq: seq });
    },
    cancelReply(id: string): void {
      const { replyToSeq: _, ...draft } = drafts.get(id);
      drafts.set(id, draft);
    },
    deleteForBoth(id: string, seq: number): void {
      if (drafts.get(id).editOf?.seq === seq) edits.cancel(id);
      void wish(id, { kind: 'delete', seq });
    },
    undelete: (id: string, seq: number) => void wish(id, { kind: 'undelete', seq }),
    react: (id: string, seq: number, emoji: string, on: boolean) =>
      void wish(id, { kind: 'react', seq, emoji, on }),
    dismissNotice,

    request: requestChange,
    isOvertaken,
    refusals,
    /** Ends with the client. */
    stop: store.subscribe(refusals.endDeleted),
  };
}
