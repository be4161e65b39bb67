import { countCodePoints } from '#lib/chat/sizes.ts';
import { normalizeBody } from '#lib/text/normalize.ts';
import { isVisible } from '#lib/text/visible.ts';

/** Length that counts against the limit: what is left after trimming and composing; 0 when nothing is seen of it. */
export function measure(text: string): number {
  return isVisible(text) ? countCodePoints(normalizeBody(text)) : 0;
}

/** As many lines as the box may have, where the style sheet's `field-sizing` is not known. */
export function growToFit(box: HTMLTextAreaElement): void {
  if (CSS.supports('field-sizing', 'content')) return;
  box.style.height = 'auto';
  box.style.height = `${box.scrollHeight}px`;
}

export function isTouchDevice(): boolean {
  return matchMedia('(pointer: coarse)').matches;
}
