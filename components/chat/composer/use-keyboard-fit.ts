'use client';

import { type RefObject, useEffect } from 'react';

/**
 * Keeps a full-height frame above the virtual keyboard where the browser covers the page instead of
 * resizing it (iOS). Elsewhere `interactive-widget=resizes-content` does it and this changes nothing.
 */
export function useKeyboardFit(frame: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const viewport = window.visualViewport;
    const element = frame.current;
    if (!viewport || !element) return;
    const fit = () => {
      // While pinched in, the visual viewport is small for another reason.
      const isCovered = viewport.scale < 1.01 && window.innerHeight - viewport.height > 1;
      element.style.height = isCovered ? `${viewport.height}px` : '';
      element.style.translate = isCovered && viewport.offsetTop > 0 ? `0 ${viewport.offsetTop}px` : '';
    };
    viewport.addEventListener('resize', fit);
    viewport.addEventListener('scroll', fit);
    return () => {
      viewport.removeEventListener('resize', fit);
      viewport.removeEventListener('scroll', fit);
    };
  }, [frame]);
}
