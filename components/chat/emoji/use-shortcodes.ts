'use client';

import { type RefObject, useEffect, useId, useRef, useState } from 'react';
import { useLocale } from 'use-intl';
import type { Emoji } from '#lib/text/emoji/emoji.ts';
import { findEmoji } from '#lib/text/emoji/find-emoji.ts';
import {
  findByShortcode,
  readClosedShortcode,
  readOpenShortcode,
  type TypedShortcode,
} from '#lib/text/emoji/shortcode.ts';
import { isTouchDevice } from '../composer/composer-box.ts';
import { inTone, type Language } from './emoji-cells.ts';
import { readSkinTone } from './kept-skin-tone.ts';
import { loadEmoji } from './load-emoji.ts';
import { noteEmoji, readRecentEmoji } from './recent-emoji.ts';
import { replaceRange } from './replace-range.ts';

/** So many are offered at once. */
const MOST_OFFERED = 8;

export type Offer = { char: string; name: string; code: string };
export type OpenShortcode = TypedShortcode & { listId: string; offers: Offer[]; active: number };

type Box = RefObject<HTMLTextAreaElement | null>;
type Options = { box: Box; viewerId: string };

/**
 * Completes `:shortcode:` in the box: offers emoji from two characters on, and puts one in the place of a whole
 * shortcode. It hears of keys before the composer does, and takes only those that the open list needs.
 */
export function useShortcodes({ box, viewerId }: Options) {
  const language = useLocale() as Language;
  const listId = useId();
  const [open, setOpen] = useState<OpenShortcode | null>(null);
  const shown = useRef<OpenShortcode | null>(null);
  const show = (next: OpenShortcode | null) => {
    shown.current = next;
    setOpen(next);
  };

  const insert = (from: number, char: string) => {
    const element = box.current;
    if (!element) return;
    show(null);
    noteEmoji(viewerId, char);
    replaceRange(element, from, element.selectionStart, char);
  };
  const choose = (index: number) => {
    const offer = shown.current?.offers[index];
    if (shown.current && offer) insert(shown.current.from, offer.char);
  };
  const makeOffers = (all: readonly Emoji[], query: string): Offer[] => {
    const tone = readSkinTone(viewerId);
    const preferred = readRecentEmoji(viewerId);
    return findEmoji(all, query, { preferred, isFromStart: true })
      .slice(0, MOST_OFFERED)
      .map((emoji) => ({
        char: inTone(emoji, tone),
        name: emoji.names[language],
        code:
          emoji.shortcodes.find((code) => code.startsWith(query.toLowerCase())) ?? emoji.shortcodes[0] ?? '',
      }));
  };
  const offer = (typed: TypedShortcode, all: readonly Emoji[]) => {
    const offers = makeOffers(all, typed.query);
    show(offers.length > 0 ? { ...typed, listId, offers, active: 0 } : null);
  };
  const complete = ({ from, query }: TypedShortcode, all: readonly Emoji[]) => {
    const found = findByShortcode(all, query);
    if (found) insert(from, inTone(found, readSkinTone(viewerId)));
  };

  useTyping(box, { shown, show, offer, complete });
  useListKeys(box, { shown, show, choose });
  useListSigns(box, open);
  return { open, choose };
}

type Shown = { shown: RefObject<OpenShortcode | null>; show: (next: OpenShortcode | null) => void };
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
function useTyping(box: Box, typing: Typing): void {
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
    const onSelection = () => {
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
    document.addEventListener('selectionchange', onSelection, options);
    // Something may have been typed before this was loaded.
    if (document.activeElement === element) void look();
    return () => {
      listening.abort();
      show(null);
    };
  }, [box]);
}

/** The keys of the open list; everything else is the composer's. */
function useListKeys(box: Box, list: Shown & { choose: (index: number) => void }): void {
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
function useListSigns(box: Box, open: OpenShortcode | null): void {
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
