/** What of a timeline is before the viewer's eyes. */
export type TimelineViewport = {
  /** The row at the top edge and how far below the edge it begins, in pixels. */
  topRow: { key: string; offset: number } | null;
  /** The newest message of the partner that can be read; null when none is in sight. */
  seenSeq: number | null;
  distanceToStart: number;
  distanceToEnd: number;
  /** False while a row in sight is not yet measured, and so hidden. */
  isLaidOut: boolean;
};

/** Reads from the page itself, not from estimates: a row that the list has not measured yet is hidden, and not seen. */
export function readViewport(scroller: HTMLElement): TimelineViewport {
  const frame = scroller.getBoundingClientRect();
  let topRow: TimelineViewport['topRow'] = null;
  let seenSeq: number | null = null;
  let isLaidOut = true;
  for (const row of scroller.querySelectorAll<HTMLElement>('[data-row]')) {
    const box = row.getBoundingClientRect();
    if (box.bottom <= frame.top || box.top >= frame.bottom) continue;
    const isVisible = row.checkVisibility({ visibilityProperty: true });
    isLaidOut &&= isVisible;
    topRow ??= { key: row.dataset.row ?? '', offset: box.top - frame.top };
    const article = row.querySelector<HTMLElement>('article[data-seq][data-mine=false]');
    // A message taller than the frame counts once its beginning has reached the upper half.
    const isReadable = box.bottom <= frame.bottom + 8 || box.top < frame.top + frame.height / 2;
    if (article && isReadable && isVisible) seenSeq = Math.max(seenSeq ?? 0, Number(article.dataset.seq));
  }
  return {
    topRow,
    seenSeq,
    distanceToStart: scroller.scrollTop,
    distanceToEnd: scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight,
    isLaidOut,
  };
}

/** True when the person looks at this page. */
export function isAttentive(): boolean {
  return document.visibilityState === 'visible' && document.hasFocus();
}
