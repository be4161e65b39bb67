'use client';

import {
  type FocusEvent,
  type KeyboardEvent,
  type MouseEvent,
  type RefObject,
  useEffect,
  useLayoutEffect,
  useRef,
  useState,
} from 'react';

/** Where the focus goes when the menu opens: a pointer's stays on the whole. */
type Entry = 'first' | 'last' | 'list';

/**
 * A menu button as the ARIA Authoring Practices describe it: the arrows, Home, End and first letters move
 * among the items, Escape and Tab leave, and the focus comes back to the button.
 */
export function useMenu() {
  const [entry, setEntry] = useState<Entry | null>(null);
  const isOpen = entry !== null;
  const frame = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const list = useRef<HTMLDivElement>(null);

  const close = () => {
    button.current?.focus({ preventScroll: true });
    setEntry(null);
  };

  useLayoutEffect(() => {
    if (entry === null) return;
    const target = entry === 'list' ? list.current : listItems(list.current).at(entry === 'first' ? 0 : -1);
    target?.focus({ preventScroll: true });
  }, [entry]);

  useCloseOutside(frame, isOpen, setEntry);

  return {
    isOpen,
    frame,
    button,
    list,
    close,
    buttonProps: {
      onClick(event: MouseEvent) {
        if (isOpen) return close();
        // A click by the keyboard has no pointer behind it.
        setEntry(event.detail === 0 ? 'first' : 'list');
      },
      onKeyDown(event: KeyboardEvent) {
        if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
        event.preventDefault();
        setEntry(event.key === 'ArrowDown' ? 'first' : 'last');
      },
    },
    listProps: {
      onKeyDown(event: KeyboardEvent) {
        if (event.ctrlKey || event.metaKey || event.altKey) return;
        if (event.key === 'Escape') close();
        // The browser's own step goes on from the button.
        else if (event.key === 'Tab') return close();
        else if (!moveFocus(list.current, event.key)) return;
        event.preventDefault();
        event.stopPropagation();
      },
      onBlur(event: FocusEvent) {
        const { relatedTarget } = event;
        if (relatedTarget && !frame.current?.contains(relatedTarget)) setEntry(null);
      },
    },
  };
}

/** Closes the menu at a press anywhere else. */
function useCloseOutside(
  frame: RefObject<HTMLElement | null>,
  isOpen: boolean,
  setEntry: (entry: null) => void,
) {
  useEffect(() => {
    if (!isOpen) return;
    const leave = (event: PointerEvent) => {
      if (!frame.current?.contains(event.target as Node)) setEntry(null);
    };
    document.addEventListener('pointerdown', leave, true);
    return () => document.removeEventListener('pointerdown', leave, true);
  }, [frame, isOpen, setEntry]);
}

/** Moves the focus among the items as a key asks; false for a key that leads nowhere. */
function moveFocus(list: HTMLElement | null, key: string): boolean {
  const all = listItems(list);
  const at = all.indexOf(document.activeElement as HTMLElement);
  const find = (): HTMLElement | undefined => {
    if (key === 'ArrowDown') return all[at + 1] ?? all[0];
    if (key === 'ArrowUp') return all[at - 1] ?? all.at(-1);
    if (key === 'Home') return all[0];
    if (key === 'End') return all.at(-1);
    // Letters go round from the item that has the focus.
    const wanted = key.length === 1 && key !== ' ' ? key.toLowerCase() : null;
    const after = [...all.slice(at + 1), ...all.slice(0, at + 1)];
    return after.find((item) => wanted && item.textContent?.trim().toLowerCase().startsWith(wanted));
  };
  const next = find();
  next?.focus();
  return next !== undefined;
}

function listItems(list: HTMLElement | null): HTMLElement[] {
  return [...(list?.querySelectorAll<HTMLElement>('[role=menuitem]') ?? [])];
}
