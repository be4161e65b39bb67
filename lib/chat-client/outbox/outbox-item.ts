import type { ErrorCode, Message } from '#lib/chat/types.ts';
import type { Ack } from '#lib/realtime/ack.ts';
import type { Transport } from '../connection/transport.ts';
import type { Written } from './written.ts';

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
export type SendItem = ItemBase & { kind: 'send'; draft: Written };

/** A new text of the message at `seq`, made of its text at `baseRevision`. */
export type EditItem = ItemBase & { kind: 'edit'; seq: number; text: string; baseRevision: number };

/** What the viewer wants of a message and can want otherwise a moment later. */
export type Wish =
  | { kind: 'delete'; seq: number }
  | { kind: 'undelete'; seq: number }
  | { kind: 'react'; seq: number; emoji: string; on: boolean }
  | { kind: 'pin'; seq: number; on: boolean }
  | MarkWish;

/** What the viewer keeps to themselves: a star, or a message deleted for them, or all of the conversation up to it. */
export type MarkWish =
  | { kind: 'star'; seq: number; on: boolean }
  | { kind: 'hide'; seq: number }
  | { kind: 'clear'; seq: number };

export type MarkItem = ItemBase & MarkWish;

/** What the viewer wants to happen to a message of the log. */
export type ChangeItem = EditItem | (ItemBase & Wish);

/**
 * Something that the viewer wants of the server and that it does not have yet. A new kind joins this union;
 * the compiler then leads to `CHECKS` below, to what asks the server for it, and to those who show items.
 */
export type OutboxItem = SendItem | ChangeItem;

/** For each kind, whether what was read from outside is whole. */
const CHECKS: { [K in OutboxItem['kind']]: (value: Partial<Extract<OutboxItem, { kind: K }>>) => boolean } = {
  send: ({ draft }) => isText(draft?.text) && isSource(draft?.forwardOf),
  edit: ({ seq, text, baseRevision }) => isNumber(seq) && isText(text) && isNumber(baseRevision),
  delete: ({ seq }) => isNumber(seq),
  undelete: ({ seq }) => isNumber(seq),
  react: ({ seq, emoji, on }) => isNumber(seq) && isText(emoji) && typeof on === 'boolean',
  pin: ({ seq, on }) => isNumber(seq) && typeof on === 'boolean',
  star: ({ seq, on }) => isNumber(seq) && typeof on === 'boolean',
  hide: ({ seq }) => isNumber(seq),
  clear: ({ seq }) => isNumber(seq),
};

const isText = (value: unknown) => typeof value === 'string';
const isNumber = (value: unknown) => typeof value === 'number';
const isSource = (value: Written['forwardOf']) =>
  value === undefined || (isText(value?.conversationId) && isNumber(value?.seq));

/** Whether a value is an item of a kind that this code knows, with all that it needs of it. */
export function isKnownItem(value: Partial<OutboxItem>): value is OutboxItem {
  const { kind, conversationId, clientId, order } = value;
  if (!kind || !Object.hasOwn(CHECKS, kind)) return false;
  return isText(conversationId) && isText(clientId) && isNumber(order) && CHECKS[kind](value as never);
}

/** True for an item that changes nothing of what the partner sees. */
export function isMark<T extends OutboxItem>(item: T): item is Extract<T, MarkItem> {
  return item.kind === 'star' || item.kind === 'hide' || item.kind === 'clear';
}

/** Asks the server to store a message; null when no answer came. */
export function requestSend(
  { request }: Transport,
  { conversationId, clientId, draft: { text, replyToSeq, forwardOf } }: SendItem,
): Promise<Ack<{ message: Message }> | null> {
  return request('message:send', {
    conversationId,
    clientId,
    body: text,
    ...(replyToSeq !== undefined && { replyToSeq }),
    ...(forwardOf && { forwardOf }),
  });
}

/**
 * An item as it is kept once it was refused. Where a message that was to be forwarded is gone, so is its text: nothing that
 * was deleted stays on a device.
 */
export function toFailed(item: OutboxItem, errorCode: ErrorCode): OutboxItem {
  const failed: OutboxItem = { ...markTried(item), state: 'failed', errorCode };
  const isSourceGone = failed.kind === 'send' && failed.draft.forwardOf && errorCode === 'not_found';
  return isSourceGone ? { ...failed, draft: { ...failed.draft, text: '' } } : failed;
}

/** The same item, no longer untried. */
export function markTried<T extends { isUntried?: true }>({ isUntried: _, ...item }: T): T {
  return item as T;
}

/** The order in which items were written. */
export function compareOrder(a: OutboxItem, b: OutboxItem): number {
  return a.order - b.order || (a.clientId < b.clientId ? -1 : 1);
}
