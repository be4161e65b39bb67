'use client';

import { type FocusEvent, type RefObject, useLayoutEffect, useRef } from 'react';

/**
 * Gives the focus back where it came from when something goes that holds it; where it came from nowhere, or that is gone
 * too, to what `findHome` finds.
 */
export function useFocusBack(
  box: RefObject<HTMLElement | null>,
  findHome: (() => HTMLElement | null | undefined) | undefined,
) {
  const from = useRef<HTMLElement | null>(null);
  const home = useRef(findHome);
  home.current = findHome;
  useLayoutEffect(() => {
    const element = box.current;
    return () => {
      if (!element?.contains(document.activeElement)) return;
      // What comes in its place is in the page by then.
      requestAnimationFrame(() => {
        if (document.activeElement !== document.body) return;
        const target = from.current?.isConnected ? from.current : home.current?.();
        target?.focus({ preventScroll: true });
      });
    };
  }, [box]);
  return {
    onFocus({ currentTarget, relatedTarget }: FocusEvent<HTMLElement>) {
      if (!currentTarget.contains(relatedTarget)) from.current = relatedTarget as HTMLElement | null;
    },
    /** From now on the focus is wanted at home. */
    forget() {
      from.current = null;
    },
  };
}
