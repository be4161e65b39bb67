/** A click so long after the finger was lifted is another's (ms). */
const LIFTED_MS = 300;

/** The finger that opened a menu presses nothing when it is lifted, wherever the menu stands. */
export function swallowClick(): void {
  const listening = new AbortController();
  const options = { capture: true, signal: listening.signal };
  const swallow = (event: MouseEvent) => {
    // A click by the keyboard has no finger behind it.
    if (event.detail === 0) return;
    event.preventDefault();
    event.stopPropagation();
  };
  const stop = () => listening.abort();
  document.addEventListener('click', swallow, options);
  document.addEventListener('pointerdown', stop, options);
  // The click comes in the same breath as the lifting.
  for (const lifting of ['pointerup', 'pointercancel']) {
    document.addEventListener(lifting, () => setTimeout(stop, LIFTED_MS), options);
  }
}

export function vibrate(): void {
  navigator.vibrate?.(10);
}
