'use client';

import { type KeyboardEvent, type MouseEvent, memo, type RefObject, useEffect } from 'react';
import { useTranslations } from 'use-intl';
import { cn } from '#components/ui/cn.ts';
import type { EmojiCell, EmojiGroup } from '../emoji-cells.ts';
import { moveInGrid } from './move-in-grid.ts';

/** How an emoji was chosen: with Enter it is the last one, with Shift and Enter one of several. */
export type ChosenBy = 'pointer' | 'enter' | 'shift-enter';

type Props = {
  ref: RefObject<HTMLDivElement | null>;
  groups: readonly EmojiGroup[];
  onChoose: (char: string, by: ChosenBy) => void;
  /** Gives the focus back to the search box. */
  onLeave: () => void;
};

const CELLS = 'button[data-emoji]';
const cellsIn = (grid: HTMLElement | null) => [...(grid?.querySelectorAll<HTMLButtonElement>(CELLS) ?? [])];

/** Puts the focus on the first emoji. */
export function focusFirstCell(grid: HTMLElement | null): void {
  grid?.querySelector<HTMLElement>(CELLS)?.focus();
}

/** All emoji in their groups; the Tab key reaches one of them, arrows the others. */
export function EmojiGrid({ ref, groups, onChoose, onLeave }: Props) {
  // Written past React, which would draw two thousand buttons anew for each step.
  // biome-ignore lint/correctness/useExhaustiveDependencies: other groups have another first cell.
  useEffect(() => {
    const first = ref.current?.querySelector<HTMLElement>(CELLS);
    if (first) first.tabIndex = 0;
  }, [ref, groups]);

  const onClick = (event: MouseEvent<HTMLElement>) => {
    const char = (event.target as Element).closest<HTMLElement>(CELLS)?.dataset.emoji;
    if (!char) return;
    // A click by a key has no pointer behind it.
    const byKey = event.shiftKey ? 'shift-enter' : 'enter';
    onChoose(char, event.detail === 0 ? byKey : 'pointer');
  };

  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const { key, ctrlKey, metaKey, altKey } = event;
    if (ctrlKey || metaKey || altKey) return;
    // What is typed is typed into the search box.
    if (key.length === 1 && key !== ' ') return onLeave();
    if (!/^(Arrow(Left|Right|Up|Down)|Home|End)$/.test(key)) return;
    event.preventDefault();
    const cells = cellsIn(ref.current);
    const at = cells.indexOf(event.target as HTMLButtonElement);
    const lengths = groups.map((group) => group.cells.length);
    const next = moveInGrid(lengths, countColumns(ref.current), at, key);
    if (next < 0) return onLeave();
    for (const cell of cells) if (cell.tabIndex === 0) cell.tabIndex = -1;
    const cell = cells[next];
    if (!cell) return;
    cell.tabIndex = 0;
    cell.focus();
  };

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the buttons in it are what is pressed.
    <div
      ref={ref}
      onClick={onClick}
      onKeyDown={onKeyDown}
      // What has the focus keeps it: the composer, or the search box.
      onPointerDown={(event) => event.pointerType === 'mouse' && event.preventDefault()}
      onMouseDown={(event) => event.preventDefault()}
      className="relative min-h-0 flex-1 scroll-pt-8 overflow-y-auto overscroll-contain px-2 pb-2"
    >
      {groups.map((group) => (
        <GroupSection key={group.name} group={group} />
      ))}
    </div>
  );
}

function countColumns(grid: HTMLElement | null): number {
  const cells = grid?.querySelector('[data-cells]');
  return cells ? getComputedStyle(cells).gridTemplateColumns.split(' ').length : 1;
}

const GroupSection = memo(function GroupSection({ group }: { group: EmojiGroup }) {
  const t = useTranslations('chat.emoji.groups');
  return (
    <section aria-label={t(group.name)} data-group={group.name}>
      <p aria-hidden className="sticky top-0 z-10 bg-raised px-1.5 py-1.5 text-xs text-muted">
        {t(group.name)}
      </p>
      <div
        data-cells
        // The browser lays out what is in sight only, and guesses the rest.
        style={{ containIntrinsicBlockSize: `auto ${Math.ceil(group.cells.length / 8) * 2.5}rem` }}
        className={cn(
          'grid grid-cols-[repeat(auto-fill,minmax(2.5rem,1fr))] [content-visibility:auto] pointer-coarse:grid-cols-[repeat(auto-fill,minmax(2.75rem,1fr))]',
          // What Enter in the search box takes.
          group.name === 'found' && 'pointer-fine:[&>:first-child]:bg-wash',
        )}
      >
        {group.cells.map((cell) => (
          <Cell key={cell.char} {...cell} />
        ))}
      </div>
    </section>
  );
});

function Cell({ char, name }: EmojiCell) {
  return (
    <button
      type="button"
      tabIndex={-1}
      data-emoji={char}
      aria-label={name}
      title={name}
      className="flex h-10 items-center justify-center rounded-lg text-xl leading-none -outline-offset-2 select-none hover:bg-wash active:bg-press pointer-coarse:h-11"
    >
      {char}
    </button>
  );
}
