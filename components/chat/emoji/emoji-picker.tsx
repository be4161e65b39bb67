'use client';

import { X } from 'lucide';
import { type Ref, useDeferredValue, useEffect, useMemo, useRef, useState } from 'react';
import { useLocale, useTranslations } from 'use-intl';
import { Button } from '#components/ui/button.tsx';
import { cn } from '#components/ui/cn.ts';
import { roundInputLook } from '#components/ui/field-frame.tsx';
import { Icon } from '#components/ui/icon.tsx';
import { IconButton } from '#components/ui/icon-button.tsx';
import { Spinner } from '#components/ui/spinner.tsx';
import { VisuallyHidden } from '#components/ui/visually-hidden.tsx';
import type { Emoji } from '#lib/text/emoji/emoji.ts';
import { findEmoji } from '#lib/text/emoji/find-emoji.ts';
import type { SkinTone } from '#lib/text/emoji/skin-tone.ts';
import { isTouchDevice } from '../composer/composer-box.ts';
import { type EmojiGroup, groupEmoji, type Language, toCell } from './emoji-cells.ts';
import { type ChosenBy, EmojiGrid, focusFirstCell } from './emoji-grid.tsx';
import { GroupLinks } from './group-links.tsx';
import { keepSkinTone, readSkinTone } from './kept-skin-tone.ts';
import { noteEmoji, readRecentEmoji } from './recent-emoji.ts';
import { SkinToneChoice } from './skin-tone-choice.tsx';
import { useEmoji } from './use-emoji.ts';
import { useSearchKeys } from './use-search-keys.ts';

type Props = {
  ref?: Ref<HTMLDivElement>;
  viewerId: string;
  onChoose: (char: string, by: ChosenBy) => void;
  onClose: () => void;
  className?: string;
};

/** Every emoji to choose from, in groups or as a search finds them. */
export function EmojiPicker({ ref, viewerId, onChoose, onClose, className }: Props) {
  const t = useTranslations('chat.emoji');
  const tCommon = useTranslations('common');
  const search = useRef<HTMLInputElement>(null);
  const frame = useRef<HTMLDivElement>(null);
  const grid = useRef<HTMLDivElement>(null);
  const { status, all, retry } = useEmoji();
  const [query, setQuery] = useState('');
  const [tone, setTone] = useState(() => readSkinTone(viewerId));
  const groups = useGroups({ all, viewerId, query, tone });
  const choose = (char: string, by: ChosenBy) => {
    noteEmoji(viewerId, char);
    onChoose(char, by);
  };
  const keys = useSearchKeys({
    onEnter(isWithShift) {
      const [first] = groups;
      const char = first?.name === 'found' ? first.cells[0]?.char : undefined;
      if (char) choose(char, isWithShift ? 'shift-enter' : 'enter');
    },
    onDown: () => focusFirstCell(grid.current),
  });
  useEffect(() => {
    // A phone would cover the emoji with its keyboard.
    (isTouchDevice() ? frame : search).current?.focus({ preventScroll: true });
  }, []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is found begins at the top.
  useEffect(() => {
    grid.current?.scrollTo({ top: 0 });
  }, [query]);

  return (
    <div
      ref={ref}
      role="dialog"
      aria-label={t('title')}
      className={cn('border-line bg-raised text-ink', className)}
    >
      <div ref={frame} tabIndex={-1} className="flex h-full min-h-0 flex-col outline-hidden">
        <div className="flex shrink-0 items-center gap-1 p-2 pb-1">
          <input
            ref={search}
            type="search"
            aria-label={t('search')}
            placeholder={t('search')}
            autoComplete="off"
            enterKeyHint="done"
            value={query}
            onChange={(event) => setQuery(event.target.value)}
            {...keys}
            className={cn(roundInputLook, 'min-w-0 flex-1')}
          />
          <SkinToneChoice
            tone={tone}
            onChoose={(chosen) => {
              setTone(chosen);
              keepSkinTone(viewerId, chosen);
            }}
          />
          <IconButton label={tCommon('close')} onClick={onClose} className="sm:pointer-fine:hidden">
            <Icon of={X} />
          </IconButton>
        </div>
        <VisuallyHidden role="status">
          {groups[0]?.name === 'found' && t('found', { count: groups[0].cells.length })}
        </VisuallyHidden>
        {status === 'loading' && <Waiting />}
        {status === 'failed' && <Failed onRetry={retry} />}
        {status === 'ready' && groups.length === 0 && <NothingFound />}
        {status === 'ready' && groups.length > 0 && (
          <EmojiGrid
            ref={grid}
            groups={groups}
            onChoose={choose}
            onLeave={() => search.current?.focus({ preventScroll: true })}
          />
        )}
        {groups[0]?.name === 'recent' && <GroupLinks groups={groups} grid={grid} />}
      </div>
    </div>
  );
}

type GroupOptions = {
  all: readonly Emoji[] | null;
  viewerId: string;
  query: string;
  tone: SkinTone | null;
};

const NONE: EmojiGroup[] = [];

/** What the search found, best first, or all groups while there is no search. */
function useGroups({ all, viewerId, query, tone }: GroupOptions): EmojiGroup[] {
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

function Waiting() {
  const t = useTranslations('chat.emoji');
  return (
    <div role="status" className="flex flex-1 items-center justify-center gap-2 text-muted">
      <Spinner />
      {t('loading')}
    </div>
  );
}

function Failed({ onRetry }: { onRetry: () => void }) {
  const t = useTranslations('chat.emoji');
  return (
    <div role="status" className="flex flex-1 flex-col items-center justify-center gap-3 px-6 text-center">
      <p className="text-body text-pretty text-muted break-keep">{t('failed')}</p>
      <Button variant="secondary" size="sm" onClick={onRetry}>
        {t('retry')}
      </Button>
    </div>
  );
}

function NothingFound() {
  const t = useTranslations('chat.emoji');
  return (
    <p
      role="status"
      className="flex flex-1 items-center justify-center px-6 text-center text-body text-pretty text-muted break-keep"
    >
      {t('nothingFound')}
    </p>
  );
}
