'use client';

import { useRef } from 'react';
import { findBubble, readBox } from './message-box.ts';
import { usePlaced } from './use-placed.ts';

/** So far the light around a bubble goes beyond it (pixels). */
const MARGIN_PX = 3;

/** Dims the page but for the message that a finger holds; presses end at it. */
export function LiftedBubble({ article, onPress }: { article: HTMLElement; onPress: () => void }) {
  const cover = useRef<HTMLDivElement>(null);
  const light = useRef<HTMLDivElement>(null);
  usePlaced(() => {
    const bubble = findBubble(article);
    const log = article.closest<HTMLElement>('[role=log]');
    if (!light.current || !bubble || !log) return;
    const box = readBox(bubble);
    const frame = readBox(log);
    // What is scrolled out of the list stays dim.
    const top = Math.max(box.top - MARGIN_PX, frame.top);
    const bottom = Math.min(box.bottom + MARGIN_PX, frame.bottom);
    Object.assign(light.current.style, {
      left: `${box.left - MARGIN_PX}px`,
      top: `${top}px`,
      width: `${box.right - box.left + 2 * MARGIN_PX}px`,
      height: `${Math.max(0, bottom - top)}px`,
    });
  }, cover);
  return (
    <div ref={cover} aria-hidden onClick={onPress} className="fixed inset-0 z-50 overflow-clip animate-fade">
      <div ref={light} className="absolute rounded-bubble shadow-[0_0_0_200vmax_var(--color-scrim)]" />
    </div>
  );
}
