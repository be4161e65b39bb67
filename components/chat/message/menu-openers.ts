import type { KeyboardEvent, MouseEvent } from 'react';
import type { MessageActions } from './use-message-actions.ts';

/**
 * Opens a message's menu by Enter on it, by the menu key, by a right click and, where the browser tells of it, by a
 * long press. A link and a selected text keep the browser's own menu.
 */
export function createOpeners(key: string, ask: MessageActions['ask']) {
  return {
    onKeyDown(event: KeyboardEvent<HTMLElement>) {
      const { target, currentTarget: anchor } = event;
      if (event.key !== 'Enter' || target !== anchor) return;
      // Or this press would go on to the first item.
      event.preventDefault();
      ask({ what: 'menu', key, anchor, by: 'keys' });
    },
    onContextMenu(event: MouseEvent<HTMLElement>) {
      const { target, currentTarget: anchor, button, clientX: x, clientY: y } = event;
      if ((target as Element).closest('a') || !getSelection()?.isCollapsed) return;
      event.preventDefault();
      const { pointerType } = event.nativeEvent as PointerEvent;
      if (pointerType === 'touch') ask({ what: 'menu', key, anchor, by: 'touch' });
      // The menu key has no button of a mouse behind it.
      else if (button === 2) ask({ what: 'menu', key, anchor, by: 'mouse', at: { x, y } });
      else ask({ what: 'menu', key, anchor, by: 'keys' });
    },
  };
}
