'use client';

import { type RefObject, useEffect, useRef } from 'react';

/** Says of the button that a menu came from that it is open. */
export function useExpanded(anchor: HTMLElement): void {
  useEffect(() => {
    if (!anchor.hasAttribute('aria-expanded')) return;
    anchor.setAttribute('aria-expanded', 'true');
    return () => anchor.setAttribute('aria-expanded', 'false');
  }, [anchor]);
}

type Leaving = {
  owner: RefObject<HTMLElement | null>;
  isListening: boolean;
  onClose: (isBack: boolean) => void;
};

/** Closes what has no list's own ways to close at a press anywhere else. */
export function useLeaveAside({ owner, isListening, onClose }: Leaving): void {
  const close = useRef(onClose);
  close.current = onClose;
  useEffect(() => {
    if (!isListening) return;
    const leave = ({ target }: PointerEvent) => {
      if (!owner.current?.contains(target as Node)) close.current(false);
    };
    document.addEventListener('pointerdown', leave, true);
    return () => document.removeEventListener('pointerdown', leave, true);
  }, [isListening, owner]);
}
