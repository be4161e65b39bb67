import type { PendingItem, PendingMessage } from '../state.ts';

/** True for a message that the server does not have, as far as is known. */
export function isUnsent(item: PendingItem): item is PendingMessage {
  return item.kind === 'send' && !item.stored;
}
