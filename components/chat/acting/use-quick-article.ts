'use client';

import { type RefObject, useEffect, useState } from 'react';

/** The message that a mouse is on, and the place for its quick actions. */
export type QuickArticle = { article: HTMLElement; slot: HTMLElement };

/** Follows the mouse through the messages in `root`; keys find the same in the menu. */
export function useQuickArticle(root: RefObject<HTMLElement | null>): QuickArticle | null {
  const [quick, setQuick] = useState<QuickArticle | null>(null);
  useEffect(() => {
    const element = root.current;
    if (!element) return;
    const show = (target: Element) => {
      const article = target.closest<HTMLElement>('article');
      const slot = article?.querySelector<HTMLElement>('[data-quick]');
      setQuick((known) => {
        if (!article || !slot) return null;
        return known?.slot === slot ? known : { article, slot };
      });
    };
    const listening = new AbortController();
    const { signal } = listening;
    const onOver = ({ pointerType, target }: PointerEvent) => {
      if (pointerType === 'mouse') show(target as Element);
    };
    element.addEventListener('pointerover', onOver, { signal });
    element.addEventListener('pointerleave', () => setQuick(null), { signal });
    return () => listening.abort();
  }, [root]);
  return quick;
}
