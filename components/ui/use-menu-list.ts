'use client';

import {
  type FocusEvent,
  type KeyboardEvent,
  type RefObject,
  useEffect,
  useLayoutEffect,
  useRef,
} from 'react';
import type { MenuEntry } from './use-menu-button.ts';

export type MenuListOptions = {
  /** Where the focus goes when the list appears; a new value moves it again. */
  entry: MenuEntry;
  /** What the list belongs to, its button too: a press in there is not one beside the menu. */
  owner: RefObject<HTMLElement | null>;
  /** `isBack` when the focus is to go back to where it came from. */
  onClose: (isBack: boolean) => void;
};

/**
 * The list of a menu as the ARIA Authoring Practices describe it: the arrows, Home, End and first letters move
 * among the items, Escape and Tab leave.
 */
export function useMenuList({ entry, owner, onClose }: MenuListOptions) {
  const list = useRef<HTMLDivElement>(null);

  useLayoutEffect(() => {
    const target = entry === 'list' ? list.current : listItems(list.current).at(entry === 'first' ? 0 : -1);
    target?.focus({ preventScroll: true });
  }, [entry]);
  useCloseOutside(owner, onClose);

  return {
    list,
    listProps: {
      onKeyDown(event: KeyboardEvent) {
        if (event.ctrlKey || event.metaKey || event.altKey) return;
        if (event.key === 'Escape') onClose(true);
        // The browser's own step goes on from where the menu came from.
        else if (event.key === 'Tab') return onClose(true);
        else if (!moveFocus(list.current, event.key)) return;
        event.preventDefault();
        event.stopPropagation();
      },
      onBlur({ relatedTarget }: FocusEvent) {
        if (relatedTarget && !owner.current?.contains(relatedTarget)) onClose(false);
      },
    },
  };
}

/** Closes the menu at a press anywhere else. */
function useCloseOutside(owner: RefObject<HTMLElement | null>, onClose: (isBack: boolean) => void) {
  const close = useRef(onClose);
  close.current = onClose;
  useEffect(() => {
    const leave = (event: PointerEvent) => {
      if (!owner.current?.contains(event.target as Node)) close.current(false);
    };
    document.addEventListener('pointerdown', leave, true);
    return () => document.removeEventListener('pointerdown', leave, true);
  }, [owner]);
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
