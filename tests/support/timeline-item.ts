import type { DeletedItem, SendingItem, StoredItem } from '#lib/chat-client/views/view.ts';

type Written = { seq: number; senderId: string; isMine: boolean; createdAt?: string };

const conversationId = 'conversation';
const NINE = '2026-11-24T09:00:00Z';

/** A message of the log as a timeline holds it. */
export function makeStoredItem({ seq, senderId, isMine, createdAt = NINE }: Written): StoredItem {
  const clientId = String(seq);
  const body = `text ${seq}`;
  const message = { conversationId, seq, revision: seq, clientId, senderId, body, createdAt };
  return {
    kind: 'stored',
    key: `${senderId}:${seq}`,
    seq,
    senderId,
    isMine,
    body,
    status: 'read',
    isStarred: false,
    message,
  };
}

/** The same, deleted. */
export function makeDeletedItem(written: Written): DeletedItem {
  const item = makeStoredItem(written);
  return { ...item, kind: 'deleted', body: '', message: { ...item.message, body: '', deletedAt: NINE } };
}

/** One's own message before the server has it; `order` stands in for a seq. */
export function makeSendingItem(order: number, senderId: string, createdAt = NINE): SendingItem {
  const clientId = String(order);
  const body = `text ${order}`;
  const message = {
    conversationId,
    clientId,
    kind: 'send' as const,
    draft: { text: body },
    createdAt,
    order,
    state: 'sending' as const,
  };
  return {
    kind: 'sending',
    key: `${senderId}:${order}`,
    seq: null,
    senderId,
    isMine: true,
    body,
    status: 'sending',
    isStarred: false,
    message,
  };
}
