import type { Reaction } from '#lib/chat/types.ts';
import type { TimelineItem } from '#lib/chat-client/views/view.ts';

/** `key` is the message's, whose text may change or go before the news is read. */
export type ReactionNews = { emoji: string; on: boolean; key: string };

/**
 * Makes the function that finds what the partner has put on a message, or taken away, since the items it was given
 * before. Of several changes it tells the last; what comes with a message that was not there before is no news.
 */
export function createReactionWatch(partnerId: string) {
  const known = new WeakSet<TimelineItem>();
  const emojiOf = new Map<string, ReadonlySet<string>>();
  let isFirst = true;

  return (items: readonly TimelineItem[]): ReactionNews | null => {
    let news: ReactionNews | null = null;
    for (const item of items) {
      if (known.has(item)) continue;
      known.add(item);
      const before = emojiOf.get(item.key);
      const now = partnersEmoji(item.kind === 'stored' ? item.message.reactions : undefined, partnerId);
      emojiOf.set(item.key, now);
      if (isFirst || !before || item.kind !== 'stored') continue;
      const added = [...now].find((emoji) => !before.has(emoji));
      const removed = [...before].find((emoji) => !now.has(emoji));
      const emoji = added ?? removed;
      if (emoji) news = { emoji, on: added !== undefined, key: item.key };
    }
    isFirst = false;
    return news;
  };
}

function partnersEmoji(reactions: readonly Reaction[] = [], partnerId: string): ReadonlySet<string> {
  return new Set(reactions.filter(({ userIds }) => userIds.includes(partnerId)).map(({ emoji }) => emoji));
}
