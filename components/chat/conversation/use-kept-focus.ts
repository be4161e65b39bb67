'use client';

import { useEffect, useRef } from 'react';

/**
 * Gives the focus a place when the pane that had it is hidden, as a phone does on each move: the open
 * page, or in the list the conversation that one comes from.
 */
export function useKeptFocus(pathname: string): void {
  const last = useRef(pathname);
  useEffect(() => {
    const from = last.current;
    if (from === pathname) return;
    last.current = pathname;
    // After the frame in which the browser takes the focus from what is hidden.
    const frame = requestAnimationFrame(() => {
      const active = document.activeElement;
      if (active && active !== document.body && active.checkVisibility()) return;
      const target =
        pathname === '/chat' && document.querySelector<HTMLElement>(`nav a[href="${CSS.escape(from)}"]`);
      (target || document.getElementById('main'))?.focus({ preventScroll: true });
    });
    return () => cancelAnimationFrame(frame);
  }, [pathname]);
}
