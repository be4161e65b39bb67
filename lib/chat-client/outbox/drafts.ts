import type { TabMessage } from '../connection/tabs.ts';
import type { ChatStore } from '../store.ts';
import { type Draft, EMPTY_DRAFT, fromKept, isSameDraft, type KeptDraft, toKept } from './draft.ts';
import type { DraftStorage } from './draft-storage.ts';

type Needs = { store: ChatStore; storage: DraftStorage; tell(message: TabMessage): void };

/** What is being written, the same in the state, on the device and in the other tabs. */
export type Drafts = ReturnType<typeof createDrafts>;

export function createDrafts({ store, storage, tell }: Needs) {
  let isRestored = false;
  const show = (conversationId: string, draft: Draft) =>
    store.dispatch({ type: 'draft:set', conversationId, draft });
  /** What is typed before the client starts changes what is kept, and does not take its place. */
  const restoreOnce = () => {
    if (isRestored) return;
    isRestored = true;
    for (const [conversationId, draft] of Object.entries(storage.load())) show(conversationId, draft);
  };
  const get = (conversationId: string): Draft => {
    restoreOnce();
    return store.getState().drafts[conversationId] ?? EMPTY_DRAFT;
  };
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
      restoreOnce();
      return Object.values(store.getState().drafts).some(({ editOf }) => editOf !== undefined);
    },
  };
}
