import type { Asked } from '../../message/asked.ts';
import { findBubble, readBox } from './message-box.ts';
import { placeAround, placeBeside, readScreen, type Size } from './place-menu.ts';
import { setPlace } from './use-placed.ts';

type Parts = {
  owner: HTMLElement | null;
  bar: HTMLElement | null;
  asked: Extract<Asked, { key: string }>;
  isMine: boolean;
};

/** Puts the menu and the bar where they were asked for. */
export function placeParts({ owner, bar, asked, isMine }: Parts): void {
  const menu = owner?.querySelector<HTMLElement>('[role=menu]') ?? null;
  const screen = readScreen();
  const { anchor, at, by } = asked;
  const bubble = findBubble(anchor);
  if (by === 'touch' && bubble) {
    const places = placeAround(readBox(bubble), measure(bar), measure(menu), screen, isMine);
    if (bar) setPlace(bar, places.bar);
    setPlace(menu, places.menu);
    return;
  }
  const shown = bar ?? menu;
  const box = at ? boxAt(at) : readBox(bubble ?? anchor);
  setPlace(shown, placeBeside(box, measure(shown), screen, isMine));
}

/** Narrower screens show the picker as a sheet at their lower edge (Tailwind's `sm`). */
const SHEET_BELOW = 640;

/** Puts the picker beside what it was asked for; on a phone at the lower edge, above a virtual keyboard. */
export function placePicker(picker: HTMLElement, { anchor, at }: Parts['asked'], isMine: boolean): void {
  const screen = readScreen();
  const size = measure(picker);
  if (innerWidth < SHEET_BELOW) {
    const maxHeight = Math.min(size.height, screen.bottom - screen.top);
    setPlace(picker, { left: screen.left, top: screen.bottom - maxHeight, maxHeight });
  } else {
    const box = at ? boxAt(at) : readBox(findBubble(anchor) ?? anchor);
    setPlace(picker, placeBeside(box, size, screen, isMine));
  }
}

const boxAt = ({ x, y }: { x: number; y: number }) => ({ left: x, right: x, top: y, bottom: y });

/** Its size without the limits of an earlier place. */
export function measure(element: HTMLElement | null): Size {
  if (!element) return { width: 0, height: 0 };
  element.style.maxHeight = '';
  return { width: element.offsetWidth, height: element.offsetHeight };
}
