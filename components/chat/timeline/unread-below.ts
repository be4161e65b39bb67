import type { TimelineItem } from '#lib/chat-client/views/view.ts';

/** How many of the partner's messages have a seq above `afterSeq`; looks no further back than it must. */
export function countUnread(items: readonly TimelineItem[], afterSeq: number): number {
  let count = 0;
  for (let index = items.length - 1; index >= 0; index--) {
    const { kind, seq, isMine } = items[index] as TimelineItem;
    if (seq !== null && seq <= afterSeq) break;
    if (kind === 'stored' && !isMine) count += 1;
  }
  return count;
}

/**
 * True when something of the partner's lies unread between the read cursor and the oldest message in
 * sight: what the view passed over without showing it. What is loaded begins at `fromSeq`, 0 when nothing is.
 */
export function isPassedOver(
  { items, fromSeq }: { items: readonly TimelineItem[]; fromSeq: number },
  readSeq: number,
  firstSeenSeq: number,
): boolean {
  if (fromSeq === 0 || fromSeq > readSeq + 1) return firstSeenSeq > readSeq + 1;
  return countUnread(items, readSeq) > countUnread(items, Math.max(readSeq, firstSeenSeq - 1));
}
