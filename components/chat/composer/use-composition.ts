'use client';

import { type CompositionEvent, type KeyboardEvent, type RefObject, useEffect, useRef } from 'react';
import { isTouchDevice } from './composer-box.ts';
import { readEnter } from './enter-key.ts';

/** An input method that was told "Enter" hands its syllable over within this time, or is made to. */
const COMPOSITION_END_MS = 120;

type Box = RefObject<HTMLTextAreaElement | null>;

/**
 * Sends by Enter, and never in the middle of a syllable that an input method is still composing: `send` is called
 * once the syllable is in the box.
 */
export function useComposition(box: Box, send: () => void) {
  const composition = useRef({ text: '', wantsSend: false, timer: 0 });
  useBreakRefusal(box, composition);

  const sendNow = () => {
    composition.current.wantsSend = false;
    clearTimeout(composition.current.timer);
    send();
  };
  const sendIfWanted = () => {
    if (composition.current.wantsSend) sendNow();
  };
  /** A composition that does not end by itself is ended. */
  const sendAfterComposition = () => {
    composition.current.wantsSend = true;
    composition.current.timer = window.setTimeout(() => {
      box.current?.blur();
      box.current?.focus();
      sendIfWanted();
    }, COMPOSITION_END_MS);
  };

  return {
    send: sendNow,
    onKeyDown(event: KeyboardEvent<HTMLTextAreaElement>) {
      if (event.key !== 'Enter' && event.key !== 'Process') return;
      if (event.key === 'Process' && event.code !== 'Enter' && event.code !== 'NumpadEnter') return;
      const { isComposing, keyCode } = event.nativeEvent;
      const { shiftKey, altKey } = event;
      const { text } = composition.current;
      const isTouch = isTouchDevice();
      const meaning = readEnter({ shiftKey, altKey, isComposing, keyCode, isTouch, composition: text });
      if (meaning === 'leave') return;
      event.preventDefault();
      if (meaning === 'send') sendNow();
      else sendAfterComposition();
    },
    onCompositionStart() {
      composition.current.text = '';
    },
    onCompositionUpdate({ data }: CompositionEvent) {
      composition.current.text = data;
    },
    onCompositionEnd({ data }: CompositionEvent) {
      composition.current.text = data;
      if (!composition.current.wantsSend) return;
      // After the browser's own last steps with the text, whatever their order.
      clearTimeout(composition.current.timer);
      composition.current.timer = window.setTimeout(sendIfWanted);
    },
  };
}

/** Some input methods break the line after the key that committed the syllable: not while it is to be sent. */
function useBreakRefusal(box: Box, composition: RefObject<{ wantsSend: boolean; timer: number }>): void {
  useEffect(() => {
    const element = box.current;
    const state = composition.current;
    const refuseBreak = (event: InputEvent) => {
      if (state.wantsSend && /^insert(LineBreak|Paragraph)$/.test(event.inputType)) event.preventDefault();
    };
    element?.addEventListener('beforeinput', refuseBreak);
    return () => {
      clearTimeout(state.timer);
      element?.removeEventListener('beforeinput', refuseBreak);
    };
  }, [box, composition]);
}
