'use client';

import {
  type Ref,
  useCallback,
  useEffect,
  useImperativeHandle,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from 'react';
import { useTranslations } from 'use-intl';
import { Virtualizer, type VirtualizerHandle } from 'virtua';
import { useHydrated } from '#components/ui/use-hydrated.ts';
import { TimelineContainer } from './timeline-container.tsx';
import { isPrepend, type TimelineRow } from './timeline-rows.ts';
import { DIVIDER_MARGIN_PX, findStartRow, type TimelineStart } from './timeline-start.ts';
import { readViewport, type TimelineViewport } from './timeline-viewport.ts';
import { getDistanceToEnd, useStickToBottom } from './use-stick-to-bottom.ts';

export type TimelineListHandle = {
  /** Goes to the newest row, smoothly when it is near. */
  toEnd(): void;
  /** Looks again at what is in sight and reports it. */
  check(): void;
};

/** Rows are measured in the frame after they appear; on a page that is busy it takes some. */
const MEASURING_FRAMES = 120;

type Props = {
  ref: Ref<TimelineListHandle>;
  rows: TimelineRow[];
  renderRow: (row: TimelineRow) => React.ReactElement;
  /** Where to stand; a new object moves the list there again. */
  start: TimelineStart;
  /** True when the last row is the conversation's newest. */
  isAtNewest: boolean;
  /** True while what comes is read out. */
  isLive: boolean;
  onViewport: (viewport: TimelineViewport, isStuck: boolean) => void;
};

/** The virtual list: only rows near the viewport are in the page, and none that is read moves. */
export function TimelineList({ ref, rows, renderRow, start, isAtNewest, isLive, onViewport }: Props) {
  const t = useTranslations('chat.timeline');
  const scroller = useRef<HTMLDivElement>(null);
  const list = useRef<VirtualizerHandle>(null);
  const isHydrated = useHydrated();
  // The server's rows stay mounted until the list has measured them.
  const [serverCount] = useState(isHydrated ? undefined : rows.length);
  // The list shows but the server's rows until it first scrolls, which a short one never does.
  const [hasScrolled, setHasScrolled] = useState(false);
  const isServerRange = serverCount !== undefined && !hasScrolled;
  const keptRows = useMemo(() => (isServerRange ? [...rows.keys()] : undefined), [isServerRange, rows]);
  const { stick, release, look, hold, isStuck } = useStickToBottom(scroller, isAtNewest);

  const shownRows = useRef(rows);
  const shift = isPrepend(shownRows.current, rows);

  const report = useRef(onViewport);
  const frame = useRef(0);
  const check = useCallback(() => {
    const lookAt = (framesLeft: number) => {
      cancelAnimationFrame(frame.current);
      frame.current = requestAnimationFrame(() => {
        const element = scroller.current;
        if (!element?.isConnected || element.clientHeight === 0) return;
        const viewport = readViewport(element);
        look(viewport.distanceToEnd);
        report.current(viewport, isStuck());
        // Measuring shows a row without any event.
        if (!viewport.isLaidOut && framesLeft > 0) lookAt(framesLeft - 1);
      });
    };
    lookAt(MEASURING_FRAMES);
  }, [look, isStuck]);

  useLayoutEffect(() => {
    report.current = onViewport;
    shownRows.current = rows;
    hold();
    check();
  }, [rows, onViewport, hold, check]);

  const startRow = findStartRow(rows, start);
  const startRowNow = useRef(startRow);
  const hasStood = useRef(false);
  startRowNow.current = startRow;
  // biome-ignore lint/correctness/useExhaustiveDependencies: moves when a new start is given, not when rows change around it.
  useLayoutEffect(() => {
    const index = startRowNow.current;
    // A list that appears without the row it should stand at (its window was replaced) shows the newest.
    if (start.at === 'end' || (index < 0 && !hasStood.current)) {
      stick();
    } else if (index >= 0) {
      release();
      if (start.at === 'seq') list.current?.scrollToIndex(index, { align: 'center' });
      else {
        const above = start.at === 'row' ? start.offset : DIVIDER_MARGIN_PX;
        list.current?.scrollToIndex(index, { align: 'start', offset: -above });
      }
    }
    hasStood.current = true;
    check();
  }, [start]);

  useEffect(() => () => cancelAnimationFrame(frame.current), []);

  useImperativeHandle(ref, () => ({
    toEnd() {
      const element = scroller.current;
      if (!element) return;
      const isNear = getDistanceToEnd(element) < element.clientHeight * 2;
      const isStill = !isNear || matchMedia('(prefers-reduced-motion: reduce)').matches;
      stick(isStill ? 'instant' : 'smooth');
    },
    check,
  }));

  return (
    <div
      ref={scroller}
      role="log"
      aria-label={t('label')}
      // Rows that scrolling brings in are no news.
      aria-live={isLive ? 'polite' : 'off'}
      aria-relevant="additions"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrollable region is reached and moved by keyboard.
      tabIndex={0}
      className="absolute inset-0 flex flex-col overflow-x-hidden overflow-y-auto overscroll-contain -outline-offset-2"
    >
      <div className="grow" />
      <Virtualizer
        ref={list}
        data={rows}
        shift={shift}
        ssrCount={serverCount}
        as={TimelineContainer}
        bufferSize={400}
        keepMounted={keptRows}
        onScroll={() => {
          setHasScrolled(true);
          check();
        }}
        onResize={check}
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
