import { type Edit, EMPTY_DRAFT } from '../outbox/draft.ts';
import type { Written } from '../outbox/written.ts';
import type { Notice } from '../types.ts';
import { createEdits } from './edits.ts';
import { createLookUp } from './look-up.ts';
import type { ChangeNeeds } from './needs.ts';
import { createLayer } from './overlay.ts';
import { createRefusals } from './refusals.ts';
import { requestChange } from './request-change.ts';
import { sendEdit } from './send-edit.ts';
import { createWishes } from './wishes.ts';

export type Changes = ReturnType<typeof createChanges>;

/**
 * Changes of messages: edits, deletions, undos, reactions, pins, the viewer's own marks, and replies in the composer. A page loads this when it
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
    sendEdit(id: string, written: Written, edit: Edit): string {
      drafts.set(id, edit.kept);
      dismissNotice(id);
      const clientId = sendEdit({ ...needs, lookUp }, { id, written, edit });
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
    pin: (id: string, seq: number, on: boolean) => void wish(id, { kind: 'pin', seq, on }),
    star: (id: string, seq: number, on: boolean) => void wish(id, { kind: 'star', seq, on }),
    /** What is being written about it is let go of as soon as the item stands (see `refusals`). */
    deleteForMe: (id: string, seq: number) => void wish(id, { kind: 'hide', seq }),
    /** All that is known to be said; what waits to be sent is not said yet, and stays. */
    clearConversation(id: string): void {
      const { entry } = store.getState().conversations[id] ?? {};
      if (!entry) return;
      edits.cancel(id);
      drafts.set(id, EMPTY_DRAFT);
      void wish(id, { kind: 'clear', seq: entry.lastSeq });
    },
    forward(id: string, { toIds, seqs }: { toIds: readonly string[]; seqs: readonly number[] }): number {
      const drafts = seqs.flatMap((seq) => {
        const text = lookUp.findChanged(id, seq)?.body;
        return text ? [{ text, forwardOf: { conversationId: id, seq } }] : [];
      });
      for (const toId of toIds) {
        for (const draft of drafts) void save({ ...makeItem(toId), kind: 'send', draft });
      }
      return drafts.length;
    },
    dismissNotice,

    request: requestChange,
    refusals,
    /** Ends with the client. */
    stop: store.subscribe(refusals.endDeleted),
  };
}
