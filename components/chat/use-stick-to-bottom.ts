'use client';

import { type RefObject, useLayoutEffect, useMemo, useRef } from 'react';

/** Within this many pixels of the end one is at the end. */
const NEAR_PX = 32;

export function getDistanceToEnd(scroller: HTMLElement): number {
  return scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight;
}

/**
 * Holds a scroller at its end while the person is there, whatever grows: new rows, rows that turn out
 * taller, the composer, the keyboard. `mayStick` is false while the end is not the newest message.
 */
export function useStickToBottom(scroller: RefObject<HTMLElement | null>, mayStick: boolean) {
  const isStuck = useRef(false);
  /** As last laid out: a place that was never scrolled to makes no event. */
  const wasAtEnd = useRef(false);
  const mayStickNow = useRef(mayStick);
  useLayoutEffect(() => {
    mayStickNow.current = mayStick;
    if (!mayStick) isStuck.current = false;
  });

  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element) return;
    let lastTop = element.scrollTop;
    let lastHeight = element.scrollHeight;
    const follow = () => {
      const { scrollTop, scrollHeight } = element;
      if (getDistanceToEnd(element) <= NEAR_PX) isStuck.current = mayStickNow.current;
      // Only a move of the person's own lets go; rows that were measured also move the offset.
      else if (scrollTop < lastTop && scrollHeight === lastHeight) isStuck.current = wasAtEnd.current = false;
      lastTop = scrollTop;
      lastHeight = scrollHeight;
    };
    // In capture, so that it sees the heights from before the virtual list reacts.
    element.addEventListener('scroll', follow, { capture: true, passive: true });
    // After layout and before paint, when asking for the height costs nothing.
    const observer = new ResizeObserver(() => {
      if (isStuck.current) element.scrollTo({ top: element.scrollHeight, behavior: 'instant' });
    });
    for (const watched of [element, ...element.children]) observer.observe(watched);
    return () => {
      element.removeEventListener('scroll', follow, { capture: true });
      observer.disconnect();
    };
  }, [scroller]);

  return useMemo(
    () => ({
      isStuck: () => isStuck.current,
      /** Goes to the end and stays there, also when a row is still to come below. */
      stick(behavior: 'instant' | 'smooth' = 'instant') {
        isStuck.current = mayStickNow.current;
        scroller.current?.scrollTo({ top: scroller.current.scrollHeight, behavior });
      },
      release() {
        isStuck.current = false;
        wasAtEnd.current = false;
      },
      /** Call when a frame is laid out, with how far the end then is. */
      look(distanceToEnd: number) {
        wasAtEnd.current = mayStickNow.current && distanceToEnd <= NEAR_PX;
      },
      /** Call when the rows change, before they are laid out: who was at the end stays there. */
      hold() {
        if (wasAtEnd.current) isStuck.current = mayStickNow.current;
      },
    }),
    [scroller],
  );
}
