'use client';

import { type KeyboardEvent, type MouseEvent, useCallback, useRef, useState } from 'react';

/** Where the focus goes when a menu opens: a pointer's stays on the whole. */
export type MenuEntry = 'first' | 'last' | 'list';

/** The button of a menu: whether its list is open, and how it was opened. The list itself comes with its items. */
export function useMenuButton() {
  const [entry, setEntry] = useState<MenuEntry | null>(null);
  const frame = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const onClose = useCallback((isBack: boolean) => {
    if (isBack) button.current?.focus({ preventScroll: true });
    setEntry(null);
  }, []);
  return {
    entry,
    frame,
    onClose,
    buttonProps: {
      ref: button,
      'aria-haspopup': 'menu',
      'aria-expanded': entry !== null,
      onClick(event: MouseEvent) {
        if (entry) return onClose(true);
        // A click by the keyboard has no pointer behind it.
        setEntry(event.detail === 0 ? 'first' : 'list');
      },
      onKeyDown(event: KeyboardEvent) {
        if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
        event.preventDefault();
        setEntry(event.key === 'ArrowDown' ? 'first' : 'last');
      },
    },
  } as const;
}
