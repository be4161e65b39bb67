'use client';

import { X } from 'lucide';
import { type Ref, useEffect, useRef, useState } from 'react';
import { useTranslations } from 'use-intl';
import { cn } from '#components/ui/cn.ts';
import { Icon } from '#components/ui/icon.tsx';
import { IconButton } from '#components/ui/icon-button.tsx';
import { VisuallyHidden } from '#components/ui/visually-hidden.tsx';
import { isTouchDevice } from '../../composer/composer-box.ts';
import { keepSkinTone, readSkinTone } from '../kept-skin-tone.ts';
import { noteEmoji } from '../recent-emoji.ts';
import { type ChosenBy, EmojiGrid, focusFirstCell } from './emoji-grid.tsx';
import { GroupLinks } from './group-links.tsx';
import { PickerSearch } from './picker-search.tsx';
import { Failed, NothingFound, Waiting } from './picker-states.tsx';
import { SkinToneChoice } from './skin-tone-choice.tsx';
import { useEmoji } from './use-emoji.ts';
import { useGroups } from './use-groups.ts';
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
    <div ref={ref} className={cn('border-line bg-raised text-ink', className)}>
      <div
        ref={frame}
        role="dialog"
        aria-label={t('title')}
        tabIndex={-1}
        className="flex h-full min-h-0 flex-col outline-hidden"
      >
        <div className="relative flex shrink-0 items-center gap-1 p-2 pb-1">
          <PickerSearch ref={search} value={query} onChange={setQuery} keys={keys} />
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
