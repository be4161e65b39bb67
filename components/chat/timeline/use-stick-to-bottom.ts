'use client';

import { type RefObject, useLayoutEffect, useMemo, useRef } from 'react';

/** Within this many pixels of the end one is at the end: the height of a message of one line. */
const NEAR_PX = 48;

export function getDistanceToEnd(scroller: HTMLElement): number {
  return scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight;
}

type Options = {
  /** False while the end is not the newest message. */
  mayStick: boolean;
  /** How far down the view may follow by itself, as an offset; infinite when nothing is unread. */
  getLimit: () => number;
};

/**
 * Holds a scroller at its end while the person is there, whatever grows: new rows, rows that turn out
 * taller, the composer, the keyboard. It lets go where the first unread message would leave the screen.
 */
export function useStickToBottom(scroller: RefObject<HTMLElement | null>, { mayStick, getLimit }: Options) {
  const isStuck = useRef(false);
  /** As last laid out: a place that was never scrolled to makes no event. */
  const wasAtEnd = useRef(false);
  const now = useRef({ mayStick, getLimit });
  useLayoutEffect(() => {
    now.current = { mayStick, getLimit };
    if (!mayStick) isStuck.current = false;
  });

  useLayoutEffect(() => {
    if (scroller.current) return holdAtEnd(scroller.current, { isStuck, wasAtEnd, now });
  }, [scroller]);

  return useMemo(
    () => ({
      isStuck: () => isStuck.current,
      /** Goes to the end and stays there, also when a row is still to come below. */
      stick(behavior: 'instant' | 'smooth' = 'instant') {
        isStuck.current = now.current.mayStick;
        scroller.current?.scrollTo({ top: scroller.current.scrollHeight, behavior });
      },
      release() {
        isStuck.current = false;
        wasAtEnd.current = false;
      },
      /** Call when a frame is laid out, with how far the end then is. */
      look(distanceToEnd: number) {
        wasAtEnd.current = now.current.mayStick && distanceToEnd <= NEAR_PX;
      },
      /** Call when the rows change, before they are laid out: who was at the end stays there. */
      hold() {
        if (wasAtEnd.current) isStuck.current = now.current.mayStick;
      },
    }),
    [scroller],
  );
}

type Hold = { isStuck: RefObject<boolean>; wasAtEnd: RefObject<boolean>; now: RefObject<Options> };

/** Follows what the person scrolls and what grows; returns what ends that. */
function holdAtEnd(element: HTMLElement, { isStuck, wasAtEnd, now }: Hold): () => void {
  let lastTop = element.scrollTop;
  let lastHeight = element.scrollHeight;
  const follow = () => {
    const { scrollTop, scrollHeight } = element;
    if (getDistanceToEnd(element) <= NEAR_PX) isStuck.current = now.current.mayStick;
    // Only a move of the person's own lets go; rows that were measured also move the offset.
    else if (scrollTop < lastTop && scrollHeight === lastHeight) isStuck.current = wasAtEnd.current = false;
    lastTop = scrollTop;
    lastHeight = scrollHeight;
  };
  // In capture, so that it sees the heights from before the virtual list reacts.
  element.addEventListener('scroll', follow, { capture: true, passive: true });
  // After layout and before paint, when asking for the height costs nothing.
  const observer = new ResizeObserver(() => {
    if (!isStuck.current) return;
    const end = element.scrollHeight - element.clientHeight;
    const limit = now.current.getLimit();
    if (limit < end - NEAR_PX) isStuck.current = wasAtEnd.current = false;
    element.scrollTo({ top: Math.max(element.scrollTop, Math.min(limit, end)), behavior: 'instant' });
  });
  for (const watched of [element, ...element.children]) observer.observe(watched);
  return () => {
    element.removeEventListener('scroll', follow, { capture: true });
    observer.disconnect();
  };
}
