'use client';

import { type RefObject, useEffect, useState } from 'react';

/** The message that a pointer is on or that the keyboard has reached, and the place for its quick actions. */
export type QuickArticle = { article: HTMLElement; slot: HTMLElement };

/** Follows the mouse and the focus through the messages in `root`. */
export function useQuickArticle(root: RefObject<HTMLElement | null>): QuickArticle | null {
  const [quick, setQuick] = useState<QuickArticle | null>(null);
  useEffect(() => {
    const element = root.current;
    if (!element) return;
    const show = (target: EventTarget | null) => {
      const article = (target as Element).closest<HTMLElement>('article');
      const slot = article?.querySelector<HTMLElement>('[data-quick]');
      setQuick((known) => {
        if (!article || !slot) return null;
        return known?.slot === slot ? known : { article, slot };
      });
    };
    const listening = new AbortController();
    const { signal } = listening;
    element.addEventListener(
      'pointerover',
      ({ pointerType, target }) => pointerType === 'mouse' && show(target),
      {
        signal,
      },
    );
    element.addEventListener('pointerleave', () => setQuick(null), { signal });
    element.addEventListener(
      'focusin',
      ({ target }) => (target as Element).matches('article, article *') && show(target),
      { signal },
    );
    return () => listening.abort();
  }, [root]);
  return quick;
}
