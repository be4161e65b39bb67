import type { MouseEvent } from 'react';

/** False for a click that asks for a new tab or window, which belongs to the browser. */
export function isPlainClick(event: MouseEvent): boolean {
  return (
    !event.defaultPrevented &&
    event.button === 0 &&
    !(event.metaKey || event.ctrlKey || event.shiftKey || event.altKey)
  );
}
