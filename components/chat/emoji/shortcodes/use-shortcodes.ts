'use client';

import { useId, useRef, useState } from 'react';
import { useLocale } from 'use-intl';
import type { Emoji } from '#lib/text/emoji/emoji.ts';
import { findEmoji } from '#lib/text/emoji/find-emoji.ts';
import { findByShortcode, type TypedShortcode } from '#lib/text/emoji/shortcode.ts';
import { isTouchDevice } from '../../composer/composer-box.ts';
import { inTone, type Language } from '../emoji-cells.ts';
import { readSkinTone } from '../kept-skin-tone.ts';
import { noteEmoji, readRecentEmoji } from '../recent-emoji.ts';
import { replaceRange } from '../replace-range.ts';
import type { Box, Offer, OpenShortcode } from './open-shortcode.ts';
import { useOfferKeys, useOfferSigns } from './use-offer-keys.ts';
import { useTyping } from './use-typing.ts';

/** So many are offered at once; a keyboard on the screen leaves less room. */
const countOffers = () => (isTouchDevice() ? 5 : 8);

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
      .slice(0, countOffers())
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
  useOfferKeys(box, { shown, show, choose });
  useOfferSigns(box, open);
  return { open, choose };
}
