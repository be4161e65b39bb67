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
  const box = at ? { left: at.x, right: at.x, top: at.y, bottom: at.y } : readBox(bubble ?? anchor);
  setPlace(shown, placeBeside(box, measure(shown), screen, isMine));
}

/** Its size without the limits of an earlier place. */
function measure(element: HTMLElement | null): Size {
  if (!element) return { width: 0, height: 0 };
  element.style.maxHeight = '';
  return { width: element.offsetWidth, height: element.offsetHeight };
}
