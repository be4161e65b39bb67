import type { Box } from './place-menu.ts';

/** The bubble of a message, when this is one; null for a button in it. */
export function findBubble(element: HTMLElement): HTMLElement | null {
  return element.matches('article') ? element.querySelector<HTMLElement>('[id$="-text"]') : null;
}

/** Where something is on the screen. */
export function readBox(element: HTMLElement): Box {
  const { left, top, right, bottom } = element.getBoundingClientRect();
  return { left, top, right, bottom };
}

/** The key of the item that a message shows; undefined for what is no message. */
export function readItemKey(element: Element): string | undefined {
  return element.closest<HTMLElement>('[data-row]')?.dataset.row;
}
