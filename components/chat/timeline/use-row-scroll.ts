'use client';

import { type RefObject, useMemo, useRef } from 'react';
import type { ScrollToIndexOpts, VirtualizerHandle } from 'virtua';

/** virtua lets go of the row 150 ms after its last measurement; this must run out later, also on a busy page. */
const UNDER_WAY_MS = 300;
/** Farther down than any end: the browser stops at the end that there is. */
const BELOW_END_PX = 10_000_000;

export type RowScroll = ReturnType<typeof useRowScroll>;

/**
 * Sends the list to a row. It goes there again with all that it measures on the way, whoever scrolls meanwhile,
 * and only another order of its own ends that.
 */
export function useRowScroll(list: RefObject<VirtualizerHandle | null>) {
  const isUnderWay = useRef(false);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);

  return useMemo(() => {
    const awaitArrival = () => {
      clearTimeout(timer.current);
      timer.current = setTimeout(() => {
        isUnderWay.current = false;
      }, UNDER_WAY_MS);
    };
    return {
      toRow(index: number, options: ScrollToIndexOpts) {
        list.current?.scrollToIndex(index, options);
        isUnderWay.current = true;
        // In a page that is not drawn yet the list waits for its first measurement.
        if (list.current?.viewportSize) awaitArrival();
      },
      noteMeasured() {
        if (isUnderWay.current) awaitArrival();
      },
      /** Sends a list that is still under way to a row to the end instead; false when it stands still. */
      divertToEnd(): boolean {
        if (isUnderWay.current) list.current?.scrollTo(BELOW_END_PX);
        return isUnderWay.current;
      },
    };
  }, [list]);
}
