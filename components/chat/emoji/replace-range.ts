import { isTouchDevice } from '../composer/composer-box.ts';

/**
 * Puts text in the place of a range of a box, as if it were typed: it can be undone, and the box hears of it. On a touch
 * screen a box without the focus does not get it, as a keyboard would come with it.
 */
export function replaceRange(box: HTMLTextAreaElement, from: number, to: number, text: string): void {
  const isQuiet = isTouchDevice() && document.activeElement !== box;
  if (!isQuiet) {
    box.focus({ preventScroll: true });
    box.setSelectionRange(from, to);
    // Deprecated, and the only way that keeps the browser's list of what can be undone.
    if (document.execCommand('insertText', false, text)) return;
  }
  box.setRangeText(text, from, to, 'end');
  box.dispatchEvent(
    new InputEvent('input', { bubbles: true, inputType: 'insertReplacementText', data: text }),
  );
}
