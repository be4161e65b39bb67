import type { Message } from '#lib/chat/types.ts';
import type { EditItem, OutboxItem } from '../outbox/outbox-item.ts';
import type { OutboxItems } from '../outbox/outbox-items.ts';
import { createConversationState } from '../state.ts';
import type { ChatStore } from '../store.ts';
import { createLayer, findMessage } from './overlay.ts';

export type LookUp = ReturnType<typeof createLookUp>;

/** Finds messages that this client holds, and what is on its way for them. */
export function createLookUp(store: ChatStore, items: OutboxItems) {
  const { userId } = store.getState().viewer;
  const get = (id: string) => store.getState().conversations[id] ?? createConversationState(id);
  const find = (id: string, seq: number): Message | undefined => findMessage(get(id), seq);
  const isHidden = (id: string, seq: number): boolean => createLayer(get(id), userId).isHidden(seq);
  return {
    userId,
    find,
    getRevision: (id: string, seq: number): number => find(id, seq)?.revision ?? 0,
    /** The viewer deletes it for themselves, or has. */
    isHidden,
    isDeleted: (id: string, seq: number): boolean =>
      find(id, seq)?.deletedAt !== undefined || isHidden(id, seq),
    /** A message as the viewer wants it. */
    findChanged(id: string, seq: number): Message | undefined {
      const found = find(id, seq);
      return found && createLayer(get(id), userId).change(found);
    },
    /** Edits of a message that the server has not made. */
    listEdits: (id: string, seq: number): EditItem[] =>
      items
        .list(id)
        .filter((item): item is EditItem => item.kind === 'edit' && item.seq === seq && !item.stored),
    /** The newest message that is meant; undefined also while newer ones are not loaded. */
    findNewest(id: string, isMeant: (message: Message) => boolean): Message | undefined {
      const { window } = get(id);
      return window?.hasAfter ? undefined : window?.messages.findLast(isMeant);
    },
  };
}

export function isRefusedEdit(item: OutboxItem): item is EditItem {
  return item.kind === 'edit' && item.state === 'failed';
}
