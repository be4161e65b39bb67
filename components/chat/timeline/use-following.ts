'use client';

import { type RefObject, useLayoutEffect, useMemo, useRef } from 'react';
import type { VirtualizerHandle } from 'virtua';
import { findFirstUnreadRow, type TimelineRow } from './timeline-rows.ts';
import { DIVIDER_MARGIN_PX } from './timeline-start.ts';
import type { RowScroll } from './use-row-scroll.ts';
import { useStickToBottom } from './use-stick-to-bottom.ts';

type Options = {
  scroller: RefObject<HTMLElement | null>;
  list: RefObject<VirtualizerHandle | null>;
  rowScroll: RowScroll;
  rows: readonly TimelineRow[];
  isAtNewest: boolean;
  /** The read cursor while something is unread, else null. */
  unreadAfterSeq: number | null;
  /** The height of what stands above the list in the scroller. */
  spaceAbove: number;
};

export type Following = ReturnType<typeof useFollowing>;

/** Follows what is new at the end, as far as the first unread message stays on the screen. */
export function useFollowing(options: Options) {
  const { scroller, list, rowScroll, rows, isAtNewest, unreadAfterSeq, spaceAbove } = options;
  // What was there when the list was sent to the end holds nothing back.
  const passedSeq = useRef(0);
  const shownRows = useRef(rows);
  useLayoutEffect(() => {
    shownRows.current = rows;
  }, [rows]);

  const getLimit = () => {
    if (unreadAfterSeq === null || !list.current) return Number.POSITIVE_INFINITY;
    const index = findFirstUnreadRow(rows, Math.max(unreadAfterSeq, passedSeq.current));
    if (index < 0) return Number.POSITIVE_INFINITY;
    const isBelowDivider = rows[index - 1]?.kind === 'divider';
    const offset = list.current.getItemOffset(isBelowDivider ? index - 1 : index);
    return spaceAbove + offset - DIVIDER_MARGIN_PX;
  };
  const sticking = useStickToBottom(scroller, { mayStick: isAtNewest, getLimit });

  return useMemo(
    () => ({
      ...sticking,
      stick(behavior?: 'instant' | 'smooth') {
        const newest = shownRows.current.findLast((row) => row.kind === 'message' && row.item.seq !== null);
        if (newest?.kind === 'message') passedSeq.current = newest.item.seq ?? 0;
        // Two ways cannot go smoothly at once, and the one to a row would lead back there.
        sticking.stick(rowScroll.divertToEnd() ? 'instant' : behavior);
      },
    }),
    [sticking, rowScroll],
  );
}
