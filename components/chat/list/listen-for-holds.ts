import { swallowClick, vibrate } from '../acting/gestures/held.ts';
import { HOLD_MS, readTurn } from '../acting/gestures/touch-gesture.ts';

/** On the list a finger that rests on a row opens its menu; returns what ends that. */
export function listenForHolds(element: HTMLElement, onHold: (row: HTMLElement) => void): () => void {
  let touch: { pointerId: number; x: number; y: number; timer: number } | null = null;

  const end = () => {
    if (touch) clearTimeout(touch.timer);
    touch = null;
  };
  const begin = ({ pointerType, isPrimary, target, clientX: x, clientY: y, pointerId }: PointerEvent) => {
    end();
    const row = (target as Element).closest<HTMLElement>('[data-conversation]');
    if (pointerType !== 'touch' || !isPrimary || !row) return;
    const timer = window.setTimeout(() => {
      swallowClick();
      vibrate();
      onHold(row);
    }, HOLD_MS);
    touch = { pointerId, x, y, timer };
  };
  const move = ({ pointerId, clientX, clientY }: PointerEvent) => {
    if (touch?.pointerId !== pointerId) return;
    if (readTurn(clientX - touch.x, clientY - touch.y) !== 'rest') end();
  };
  // The browser's own menu of a link would come over it; that of a mouse stays.
  const keepMenu = (event: MouseEvent) => {
    if ((event as PointerEvent).pointerType === 'touch') event.preventDefault();
  };

  const listening = new AbortController();
  const { signal } = listening;
  element.addEventListener('pointerdown', begin, { signal });
  element.addEventListener('pointermove', move, { signal });
  element.addEventListener('pointerup', end, { signal });
  element.addEventListener('pointercancel', end, { signal });
  element.addEventListener('contextmenu', keepMenu, { signal });
  return () => {
    end();
    listening.abort();
  };
}
