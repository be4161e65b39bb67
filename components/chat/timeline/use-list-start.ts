'use client';

import { useLayoutEffect, useRef } from 'react';
import type { TimelineRow } from './timeline-rows.ts';
import { DIVIDER_MARGIN_PX, findStartRow, type TimelineStart } from './timeline-start.ts';
import type { Following } from './use-following.ts';
import type { RowScroll } from './use-row-scroll.ts';
import type { ViewportReports } from './use-viewport-reports.ts';

type Options = {
  rowScroll: RowScroll;
  rows: readonly TimelineRow[];
  /** A new object sends the list there again. */
  start: TimelineStart;
  following: Following;
  reports: ViewportReports;
};

/** Sends the list to where it is to stand; gives the row that stands there, -1 for the end. */
export function useListStart({ rowScroll, rows, start, following, reports }: Options): number {
  const startRow = findStartRow(rows, start);
  const startRowNow = useRef(startRow);
  const hasStood = useRef(false);
  startRowNow.current = startRow;
  // biome-ignore lint/correctness/useExhaustiveDependencies: moves when a new start is given, not when rows change around it.
  useLayoutEffect(() => {
    const index = startRowNow.current;
    // A list that appears without the row it should stand at (its window was replaced) shows the newest.
    if (start.at === 'end' || (index < 0 && !hasStood.current)) {
      following.stick();
    } else if (index >= 0) {
      following.release();
      if (start.at === 'seq') rowScroll.toRow(index, { align: 'center' });
      else {
        const above = start.at === 'row' ? start.offset : DIVIDER_MARGIN_PX;
        rowScroll.toRow(index, { align: 'start', offset: -above });
      }
    }
    hasStood.current = true;
    reports.notePlaced();
    reports.check();
  }, [start]);
  return startRow;
}
