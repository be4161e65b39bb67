import type { ErrorCode } from '#lib/chat/types.ts';
import type { ChangeItem, EditItem } from '../outbox/outbox-item.ts';
import type { Notice } from '../types.ts';
import type { Edits } from './edits.ts';
import { isRefusedEdit, type LookUp } from './look-up.ts';
import type { ChangeNeeds } from './needs.ts';

type Needs = ChangeNeeds & {
  lookUp: LookUp;
  edits: Edits;
  setNotice(conversationId: string, notice: Notice): void;
};

/** What becomes of changes that the server refuses for good. The text of an edit is not lost. */
export function createRefusals({ store, storage, items, drafts, lookUp, edits, setNotice }: Needs) {
  const rebaseDraft = (id: string, seq: number, baseRevision: number): void => {
    const draft = drafts.get(id);
    const { editOf } = draft;
    if (editOf?.seq === seq) drafts.set(id, { ...draft, editOf: { ...editOf, baseRevision } });
  };
  /** Puts the text of a refused edit back into the composer, as soon as nothing is being written there. */
  const comeBack = (id: string): void => {
    const { text: written, editOf } = drafts.get(id);
    const item = items.list(id).find(isRefusedEdit);
    if (!item || editOf || written.trim()) return;
    const { seq, text, clientId } = item;
    const baseRevision = Math.max(lookUp.getRevision(id, seq), item.baseRevision);
    edits.begin(id, { text }, { seq, baseRevision });
    void items.discard(id, clientId);
  };

  return {
    comeBack,
    /** Later edits of the same message are made of what this one has made. */
    async rebase({ conversationId, clientId, seq }: EditItem, baseRevision: number): Promise<void> {
      rebaseDraft(conversationId, seq, baseRevision);
      for (const item of await storage.listPending(conversationId)) {
        if (item.kind !== 'edit' || item.seq !== seq || item.clientId === clientId) continue;
        await items.save({ ...item, baseRevision });
      }
    },
    /**
     * True for a refused change of which nothing is missed: the text of an edit is, unless its message is deleted or a
     * newer text of it is there.
     */
    isOver(item: ChangeItem): boolean {
      const { conversationId, seq, order } = item;
      if (item.kind !== 'edit' || lookUp.isDeleted(conversationId, seq)) return true;
      if (drafts.get(conversationId).editOf?.seq === seq) return true;
      return lookUp.listEdits(conversationId, seq).some((other) => other.order > order);
    },
    /** Tells of a refusal, and gives the text back where that is missed. */
    tell({ conversationId, kind, seq }: ChangeItem, code: ErrorCode): void {
      comeBack(conversationId);
      const revision = lookUp.getRevision(conversationId, seq);
      // What is being written is sent again knowing of what it was in conflict with.
      if (kind === 'edit' && revision > 0) rebaseDraft(conversationId, seq, revision);
      setNotice(conversationId, { kind, seq, code });
    },
    /**
     * Ends edits of what was deleted meanwhile, also refused ones: deletion beats edit. An answer to what the viewer deleted
     * for themselves becomes a message of its own.
     */
    endDeleted(): void {
      const { drafts: written, conversations } = store.getState();
      for (const [id, { editOf, replyToSeq }] of Object.entries(written)) {
        if (editOf?.seq && lookUp.isDeleted(id, editOf.seq)) edits.cancel(id);
        else if (replyToSeq && lookUp.isHidden(id, replyToSeq)) {
          const { replyToSeq: _, ...draft } = drafts.get(id);
          drafts.set(id, draft);
        }
      }
      for (const [id, { pending }] of Object.entries(conversations)) {
        for (const item of pending.filter(isRefusedEdit)) {
          if (lookUp.isDeleted(id, item.seq)) void items.discard(id, item.clientId);
        }
      }
    },
  };
}
