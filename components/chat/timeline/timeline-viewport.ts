/** What of a timeline is before the viewer's eyes. */
export type TimelineViewport = {
  /** The message at the top edge and how far below the edge it begins, in pixels. */
  topRow: { key: string; offset: number } | null;
  /** The oldest stored message in sight, whoever wrote it. */
  firstSeq: number | null;
  /** The newest message of the partner that can be read; null when none is in sight. */
  seenSeq: number | null;
  /** True while a date line stands at the top edge and says itself which day it is. */
  hasDateAtTop: boolean;
  distanceToStart: number;
  distanceToEnd: number;
  /** False while a row in sight is not yet there, or not yet measured and so hidden. */
  isLaidOut: boolean;
};

/** So much of a row may be cut off at the bottom edge, and it is in sight. */
export const CUT_PX = 8;

/** A date line that begins within so many pixels of the top edge stands where the chip would. */
const DATE_AT_TOP_PX = 64;

/** Reads from the page itself, not from estimates: a row that the list has not measured yet is hidden, and not seen. */
export function readViewport(scroller: HTMLElement): TimelineViewport {
  const frame = scroller.getBoundingClientRect();
  let topRow: TimelineViewport['topRow'] = null;
  let firstSeq: number | null = null;
  let seenSeq: number | null = null;
  let hasDateAtTop = false;
  let isLaidOut = true;
  let coveredTo = frame.top;
  for (const row of scroller.querySelectorAll<HTMLElement>('[data-row]')) {
    const box = row.getBoundingClientRect();
    if (box.bottom <= frame.top || box.top >= frame.bottom) continue;
    const isVisible = row.checkVisibility({ visibilityProperty: true });
    isLaidOut &&= isVisible;
    coveredTo = Math.max(coveredTo, box.bottom);
    const article = row.querySelector<HTMLElement>('article');
    hasDateAtTop ||= row.dataset.row?.startsWith('date:') === true && box.top < frame.top + DATE_AT_TOP_PX;
    if (!article) continue;
    topRow ??= { key: row.dataset.row ?? '', offset: box.top - frame.top };
    const seq = Number(article.dataset.seq);
    if (!isVisible || !seq) continue;
    firstSeq ??= seq;
    // A message taller than the frame counts once its beginning has reached the upper half.
    const isReadable = box.bottom <= frame.bottom + CUT_PX || box.top < frame.top + frame.height / 2;
    if (article.dataset.mine === 'false' && isReadable) seenSeq = Math.max(seenSeq ?? 0, seq);
  }
  const distanceToEnd = scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight;
  // Scrolled far in one step, a frame may come before the rows that belong into it; past the end there are none.
  const isCovered = coveredTo >= frame.bottom + Math.min(0, distanceToEnd) - CUT_PX;
  return {
    topRow,
    firstSeq,
    seenSeq,
    hasDateAtTop,
    distanceToStart: scroller.scrollTop,
    distanceToEnd,
    isLaidOut: isLaidOut && isCovered,
  };
}

/** True when the person looks at this page. */
export function isAttentive(): boolean {
  return document.visibilityState === 'visible' && document.hasFocus();
}
