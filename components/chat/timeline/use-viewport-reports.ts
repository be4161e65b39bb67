'use client';

import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef } from 'react';
import type { TimelineRow } from './timeline-rows.ts';
import { CUT_PX, readViewport, type TimelineViewport } from './timeline-viewport.ts';
import type { Following } from './use-following.ts';

/** Rows are measured in the frame after they appear; on a page that is busy it takes some. */
const MEASURING_FRAMES = 120;
/** A list at its end follows a new row with the frame after it. */
const FOLLOWING_FRAMES = 2;
/** The list itself scrolls for so long to where it was sent. */
const PLACING_MS = 500;

type Options = {
  scroller: RefObject<HTMLElement | null>;
  rows: readonly TimelineRow[];
  following: Following;
  onViewport: (viewport: TimelineViewport, isStuck: boolean) => void;
  onScrolled: (at: string | null) => void;
};

export type ViewportReports = ReturnType<typeof useViewportReports>;

/** Looks at what is in sight once a frame is laid out, as often as something may have changed it. */
export function useViewportReports({ scroller, rows, following, onViewport, onScrolled }: Options) {
  const { look, hold, isStuck } = following;
  const now = useRef({ rows, onViewport, onScrolled });
  const hasMoved = useRef(false);
  const placedAt = useRef(0);
  const frame = useRef(0);

  const check = useCallback(() => {
    const lookAt = (framesLeft: number) => {
      cancelAnimationFrame(frame.current);
      frame.current = requestAnimationFrame(() => {
        const element = scroller.current;
        if (!element?.isConnected || element.clientHeight === 0) return;
        const viewport = readViewport(element);
        const isFollowing = isStuck() && viewport.distanceToEnd > CUT_PX;
        if (isFollowing && framesLeft > MEASURING_FRAMES - FOLLOWING_FRAMES) return lookAt(framesLeft - 1);
        look(viewport.distanceToEnd);
        now.current.onViewport(viewport, isStuck());
        if (hasMoved.current) {
          hasMoved.current = false;
          now.current.onScrolled(findTopTime(now.current.rows, viewport));
        }
        // Measuring shows a row without any event.
        if (!viewport.isLaidOut && framesLeft > 0) lookAt(framesLeft - 1);
      });
    };
    lookAt(MEASURING_FRAMES);
  }, [scroller, look, isStuck]);

  useLayoutEffect(() => {
    now.current = { rows, onViewport, onScrolled };
    hold();
    check();
  }, [rows, onViewport, onScrolled, hold, check]);
  useEffect(() => () => cancelAnimationFrame(frame.current), []);

  return {
    check,
    noteScroll() {
      hasMoved.current = !isStuck() && performance.now() - placedAt.current > PLACING_MS;
    },
    /** The list was sent somewhere: that it scrolls now is nobody's doing. */
    notePlaced() {
      placedAt.current = performance.now();
    },
  };
}

/** When the message at the top was written; null where a date line says the day already. */
function findTopTime(
  rows: readonly TimelineRow[],
  { topRow, hasDateAtTop }: TimelineViewport,
): string | null {
  const row = rows.find(({ key }) => key === topRow?.key);
  return hasDateAtTop || row?.kind !== 'message' ? null : row.item.message.createdAt;
}
