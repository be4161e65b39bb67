'use client';

import { type KeyboardEvent, type RefObject, useEffect, useRef, useState } from 'react';
import { countCodePoints, MAX_BODY_LENGTH } from '#lib/chat/limits.ts';
import { useChat, useDraft } from '#lib/chat-client/index.ts';
import { readEnter } from './enter-key.ts';

/** An input method that was told "Enter" hands its syllable over within this time, or is made to. */
const COMPOSITION_END_MS = 120;

/** Length that counts against the limit: what is left after trimming and composing. */
function measure(text: string): number {
  return countCodePoints(text.normalize('NFC').trim());
}

function isTouchDevice(): boolean {
  return matchMedia('(pointer: coarse)').matches;
}

type Options = {
  conversationId: string;
  box: RefObject<HTMLTextAreaElement | null>;
  onSent: () => void;
};

/**
 * The composer's behaviour. The box keeps its own text (a controlled one fights input methods); the
 * draft follows it, and fills it when another tab or a reload brings one.
 */
export function useComposer({ conversationId, box, onSent }: Options) {
  const chat = useChat();
  const draft = useDraft(conversationId);
  const [length, setLength] = useState(0);
  const composition = useRef({ text: '', wantsSend: false, timer: 0 });

  const follow = () => {
    const text = box.current?.value ?? '';
    setLength(measure(text));
    chat.setDraft(conversationId, text);
  };

  const send = () => {
    const element = box.current;
    composition.current.wantsSend = false;
    clearTimeout(composition.current.timer);
    if (!element) return;
    const size = measure(element.value);
    if (size === 0 || size > MAX_BODY_LENGTH) return follow();
    if (chat.send(conversationId, element.value) === null) return;
    element.value = '';
    growToFit(element);
    follow();
    onSent();
  };

  /** Sends when the syllable is in the box; a composition that does not end is ended. */
  const sendAfterComposition = () => {
    composition.current.wantsSend = true;
    composition.current.timer = window.setTimeout(() => {
      box.current?.blur();
      box.current?.focus();
      if (composition.current.wantsSend) send();
    }, COMPOSITION_END_MS);
  };

  useEffect(() => {
    const element = box.current;
    const state = composition.current;
    if (!element) return;
    // What was typed before the page was ready is a draft too.
    if (element.value !== '') chat.setDraft(conversationId, element.value);
    if (!isTouchDevice()) element.focus({ preventScroll: true });
    // Some input methods break the line after the key that committed the syllable.
    const refuseBreak = (event: InputEvent) => {
      if (state.wantsSend && /^insert(LineBreak|Paragraph)$/.test(event.inputType)) event.preventDefault();
    };
    element.addEventListener('beforeinput', refuseBreak);
    return () => {
      clearTimeout(state.timer);
      element.removeEventListener('beforeinput', refuseBreak);
    };
  }, [box, chat, conversationId]);

  useEffect(() => {
    const element = box.current;
    if (!element) return;
    // Never under somebody's fingers: what stands in the box that is being written in goes first. The
    // box of a tab in the background only looks as if it had the focus.
    const isWritten = document.hasFocus() && document.activeElement === element;
    const isFree = !isWritten || element.value === '';
    if (isFree && element.value !== draft) element.value = draft;
    growToFit(element);
    setLength(measure(element.value));
  }, [draft, box]);

  return {
    length,
    send,
    onInput() {
      if (box.current) growToFit(box.current);
      follow();
      if (box.current?.value) chat.setTyping(conversationId);
    },
    onKeyDown(event: KeyboardEvent<HTMLTextAreaElement>) {
      if (event.key !== 'Enter' && event.key !== 'Process') return;
      if (event.key === 'Process' && event.code !== 'Enter' && event.code !== 'NumpadEnter') return;
      const { isComposing, keyCode } = event.nativeEvent;
      const { text } = composition.current;
      const { shiftKey, altKey } = event;
      const meaning = readEnter({
        shiftKey,
        altKey,
        isComposing,
        keyCode,
        isTouch: isTouchDevice(),
        composition: text,
      });
      if (meaning === 'leave') return;
      event.preventDefault();
      if (meaning === 'send') send();
      else sendAfterComposition();
    },
    onCompositionStart() {
      composition.current.text = '';
    },
    onCompositionUpdate(data: string) {
      composition.current.text = data;
    },
    onCompositionEnd(data: string) {
      composition.current.text = data;
      // After the browser's own last steps with the text, whatever their order.
      if (composition.current.wantsSend) {
        clearTimeout(composition.current.timer);
        composition.current.timer = window.setTimeout(() => {
          if (composition.current.wantsSend) send();
        });
      }
    },
  };
}

/** Six lines and no more, where the style sheet's `field-sizing` is not known. */
function growToFit(element: HTMLTextAreaElement): void {
  if (CSS.supports('field-sizing', 'content')) return;
  element.style.height = 'auto';
  element.style.height = `${element.scrollHeight}px`;
}
