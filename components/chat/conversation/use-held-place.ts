'use client';

import { type RefObject, useLayoutEffect, useRef } from 'react';

/**
 * Leaves what is read where it is on the screen when a bar above the timeline comes or goes: the timeline scrolls by the
 * height that it loses or gains. Gives the ref for the bar.
 */
export function useHeldPlace(
  root: RefObject<HTMLElement | null>,
  isShown: boolean,
): RefObject<HTMLElement | null> {
  const bar = useRef<HTMLElement>(null);
  /** As last laid out; null before the first time, when nothing was read yet. */
  const height = useRef<number | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the bar comes and goes by it.
  useLayoutEffect(() => {
    const next = bar.current?.offsetHeight ?? 0;
    const log = root.current?.querySelector('[role=log]');
    if (log && height.current !== null) log.scrollTop += next - height.current;
    height.current = next;
  }, [root, isShown]);
  return bar;
}
