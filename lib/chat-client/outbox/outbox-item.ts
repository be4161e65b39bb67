import type { ErrorCode, Message } from '#lib/chat/types.ts';
import type { Ack } from '#lib/realtime/ack.ts';
import type { Transport } from '../connection/transport.ts';
import type { Draft } from './draft.ts';

/** What every item of the outbox has, whatever it asks of the server. */
export type ItemBase = {
  conversationId: string;
  clientId: string;
  createdAt: string;
  /** Sorts by the time of writing, across tabs. */
  order: number;
  state: 'sending' | 'failed';
  errorCode?: ErrorCode;
  /** Not handed to a connection yet: it waits for one, or behind another item. It can be taken back. */
  isUntried?: true;
};

/** A message on its way. */
type SendItem = ItemBase & { kind: 'send'; draft: Draft };

/**
 * Something that the viewer wants of the server and that it does not have yet. A new kind joins this union;
 * the compiler then leads to `CHECKS` and `requestItem` below, and to those who show items.
 */
export type OutboxItem = SendItem;

/** For each kind, whether what was read from outside is whole. */
const CHECKS: { [K in OutboxItem['kind']]: (value: Partial<Extract<OutboxItem, { kind: K }>>) => boolean } = {
  send: ({ draft }) => typeof draft?.text === 'string',
};

/** Whether a value is an item of a kind that this code knows, with all that it needs of it. */
export function isKnownItem(value: Partial<OutboxItem>): value is OutboxItem {
  const { kind, conversationId, clientId, order } = value;
  if (!kind || !Object.hasOwn(CHECKS, kind)) return false;
  if (typeof conversationId !== 'string' || typeof clientId !== 'string') return false;
  return typeof order === 'number' && CHECKS[kind](value);
}

/** Asks the server for what an item wants; null when no answer came. */
export function requestItem(
  transport: Transport,
  item: OutboxItem,
): Promise<Ack<{ message: Message }> | null> {
  const { conversationId, clientId } = item;
  switch (item.kind) {
    case 'send': {
      const { text, replyToSeq } = item.draft;
      return transport.request('message:send', {
        conversationId,
        clientId,
        body: text,
        ...(replyToSeq !== undefined && { replyToSeq }),
      });
    }
  }
}

/** The same item, no longer untried. */
export function markTried<T extends { isUntried?: true }>({ isUntried: _, ...item }: T): T {
  return item as T;
}

/** The order in which items were written. */
export function compareOrder(a: OutboxItem, b: OutboxItem): number {
  return a.order - b.order || (a.clientId < b.clientId ? -1 : 1);
}
