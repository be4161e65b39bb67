'use client';

import { type Ref, useLayoutEffect, useRef, useState } from 'react';
import { useTranslations } from 'use-intl';
import { Virtualizer, type VirtualizerHandle } from 'virtua';
import { TimelineContainer } from './timeline-container.tsx';
import { isPrepend, type TimelineRow } from './timeline-rows.ts';
import type { TimelineStart } from './timeline-start.ts';
import type { TimelineViewport } from './timeline-viewport.ts';
import { useArticleFocus } from './use-article-focus.ts';
import { useFollowing } from './use-following.ts';
import { useKeptRows } from './use-kept-rows.ts';
import { type TimelineListHandle, useListHandle } from './use-list-handle.ts';
import { useListStart } from './use-list-start.ts';
import { useRowScroll } from './use-row-scroll.ts';
import { useViewportReports } from './use-viewport-reports.ts';

type Props = {
  ref: Ref<TimelineListHandle>;
  rows: TimelineRow[];
  renderRow: (row: TimelineRow) => React.ReactElement;
  /** Where to stand; a new object moves the list there again. */
  start: TimelineStart;
  /** True when the last row is the conversation's newest. */
  isAtNewest: boolean;
  /** The read cursor while something is unread, else null: the view does not follow past what is unread. */
  unreadAfterSeq: number | null;
  /** True while what comes is read out. */
  isLive: boolean;
  /** While messages are selected: the keys have gone to this one with Shift. */
  onRange?: (seq: number) => void;
  onViewport: (viewport: TimelineViewport, isStuck: boolean) => void;
  /** The view was scrolled: when the message at the top was written, null where a date line stands there. */
  onScrolled: (at: string | null) => void;
};

/** The virtual list: only rows near the viewport are in the page, and none that is read moves. */
export function TimelineList(props: Props) {
  const { ref, rows, renderRow, start, isAtNewest, unreadAfterSeq, isLive, onViewport, onScrolled } = props;
  const t = useTranslations('chat.timeline');
  const scroller = useRef<HTMLDivElement>(null);
  const spacer = useRef<HTMLDivElement>(null);
  /** What the space above a short conversation is kept at, so that rows which grow do not move up into it. */
  const [keptSpace, setKeptSpace] = useState(0);
  const keepSpace = () => setKeptSpace(spacer.current?.offsetHeight ?? 0);
  const list = useRef<VirtualizerHandle>(null);
  const rowScroll = useRowScroll(list);
  const box = { scroller, list, rowScroll, rows, spaceAbove: keptSpace };
  const focus = useArticleFocus({ ...box, onRange: props.onRange });
  const { serverCount, keptRows, endServerRange } = useKeptRows(rows, focus.focusedRow);
  const isPrepended = useIsPrepended(rows);
  const following = useFollowing({ ...box, isAtNewest, unreadAfterSeq });
  const reports = useViewportReports({ scroller, rows, following, onViewport, onScrolled });
  const startRow = useListStart({ rowScroll, rows, start, following, reports });
  useListHandle(ref, { scroller, following, check: reports.check, keepSpace });
  const onScroll = () => {
    // virtua tells its first look at the place as a scroll too, before it has measured what it is to show there.
    if (list.current?.viewportSize) endServerRange();
    reports.noteScroll();
    reports.check();
  };
  const onResize = () => {
    rowScroll.noteMeasured();
    reports.check();
  };
  return (
    <div
      ref={scroller}
      role="log"
      aria-label={t('label')}
      // Rows that scrolling brings in are no news.
      aria-live={isLive ? 'polite' : 'off'}
      aria-relevant="additions"
      tabIndex={focus.tabIndex}
      onFocus={focus.onFocus}
      onBlur={focus.onBlur}
      onKeyDown={focus.onKeyDown}
      className="absolute inset-0 flex flex-col overflow-x-hidden overflow-y-auto overscroll-contain [touch-action:pan-y_pinch-zoom] -outline-offset-2"
    >
      <div ref={spacer} className="shrink-0 grow" style={{ minHeight: keptSpace }} />
      <Virtualizer
        ref={list}
        startMargin={keptSpace}
        data={rows}
        shift={isPrepended}
        ssrCount={serverCount}
        as={TimelineContainer}
        bufferSize={400}
        keepMounted={keptRows}
        onScroll={onScroll}
        onResize={onResize}
      >
        {(row: TimelineRow, index: number) => (
          <div key={row.key} data-row={row.key} data-start={index === startRow ? start.at : undefined}>
            {renderRow(row)}
          </div>
        )}
      </Virtualizer>
    </div>
  );
}

/** True when rows came in only above those that were drawn last. */
function useIsPrepended(rows: readonly TimelineRow[]): boolean {
  const drawnRows = useRef(rows);
  useLayoutEffect(() => {
    drawnRows.current = rows;
  }, [rows]);
  return isPrepend(drawnRows.current, rows);
}
