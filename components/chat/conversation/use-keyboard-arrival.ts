'use client';

import { useEffect, useRef, useState } from 'react';

/**
 * Whether a field got the focus by the Tab key. `:focus-visible` does not tell: it holds for every text
 * field, also for one that a script or a finger put the focus into.
 */
export function useKeyboardArrival() {
  const [isByKeyboard, setByKeyboard] = useState(false);
  const wasTab = useRef(false);
  useEffect(() => {
    const listening = new AbortController();
    const options = { capture: true, signal: listening.signal };
    const note = (isTab: boolean) => {
      wasTab.current = isTab;
    };
    document.addEventListener('keydown', ({ key }) => note(key === 'Tab'), options);
    document.addEventListener('pointerdown', () => note(false), options);
    return () => listening.abort();
  }, []);
  return {
    isByKeyboard,
    onFocus: () => setByKeyboard(wasTab.current),
    onBlur: () => setByKeyboard(false),
  };
}
