'use client';

import { useEffect, useRef } from 'react';
import type { Box, OpenShortcode, Shown } from './open-shortcode.ts';

/** The keys of the open list; everything else is the composer's. */
export function useOfferKeys(box: Box, list: Shown & { choose: (index: number) => void }): void {
  const latest = useRef(list);
  latest.current = list;
  useEffect(() => {
    const element = box.current;
    if (!element) return;
    const onKeyDown = (event: KeyboardEvent) => {
      const { shown, show, choose } = latest.current;
      const open = shown.current;
      const { key, shiftKey, ctrlKey, altKey, metaKey, isComposing, keyCode } = event;
      if (!open || isComposing || keyCode === 229 || shiftKey || ctrlKey || altKey || metaKey) return;
      const count = open.offers.length;
      if (key === 'ArrowDown') show({ ...open, active: (open.active + 1) % count });
      else if (key === 'ArrowUp') show({ ...open, active: (open.active + count - 1) % count });
      else if (key === 'Enter' || key === 'Tab') choose(open.active);
      else if (key === 'Escape') show(null);
      else return;
      event.preventDefault();
      event.stopPropagation();
    };
    element.addEventListener('keydown', onKeyDown);
    return () => element.removeEventListener('keydown', onKeyDown);
  }, [box]);
}

/** The id of one entry of the list. */
export const offerId = (listId: string, index: number) => `${listId}-${index}`;

/** Says of the box that a list belongs to it, and which entry is active. It stays a text box by its role. */
export function useOfferSigns(box: Box, open: OpenShortcode | null): void {
  const listId = open?.listId;
  const active = open && offerId(open.listId, open.active);
  useEffect(() => {
    const element = box.current;
    if (!element || !listId || !active) return;
    const signs = {
      'aria-autocomplete': 'list',
      'aria-controls': listId,
      'aria-activedescendant': active,
    };
    for (const [name, value] of Object.entries(signs)) element.setAttribute(name, value);
    return () => {
      for (const name of Object.keys(signs)) element.removeAttribute(name);
    };
  }, [box, listId, active]);
}
