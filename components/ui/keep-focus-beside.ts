/**
 * Gives the focus to what stands beside elements that go now, once they are gone and if the focus went with them. Where
 * a dialog asked before, that has given the focus back by then.
 */
export function keepFocusBeside(all: Iterable<HTMLElement>, isGone: (element: HTMLElement) => boolean): void {
  const elements = [...all];
  const after = elements[elements.findLastIndex(isGone) + 1];
  const beside = after ?? elements.findLast((element) => !isGone(element));
  requestAnimationFrame(() => {
    if (document.activeElement === document.body) beside?.focus({ preventScroll: true });
  });
}
