'use client';

import { useEffect, useRef } from 'react';
import type { Emoji } from '#lib/text/emoji/emoji.ts';
import { readClosedShortcode, readOpenShortcode, type TypedShortcode } from '#lib/text/emoji/shortcode.ts';
import { isTouchDevice } from '../../composer/composer-box.ts';
import { loadEmoji } from '../load-emoji.ts';
import type { Box, Shown } from './open-shortcode.ts';

type Typing = Shown & {
  offer: (typed: TypedShortcode, all: readonly Emoji[]) => void;
  complete: (typed: TypedShortcode, all: readonly Emoji[]) => void;
};

/** What was inserted as a whole, or brought back, is left as it is. */
const isTyped = (inputType: string) => /^(insertText|insertCompositionText|deleteContent)/.test(inputType);

/**
 * Reads what is typed. An input method keeps what it composes for itself, but for Latin words on a touch screen, whose
 * keyboards compose every word.
 */
export function useTyping(box: Box, typing: Typing): void {
  const latest = useRef(typing);
  latest.current = typing;
  useEffect(() => {
    const element = box.current;
    if (!element) return;
    const listening = new AbortController();
    const options = { signal: listening.signal };
    let composed: string | null = null;
    let isGivenUpAt: number | null = null;
    const { show } = latest.current;
    const isFree = () => composed === null || (isTouchDevice() && /^[\x20-\x7e]+$/.test(composed));

    const look = async () => {
      const { value, selectionStart, selectionEnd } = element;
      const closed = readClosedShortcode(value, selectionStart);
      const typed = closed ?? readOpenShortcode(value, selectionStart);
      if (!typed || selectionStart !== selectionEnd || typed.from !== isGivenUpAt) isGivenUpAt = null;
      if (!typed || selectionStart !== selectionEnd || isGivenUpAt !== null) return latest.current.show(null);
      // Without a connection there is nothing to offer, and the text stays as it is typed.
      const all = await loadEmoji().catch(() => null);
      const isSame = element.value === value && element.selectionStart === selectionStart;
      if (!all || !isSame || !isFree() || document.activeElement !== element) return;
      if (closed) latest.current.complete(closed, all);
      else latest.current.offer(typed, all);
    };
    const onInput = (event: Event) => {
      const { inputType, data } = event as InputEvent;
      if (composed !== null) composed = data ?? composed;
      if (isFree() && isTyped(inputType)) void look();
      else latest.current.show(null);
    };
    const onComposition = ({ type, data }: CompositionEvent) => {
      composed = type === 'compositionend' ? null : data;
      // The next syllable begins in the same breath as one ends.
      if (type === 'compositionend') setTimeout(() => composed === null && look());
      else if (!isFree()) latest.current.show(null);
    };
    const closeIfGone = () => {
      const { shown } = latest.current;
      const typed = readOpenShortcode(element.value, element.selectionStart);
      if (shown.current && typed?.query !== shown.current.query) latest.current.show(null);
    };
    const onEscape = ({ key }: KeyboardEvent) => {
      if (key === 'Escape') isGivenUpAt = latest.current.shown.current?.from ?? isGivenUpAt;
    };
    element.addEventListener('input', onInput, options);
    element.addEventListener('compositionstart', onComposition, options);
    element.addEventListener('compositionupdate', onComposition, options);
    element.addEventListener('compositionend', onComposition, options);
    element.addEventListener('keydown', onEscape, options);
    element.addEventListener('blur', () => latest.current.show(null), options);
    document.addEventListener('selectionchange', closeIfGone, options);
    // A send empties the box without a word to it.
    document.addEventListener('click', closeIfGone, options);
    // Something may have been typed before this was loaded.
    if (document.activeElement === element) void look();
    return () => {
      listening.abort();
      show(null);
    };
  }, [box]);
}
