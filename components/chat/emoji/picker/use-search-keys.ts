'use client';

import { type CompositionEvent, type KeyboardEvent, useRef } from 'react';
import { isInputMethodKey, nameKey } from '../../composer/enter-key.ts';

type Options = { onEnter: (isWithShift: boolean) => void; onDown: () => void };

/**
 * The keys of the search box: Enter takes the first hit, an arrow goes down to them all. While Hangul composes, Enter
 * counts when it is let go: the syllable is in the box by then, and some input methods press the key a second time,
 * which must not come to the box that has the focus next.
 */
export function useSearchKeys({ onEnter, onDown }: Options) {
  const composition = useRef('');
  const isEnterHeld = useRef(false);
  const follow = ({ data }: CompositionEvent) => {
    composition.current = data;
  };
  return {
    onKeyDown(event: KeyboardEvent<HTMLInputElement>) {
      const { isComposing, keyCode } = event.nativeEvent;
      if (isInputMethodKey({ isComposing, keyCode, composition: composition.current })) return;
      const key = nameKey(event);
      if (key === 'Enter') {
        event.preventDefault();
        if (isComposing || keyCode === 229) isEnterHeld.current = true;
        else if (!isEnterHeld.current && !event.repeat) onEnter(event.shiftKey);
      } else if (key === 'ArrowDown' && !isComposing) {
        event.preventDefault();
        onDown();
      }
    },
    onKeyUp(event: KeyboardEvent<HTMLInputElement>) {
      if (nameKey(event) !== 'Enter' || !isEnterHeld.current) return;
      isEnterHeld.current = false;
      onEnter(event.shiftKey);
    },
    onCompositionStart: follow,
    onCompositionUpdate: follow,
    onCompositionEnd: follow,
  };
}
