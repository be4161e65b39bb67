/** A rectangle of the screen, in pixels. */
export type Box = { left: number; top: number; right: number; bottom: number };
export type Size = { width: number; height: number };
/** Where a floating part goes; what is taller than `maxHeight` scrolls. */
export type Place = { left: number; top: number; maxHeight: number };

/** Kept free between what floats and what it belongs to, and at the edges of the screen. */
const GAP = 8;

const clamp = (value: number, least: number, most: number) => Math.max(least, Math.min(value, most));

/** Aligned with the side on which a message stands, and inside the screen. */
function alignLeft(anchor: Box, { width }: Size, screen: Box, isRight: boolean): number {
  const wanted = isRight ? anchor.right - width : anchor.left;
  return clamp(wanted, screen.left + GAP, screen.right - GAP - width);
}

/** Below the anchor, or above it where there is more room; where neither holds it all it comes over the anchor. */
export function placeBeside(anchor: Box, size: Size, screen: Box, isRight: boolean): Place {
  const roomBelow = screen.bottom - GAP - anchor.bottom;
  const isBelow = size.height <= roomBelow || roomBelow >= anchor.top - screen.top - GAP;
  const highest = screen.top + GAP;
  const maxHeight = Math.min(size.height, screen.bottom - GAP - highest);
  const wanted = isBelow ? anchor.bottom : anchor.top - maxHeight;
  const top = clamp(wanted, highest, screen.bottom - GAP - maxHeight);
  return { left: alignLeft(anchor, size, screen, isRight), top, maxHeight };
}

/**
 * A bar above a bubble and a menu below it; where there is no room below, both above it. Where the screen is too small
 * for all three the menu comes over the bubble. The bar stays above the menu.
 */
export function placeAround(
  bubble: Box,
  bar: Size,
  menu: Size,
  screen: Box,
  isRight: boolean,
): { bar: Place; menu: Place } {
  const lowest = screen.bottom - GAP;
  const highest = screen.top + GAP;
  const barRoom = bar.height + GAP;
  const menuHeight = Math.min(menu.height, lowest - highest - barRoom);
  const isAbove =
    bubble.bottom + GAP + menuHeight > lowest && bubble.top - GAP - menuHeight - barRoom >= highest;
  const wanted = isAbove ? bubble.top - GAP - menuHeight : bubble.bottom + GAP;
  const menuTop = clamp(wanted, highest + barRoom, lowest - menuHeight);
  const barTop = clamp(bubble.top - barRoom, highest, menuTop - barRoom);
  return {
    bar: { left: alignLeft(bubble, bar, screen, isRight), top: barTop, maxHeight: bar.height },
    menu: { left: alignLeft(bubble, menu, screen, isRight), top: menuTop, maxHeight: menuHeight },
  };
}

/** What of the page can be seen: a virtual keyboard or a pinch leave a part of it. */
export function readScreen(): Box {
  const {
    offsetLeft = 0,
    offsetTop = 0,
    width = innerWidth,
    height = innerHeight,
  } = window.visualViewport ?? {};
  return { left: offsetLeft, top: offsetTop, right: offsetLeft + width, bottom: offsetTop + height };
}
