'use client';

import { useDeferredValue, useMemo, useState } from 'react';
import { useLocale } from 'use-intl';
import type { Emoji } from '#lib/text/emoji/emoji.ts';
import { findEmoji } from '#lib/text/emoji/find-emoji.ts';
import type { SkinTone } from '#lib/text/emoji/skin-tone.ts';
import { type EmojiGroup, groupEmoji, type Language, toCell } from '../emoji-cells.ts';
import { readRecentEmoji } from '../recent-emoji.ts';

type GroupOptions = {
  all: readonly Emoji[] | null;
  viewerId: string;
  query: string;
  tone: SkinTone | null;
};

const NONE: EmojiGroup[] = [];

/** What the search found, best first, or all groups while there is no search. */
export function useGroups({ all, viewerId, query, tone }: GroupOptions): EmojiGroup[] {
  const language = useLocale() as Language;
  // As they were when the picker was opened: nothing moves under a finger.
  const [recent] = useState(() => readRecentEmoji(viewerId));
  const everything = useMemo(
    () => (all ? groupEmoji(all, recent, { language, tone }) : NONE),
    [all, recent, language, tone],
  );
  const found = useMemo(() => {
    if (!all || query.trim() === '') return null;
    const cells = findEmoji(all, query, { preferred: recent }).map((emoji) =>
      toCell(emoji, { language, tone }),
    );
    return cells.length > 0 ? [{ name: 'found' as const, cells }] : NONE;
  }, [all, query, recent, language, tone]);
  // Two thousand buttons are drawn after the first of them.
  const shown = useDeferredValue(everything, everything.slice(0, 2));
  return found ?? (everything === NONE ? NONE : shown.length > 0 ? shown : everything.slice(0, 2));
}
