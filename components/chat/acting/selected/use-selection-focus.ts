'use client';

import { type RefObject, useEffect, useRef } from 'react';
import { isTouchDevice } from '../../composer/composer-box.ts';
import { findStop } from '../find-stop.ts';

type Root = RefObject<HTMLElement | null>;

/**
 * Takes the focus to the box of the message it began with. At the end, if nothing else has it, the focus goes back to that
 * message where keys (or a finger) led away from there, and else to the composer.
 */
export function useFocusAround(root: Root, anchor: number): void {
  // biome-ignore lint/correctness/useExhaustiveDependencies: only as it begins and ends.
  useEffect(() => {
    const { current } = root;
    const stop = findStop(current, anchor)?.querySelector<HTMLElement>('[data-stop]');
    stop?.focus({ preventScroll: true });
    const isByKeys = stop?.matches(':focus-visible');
    return () => {
      setTimeout(() => {
        if (document.activeElement !== document.body) return;
        const box = !isByKeys && !isTouchDevice() && current?.querySelector('textarea');
        (box || findStop(current, anchor))?.focus({ preventScroll: true });
      });
    };
  }, []);
}

/** Where the box that has the focus goes with its message, the nearest one takes the focus. */
export function useFocusKept(root: Root, items: readonly unknown[]): void {
  const last = useRef<{ stop: HTMLElement; seq: number } | null>(null);
  useEffect(() => {
    const { current } = root;
    const hear = ({ target }: FocusEvent) => {
      const stop = target as HTMLElement;
      last.current = stop.matches('[data-stop]') ? { stop, seq: readSeq(stop) } : null;
    };
    current?.addEventListener('focusin', hear);
    return () => current?.removeEventListener('focusin', hear);
  }, [root]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the items come and go.
  useEffect(() => {
    if (!last.current || last.current.stop.isConnected || document.activeElement !== document.body) return;
    const { seq } = last.current;
    const far = (stop: HTMLElement) => Math.abs(readSeq(stop) - seq);
    const stops = [...(root.current?.querySelectorAll<HTMLElement>('[data-stop]') ?? [])];
    const nearest = stops.sort((one, other) => far(one) - far(other))[0] ?? findStop(root.current, seq);
    nearest?.focus({ preventScroll: true });
  }, [root, items]);
}

const readSeq = (stop: HTMLElement) => Number(stop.closest<HTMLElement>('article')?.dataset.seq);
