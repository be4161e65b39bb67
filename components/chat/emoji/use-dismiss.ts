'use client';

import { type RefObject, useEffect, useRef } from 'react';

type Options = {
  /** Presses in it close nothing. */
  owner: RefObject<HTMLElement | null>;
  isListening: boolean;
  /** `isBack` when the focus is to go back to where it was. */
  onClose: (isBack: boolean) => void;
};

/** Closes what floats at a press anywhere else, and by Escape wherever the focus is. */
export function useDismiss({ owner, isListening, onClose }: Options): void {
  const close = useRef(onClose);
  close.current = onClose;
  useEffect(() => {
    if (!isListening) return;
    const listening = new AbortController();
    const options = { capture: true, signal: listening.signal };
    const leave = ({ target }: PointerEvent) => {
      if (!owner.current?.contains(target as Node)) close.current(false);
    };
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key !== 'Escape' || event.isComposing) return;
      event.preventDefault();
      event.stopPropagation();
      close.current(true);
    };
    document.addEventListener('pointerdown', leave, options);
    document.addEventListener('keydown', onKeyDown, options);
    return () => listening.abort();
  }, [owner, isListening]);
}
