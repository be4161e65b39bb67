import { type ItemBase, isKnownItem, type OutboxItem } from './outbox-item.ts';

/** Grows when an older release would misread an item; a new kind or a new optional field needs no growth. */
const FORMAT = 2;

/** An item as it lies on disk and as tabs tell each other of it. */
export type StoredItem = OutboxItem & { format: number };

/** An unsent message as the first release wrote it, without a number. */
export type FirstFormatItem = ItemBase & { body: string };

export function toStored(item: OutboxItem): StoredItem {
  return { ...item, format: FORMAT };
}

/**
 * Reads an item that this release or an older one wrote. Null for what a newer one wrote that is unknown here, and
 * for what is none: it is left where it is.
 */
export function readItem(value: unknown): OutboxItem | null {
  if (typeof value !== 'object' || value === null) return null;
  const { format, ...item } = value as Partial<StoredItem>;
  if (format === undefined) return readFirstFormat(item);
  if (format > FORMAT) return null;
  return isKnownItem(item) ? item : null;
}

function readFirstFormat(value: object): OutboxItem | null {
  const { body, ...rest } = value as FirstFormatItem;
  const item = { ...rest, kind: 'send' as const, draft: { text: body } };
  return isKnownItem(item) ? item : null;
}
