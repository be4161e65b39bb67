import type { TabMessage } from '../connection/tabs.ts';
import type { ChatStore } from '../store.ts';
import { type Draft, EMPTY_DRAFT, fromKept, isSameDraft, type KeptDraft, toKept } from './draft.ts';
import type { DraftStorage } from './draft-storage.ts';

type Needs = { store: ChatStore; storage: DraftStorage; tell(message: TabMessage): void };

/** What is being written, the same in the state, on the device and in the other tabs. */
export type Drafts = ReturnType<typeof createDrafts>;

export function createDrafts({ store, storage, tell }: Needs) {
  const get = (conversationId: string): Draft => store.getState().drafts[conversationId] ?? EMPTY_DRAFT;
  const show = (conversationId: string, draft: Draft) =>
    store.dispatch({ type: 'draft:set', conversationId, draft });
  return {
    get,
    set(conversationId: string, draft: Draft): void {
      if (isSameDraft(get(conversationId), draft)) return;
      show(conversationId, draft);
      storage.put(conversationId, draft);
      tell({ type: 'drafted', conversationId, draft: toKept(draft) });
    },
    /** Shows what another tab has kept. */
    hear: (conversationId: string, draft: KeptDraft) => show(conversationId, fromKept(draft)),
    /** True when one of them is an edit. */
    restore(): boolean {
      const drafts = Object.entries(storage.load());
      for (const [conversationId, draft] of drafts) show(conversationId, draft);
      return drafts.some(([, { editOf }]) => editOf !== undefined);
    },
  };
}
