'use client';

import { type RefObject, useEffect, useRef, useState } from 'react';
import { useChat, useDraft } from '#lib/chat-client/index.ts';
import { growToFit, isTouchDevice, measure } from './composer-box.ts';

type Options = { conversationId: string; box: RefObject<HTMLTextAreaElement | null> };

/**
 * Keeps the draft and the box alike. The box keeps its own text (a controlled one fights input methods); the
 * draft follows it, and fills it when another tab or a reload brings one.
 */
export function useDraftInBox({ conversationId, box }: Options) {
  const chat = useChat();
  const { text, editOf, replyToSeq } = useDraft(conversationId);
  const edited = editOf && (editOf.seq ?? editOf.unsent.clientId);
  const lastEdited = useRef(edited);
  const [length, setLength] = useState(0);

  useEffect(() => {
    const element = box.current;
    if (!element) return;
    // What was typed before the page was ready is a draft too.
    if (element.value !== '') {
      chat.setDraft(conversationId, { ...chat.getDraft(conversationId), text: element.value });
    }
    if (!isTouchDevice()) element.focus({ preventScroll: true });
  }, [box, chat, conversationId]);

  useEffect(() => {
    const element = box.current;
    if (!element) return;
    // Never under somebody's fingers: what stands in the box that is being written in goes first. The
    // box of a tab in the background only looks as if it had the focus.
    const isWritten = document.hasFocus() && document.activeElement === element;
    const isFree = !isWritten || element.value === '' || edited !== lastEdited.current;
    lastEdited.current = edited;
    if (isFree && element.value !== text) element.value = text;
    growToFit(element);
    setLength(measure(element.value));
  }, [text, edited, box]);

  return {
    /** Characters that count against the limit. */
    length,
    /** True when the text changes a message, or answers one. */
    isAbout: edited !== undefined || replyToSeq !== undefined,
    /** Takes the box's text as the draft's. */
    follow() {
      const written = box.current?.value ?? '';
      setLength(measure(written));
      chat.setDraft(conversationId, { ...chat.getDraft(conversationId), text: written });
    },
  };
}
