'use client';

import { useRef } from 'react';
import type { Asked } from '../../message/asked.ts';

/** Gives the focus back to where it was when a menu was asked for: a button, a message, the composer. */
export function useReturnFocus(asked: Asked | null): () => void {
  const from = useRef<HTMLElement | null>(null);
  const isByKeys = useRef(false);
  const last = useRef<Asked | null>(null);
  if (last.current !== asked) {
    last.current = asked;
    if (asked && 'key' in asked) {
      const { anchor, by } = asked;
      // A finger's menu leaves a virtual keyboard down, and a browser may not focus what a mouse presses.
      const isElsewhere = by === 'mouse' && anchor.matches('article');
      isByKeys.current = by === 'keys';
      from.current = isElsewhere ? (document.activeElement as HTMLElement | null) : anchor;
    }
  }
  return () => from.current?.focus({ preventScroll: true, focusVisible: isByKeys.current });
}
