'use client';

import { type CompositionEvent, type KeyboardEvent, useRef, useState } from 'react';
import { isInputMethodKey, nameKey } from '#components/chat/composer/enter-key.ts';

type Options = {
  /** Entries of the list. */
  count: number;
  /** The entry that is active before any key: the first (0), or none (-1). */
  initial: 0 | -1;
  onEnter: (active: number) => void;
  onEscape: () => void;
};

/**
 * The keys of a search box with a list below it, which the focus never enters: arrows move through the
 * entries, Enter chooses, Escape clears or leaves. Hangul under composition is no obstacle, since
 * nothing is to be chosen there; with kana and pinyin the keys pick a candidate.
 */
export function useListKeys({ count, initial, onEnter, onEscape }: Options) {
  const [active, setActive] = useState<number>(initial);
  const composition = useRef('');
  // Some input methods press Enter again once the syllable is in the box.
  const isEnterHeld = useRef(false);
  const last = count - 1;
  const shown = Math.min(active, last);
  const follow = ({ data }: CompositionEvent) => {
    composition.current = data;
  };

  function handleKey(event: KeyboardEvent<HTMLInputElement>) {
    const { isComposing, keyCode } = event.nativeEvent;
    if (isInputMethodKey({ isComposing, keyCode, composition: composition.current })) return;
    const key = nameKey(event);
    if (key === 'Enter') {
      event.preventDefault();
      if (!isEnterHeld.current) onEnter(shown);
      isEnterHeld.current = true;
    } else if (key === 'Escape' && !isComposing) {
      event.preventDefault();
      if (!event.repeat) onEscape();
    } else if (count > 0 && key === 'ArrowDown') {
      event.preventDefault();
      setActive(shown < last ? shown + 1 : 0);
    } else if (count > 0 && key === 'ArrowUp') {
      event.preventDefault();
      setActive(shown > initial ? shown - 1 : last);
    }
  }

  return {
    active: shown,
    setActive,
    reset: () => setActive(initial),
    /** Props of the search box. */
    box: {
      onKeyDown: handleKey,
      onKeyUp: () => {
        isEnterHeld.current = false;
      },
      onCompositionStart: follow,
      onCompositionUpdate: follow,
      onCompositionEnd: follow,
    },
  };
}
