import type { ErrorCode } from '#lib/chat/types.ts';
import type { TabMessage } from '../connection/tabs.ts';
import { isEditable } from '../state/is-editable.ts';
import { findChanged, findMessage } from '../state/pending-changes.ts';
import { createConversationState } from '../state.ts';
import type { ChatStore } from '../store.ts';
import type { Notice } from '../types.ts';
import type { Draft, Edited, Written } from './draft.ts';
import type { Drafts } from './drafts.ts';
import type { ChangeItem, EditItem, OutboxItem } from './outbox-item.ts';
import type { OutboxItems } from './outbox-items.ts';
import type { OutboxStorage } from './outbox-storage.ts';

type Needs = {
  store: ChatStore;
  storage: OutboxStorage;
  items: OutboxItems;
  drafts: Drafts;
  save(item: OutboxItem): Promise<void>;
  tell(message: TabMessage): void;
};

/** Edits in the composer, and those that come back to it. */
export type Edits = ReturnType<typeof createEdits>;

export function createEdits({ store, storage, items, drafts, save, tell }: Needs) {
  const { userId } = store.getState().viewer;
  const getConversation = (id: string) => store.getState().conversations[id] ?? createConversationState(id);
  const listOf = (id: string, seq: number) =>
    items
      .list(id)
      .filter((item): item is EditItem => item.kind === 'edit' && item.seq === seq && !item.stored);

  const setNotice = (conversationId: string, notice: Notice | null) => {
    if (getConversation(conversationId).notice === notice) return;
    store.dispatch({ type: 'notice:set', conversationId, notice });
    tell({ type: 'noticed', conversationId, notice });
  };
  /** Gives back what stood in the composer before an edit; what was unsent goes on waiting. */
  const cancel = (id: string) => {
    const { editOf } = drafts.get(id);
    if (!editOf) return;
    if (editOf.unsent) void save(editOf.unsent);
    drafts.set(id, editOf.kept);
    setNotice(id, null);
  };
  const begin = (id: string, written: Written, edited: Edited) => {
    cancel(id);
    drafts.set(id, { ...written, editOf: { ...edited, kept: drafts.get(id) } });
    setNotice(id, null);
  };
  const isDeleted = (id: string, seq: number) =>
    findMessage(getConversation(id), seq)?.deletedAt !== undefined;

  return {
    begin,
    cancel,
    setNotice,
    listOf,
    /** The text of a message as the viewer wants it. */
    getText: (id: string, seq: number) => findChanged(getConversation(id), seq, userId)?.body,
    /** Begins to edit a message of the log; false when it cannot be. */
    start(id: string, seq: number): boolean {
      if (drafts.get(id).editOf?.seq === seq) return true;
      const message = findChanged(getConversation(id), seq, userId);
      if (!message || !isEditable(message, userId)) return false;
      const edits = listOf(id, seq);
      const refused = edits.find(isRefused);
      // Made of a text that the server does not have yet, it is based on what that is based on.
      const revision = findMessage(getConversation(id), seq)?.revision ?? 0;
      const baseRevision = edits.find(({ state }) => state === 'sending')?.baseRevision ?? revision;
      begin(id, { text: refused?.text ?? message.body }, { seq, baseRevision });
      if (refused) void items.discard(id, refused.clientId);
      return true;
    },
    /** Puts the text of a refused edit back into the composer, as soon as nothing is being written there. */
    comeBack(id: string): void {
      const draft = drafts.get(id);
      const item = items.list(id).find(isRefused);
      if (!item || draft.editOf || draft.text.trim()) return;
      const { seq, text, clientId } = item;
      const revision = findMessage(getConversation(id), seq)?.revision ?? 0;
      if (!isDeleted(id, seq))
        begin(id, { text }, { seq, baseRevision: Math.max(revision, item.baseRevision) });
      void items.discard(id, clientId);
    },
    /** Later edits of the same message are made of what this one has made. */
    async rebase({ conversationId, clientId, seq }: EditItem, baseRevision: number): Promise<void> {
      const draft = drafts.get(conversationId);
      if (draft.editOf?.seq === seq) drafts.set(conversationId, rebaseDraft(draft, baseRevision));
      for (const item of await storage.listPending(conversationId)) {
        if (item.kind !== 'edit' || item.seq !== seq || item.clientId === clientId) continue;
        await items.save({ ...item, baseRevision });
      }
    },
    /** False for a refused edit whose text is not missed: the message is deleted, or a newer text is being written. */
    isWanted({ conversationId, seq }: EditItem): boolean {
      return !isDeleted(conversationId, seq) && drafts.get(conversationId).editOf?.seq !== seq;
    },
    /** Tells that a change was refused. */
    note({ conversationId, kind, seq }: ChangeItem, code: ErrorCode): void {
      const draft = drafts.get(conversationId);
      const revision = findMessage(getConversation(conversationId), seq)?.revision;
      if (kind === 'edit' && draft.editOf?.seq === seq && revision) {
        drafts.set(conversationId, rebaseDraft(draft, revision));
      }
      setNotice(conversationId, { kind, seq, code });
    },
    /** Ends edits of what was deleted meanwhile, also refused ones: deletion beats edit. */
    endDeleted(): void {
      const { drafts, conversations } = store.getState();
      for (const [id, { editOf }] of Object.entries(drafts)) {
        if (editOf?.seq && isDeleted(id, editOf.seq)) cancel(id);
      }
      for (const [id, { pending }] of Object.entries(conversations)) {
        for (const item of pending)
          if (isRefused(item) && isDeleted(id, item.seq)) void items.discard(id, item.clientId);
      }
    },
  };
}

const isRefused = (item: OutboxItem): item is EditItem => item.kind === 'edit' && item.state === 'failed';

function rebaseDraft(draft: Draft, baseRevision: number): Draft {
  const { editOf } = draft;
  return editOf?.seq ? { ...draft, editOf: { ...editOf, baseRevision } } : draft;
}
