'use client';

import { type Ref, type RefObject, useImperativeHandle } from 'react';
import type { Following } from './use-following.ts';
import { getDistanceToEnd } from './use-stick-to-bottom.ts';

export type TimelineListHandle = {
  /** Goes to the newest row; smoothly when it is near, unless what lies between must not pass by. */
  toEnd(isAtOnce: boolean): void;
  /** Looks again at what is in sight and reports it. */
  check(): void;
  /** Stays where it is, whatever grows. */
  release(): void;
};

type Options = {
  scroller: RefObject<HTMLElement | null>;
  following: Following;
  check: () => void;
  /** Holds the space above a short conversation at what it is now. */
  keepSpace: () => void;
};

/** What others may ask of a timeline's list. */
export function useListHandle(ref: Ref<TimelineListHandle>, options: Options): void {
  const { scroller, following, check, keepSpace } = options;
  useImperativeHandle(ref, () => ({
    toEnd(isAtOnce) {
      const element = scroller.current;
      if (!element) return;
      const isNear = getDistanceToEnd(element) < element.clientHeight * 2;
      const isStill = isAtOnce || !isNear || matchMedia('(prefers-reduced-motion: reduce)').matches;
      following.stick(isStill ? 'instant' : 'smooth');
    },
    check,
    release() {
      keepSpace();
      following.release();
    },
  }));
}
