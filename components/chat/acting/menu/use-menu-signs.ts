'use client';

import { useEffect } from 'react';

/** Says of the button that a menu came from that it is open. */
export function useExpanded(anchor: HTMLElement): void {
  useEffect(() => {
    if (!anchor.hasAttribute('aria-expanded')) return;
    anchor.setAttribute('aria-expanded', 'true');
    return () => anchor.setAttribute('aria-expanded', 'false');
  }, [anchor]);
}
