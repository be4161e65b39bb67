'use client';

import { useRef } from 'react';
import { cn } from '#components/ui/cn.ts';
import { readBox } from './message-box.ts';
import { usePlaced } from './use-placed.ts';

/** So far the light around what is lifted goes beyond it (pixels). */
const MARGIN_PX = 3;

type Props = {
  /** What a finger holds. */
  element: HTMLElement | null;
  /** The list that it is in. */
  frame: HTMLElement | null;
  /** Its corners. */
  className: string;
  onPress: () => void;
};

/** Dims the page but for what a finger holds; presses end at it. */
export function Lifted({ element, frame, className, onPress }: Props) {
  const cover = useRef<HTMLDivElement>(null);
  const light = useRef<HTMLDivElement>(null);
  usePlaced(() => {
    if (!light.current || !element || !frame) return;
    const box = readBox(element);
    const edge = readBox(frame);
    // What is scrolled out of the list stays dim.
    const top = Math.max(box.top - MARGIN_PX, edge.top);
    const bottom = Math.min(box.bottom + MARGIN_PX, edge.bottom);
    Object.assign(light.current.style, {
      left: `${box.left - MARGIN_PX}px`,
      top: `${top}px`,
      width: `${box.right - box.left + 2 * MARGIN_PX}px`,
      height: `${Math.max(0, bottom - top)}px`,
    });
  }, cover);
  return (
    <div
      ref={cover}
      aria-hidden
      onClick={onPress}
      // The focus stays in the menu, also when the finger that opened it is lifted.
      onMouseDown={(event) => event.preventDefault()}
      className="fixed inset-0 z-50 overflow-clip animate-fade"
    >
      <div ref={light} className={cn('absolute shadow-[0_0_0_200vmax_var(--color-scrim)]', className)} />
    </div>
  );
}
