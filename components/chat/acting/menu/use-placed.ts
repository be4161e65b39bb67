'use client';

import { type RefObject, useEffect, useLayoutEffect, useRef } from 'react';
import type { Place } from './place-menu.ts';

/** Places what floats before it is painted, and again whenever what it belongs to moves or the screen changes. */
export function usePlaced(place: () => void, owner: RefObject<HTMLElement | null>): void {
  const latest = useRef(place);
  latest.current = place;
  useLayoutEffect(() => latest.current());
  useEffect(() => {
    const listening = new AbortController();
    const options = { capture: true, passive: true, signal: listening.signal };
    const placeAgain = ({ target }: Event) => {
      // The list's own scrolling moves nothing.
      if (!(target instanceof Node && owner.current?.contains(target))) latest.current();
    };
    document.addEventListener('scroll', placeAgain, options);
    window.addEventListener('resize', placeAgain, options);
    window.visualViewport?.addEventListener('resize', placeAgain, options);
    window.visualViewport?.addEventListener('scroll', placeAgain, options);
    return () => listening.abort();
  }, [owner]);
}

export function setPlace(element: HTMLElement | null, { left, top, maxHeight }: Place): void {
  if (!element) return;
  Object.assign(element.style, { left: `${left}px`, top: `${top}px`, maxHeight: `${maxHeight}px` });
}
