'use client';

import { type FocusEvent, type KeyboardEvent, type RefObject, useCallback, useRef, useState } from 'react';
import type { VirtualizerHandle } from 'virtua';
import type { TimelineRow } from './timeline-rows.ts';
import type { RowScroll } from './use-row-scroll.ts';

/** A row far away is measured, and so shown, some frames after it is asked for. */
const MOUNTING_FRAMES = 60;

type Options = {
  scroller: RefObject<HTMLElement | null>;
  list: RefObject<VirtualizerHandle | null>;
  rowScroll: RowScroll;
  rows: readonly TimelineRow[];
  /** Pixels kept free above the first row. */
  spaceAbove: number;
  /** While messages are selected: Shift has led here. */
  onRange?: (seq: number) => void;
};

/**
 * The keys of a timeline: the whole list is one stop of Tab, which leads to a message in sight. Up and
 * Down go from message to message, Page Up and Page Down by a screen, Home and End to the first and the
 * last that is loaded, Right and Left through what can be pressed in a message. While messages are selected the focus
 * is on their boxes, and Shift takes what lies between along.
 */
export function useArticleFocus({ scroller, list, rowScroll, rows, spaceAbove, onRange }: Options) {
  const [focusedKey, setFocusedKey] = useState<string | null>(null);
  const focusRow = useFocusRow({ scroller, rowScroll }, setFocusedKey);

  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const element = scroller.current;
    const target = event.target as HTMLElement;
    const article = target.closest<HTMLElement>('article');
    if (!element || !article || event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.shiftKey && !onRange) return;
    if (!onRange && (event.key === 'ArrowRight' || event.key === 'ArrowLeft')) {
      if (focusControl(article, target, event.key === 'ArrowRight' ? 1 : -1)) event.preventDefault();
      return;
    }
    if (goesOnInside(event.key, article, element)) return;
    const from = rows.findIndex((row) => row.key === readRowKey(article));
    const height = element.clientHeight;
    const index = findTarget(event.key, { rows, from, list: list.current, height, spaceAbove });
    if (index === null) return;
    event.preventDefault();
    const row = rows[index];
    if (row && row.key !== rows[from]?.key) focusRow(index, row.key);
    else toStop(article).focus({ preventScroll: true });
    if (event.shiftKey && row?.kind === 'message' && row.item.seq !== null) onRange?.(row.item.seq);
  };

  return {
    /** The row to keep mounted while it has the focus; -1 for none. */
    focusedRow: focusedKey === null ? -1 : rows.findIndex((row) => row.key === focusedKey),
    // While a message has the focus, Shift+Tab leads out of the list and not to its frame.
    tabIndex: focusedKey === null ? 0 : -1,
    onFocus({ target, currentTarget }: FocusEvent<HTMLElement>) {
      const article =
        target === currentTarget ? findArticleInSight(currentTarget) : target.closest('article');
      // A press on the empty paper moves the focus nowhere.
      if (target === currentTarget && !target.matches(':focus-visible')) return;
      if (target === currentTarget && article) toStop(article).focus({ preventScroll: true });
      if (article) setFocusedKey(readRowKey(article));
    },
    onBlur({ currentTarget, relatedTarget }: FocusEvent<HTMLElement>) {
      if (!currentTarget.contains(relatedTarget)) setFocusedKey(null);
    },
    onKeyDown,
  };
}

/** Scrolls to a row and gives its message the focus, as soon as the virtual list has put it into the page. */
function useFocusRow(
  { scroller, rowScroll }: Pick<Options, 'scroller' | 'rowScroll'>,
  setFocusedKey: (key: string) => void,
) {
  const frame = useRef(0);

  return useCallback(
    (index: number, key: string) => {
      cancelAnimationFrame(frame.current);
      // The virtual list keeps it in the page from now on.
      setFocusedKey(key);
      rowScroll.toRow(index, { align: 'nearest' });
      const tryFocus = (framesLeft: number) => {
        const article = findArticle(scroller.current, key);
        const stop = article && toStop(article);
        stop?.focus({ preventScroll: true });
        if (framesLeft > 0 && (!stop || document.activeElement !== stop)) {
          frame.current = requestAnimationFrame(() => tryFocus(framesLeft - 1));
        }
      };
      tryFocus(MOUNTING_FRAMES);
    },
    [rowScroll, scroller, setFocusedKey],
  );
}

/** What of a message takes the focus: the box that selects it, where there is one. */
const toStop = (article: HTMLElement) => article.querySelector<HTMLElement>('[data-stop]') ?? article;

function readRowKey(article: Element): string | null {
  return article.closest<HTMLElement>('[data-row]')?.dataset.row ?? null;
}

function findArticle(scroller: HTMLElement | null, key: string): HTMLElement | null {
  return scroller?.querySelector(`[data-row="${CSS.escape(key)}"] article`) ?? null;
}

/** The last message that is wholly in sight, else the last that is in sight at all. */
function findArticleInSight(scroller: HTMLElement): HTMLElement | null {
  const frame = scroller.getBoundingClientRect();
  const articles = [...scroller.querySelectorAll<HTMLElement>('article')].filter((article) => {
    const box = article.getBoundingClientRect();
    return box.bottom > frame.top && box.top < frame.bottom;
  });
  return (
    articles.findLast((article) => article.getBoundingClientRect().bottom <= frame.bottom + 1) ??
    articles.at(-1) ??
    null
  );
}

/** True while Up or Down first shows the rest of a message that is taller than the screen. */
function goesOnInside(key: string, article: HTMLElement, scroller: HTMLElement): boolean {
  const frame = scroller.getBoundingClientRect();
  const box = article.getBoundingClientRect();
  if (box.height <= frame.height) return false;
  return (
    (key === 'ArrowDown' && box.bottom > frame.bottom + 1) || (key === 'ArrowUp' && box.top < frame.top - 1)
  );
}

/** Moves the focus through what can be pressed in a message; before the first of it is the message itself. */
function focusControl(article: HTMLElement, target: HTMLElement, step: 1 | -1): boolean {
  const stops = [article, ...article.querySelectorAll<HTMLElement>('a[href], button:not([data-quick] *)')];
  const next = stops[stops.indexOf(target) + step];
  next?.focus();
  return next !== undefined;
}

type Place = {
  rows: readonly TimelineRow[];
  from: number;
  list: VirtualizerHandle | null;
  height: number;
  /** What the list's offsets leave out and its search by offset counts in. */
  spaceAbove: number;
};

/** The row that a key leads to; null for a key that leads nowhere. */
function findTarget(key: string, { rows, from, list, height, spaceAbove }: Place): number | null {
  const isMessage = (row: TimelineRow | undefined) => row?.kind === 'message';
  const search = (start: number, step: 1 | -1) => {
    let index = start;
    while (index >= 0 && index < rows.length && !isMessage(rows[index])) index += step;
    return isMessage(rows[index]) ? index : from;
  };
  const byScreen = (step: 1 | -1) => {
    if (!list) return from;
    const index = list.findItemIndex(spaceAbove + list.getItemOffset(from) + step * height);
    const found = search(step > 0 ? Math.max(index, from + 1) : Math.min(index, from - 1), step);
    if (found !== from) return found;
    return step > 0 ? search(rows.length - 1, -1) : search(0, 1);
  };
  switch (key) {
    case 'ArrowDown':
      return search(from + 1, 1);
    case 'ArrowUp':
      return search(from - 1, -1);
    case 'PageDown':
      return byScreen(1);
    case 'PageUp':
      return byScreen(-1);
    case 'Home':
      return search(0, 1);
    case 'End':
      return search(rows.length - 1, -1);
    default:
      return null;
  }
}
