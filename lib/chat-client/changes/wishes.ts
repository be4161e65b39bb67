import type { OutboxItem, Wish } from '../outbox/outbox-item.ts';
import type { OutboxItems } from '../outbox/outbox-items.ts';

type Needs = { items: OutboxItems; add(conversationId: string, wish: Wish): Promise<void> };

/**
 * Makes what asks for a change that can be wanted otherwise a moment later. One that waits already is asked for no
 * second time; one that waits and is its opposite goes instead.
 */
export function createWishes({ items, add }: Needs) {
  return async (conversationId: string, wish: Wish): Promise<void> => {
    const last = items.list(conversationId).findLast((item) => !item.stored && isAbout(item, wish));
    if (last && isSame(last, wish)) return;
    if (last && (await items.takeUntried(conversationId, last.clientId))) return;
    await add(conversationId, wish);
  };
}

/** True for items that want the same thing of a message, so or otherwise. */
function isAbout(item: OutboxItem, wish: Wish): boolean {
  if (item.kind === 'send' || item.kind === 'edit' || item.seq !== wish.seq) return false;
  return topicOf(item) === topicOf(wish);
}

/** What of a message a wish is about: that it is there, one emoji on it, or what its kind says. */
function topicOf(wish: Wish): string {
  if (wish.kind === 'react') return `react ${wish.emoji}`;
  return wish.kind === 'undelete' ? 'delete' : wish.kind;
}

function isSame(item: OutboxItem, wish: Wish): boolean {
  const isOn = (wanted: object) => 'on' in wanted && wanted.on;
  return item.kind === wish.kind && isOn(item) === isOn(wish);
}
