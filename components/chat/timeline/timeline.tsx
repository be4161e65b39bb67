'use client';

import { type Ref, useCallback, useImperativeHandle, useMemo, useRef, useState } from 'react';
import { useTranslations } from 'use-intl';
import { Banner } from '#components/ui/banner.tsx';
import { type ConversationView, useChat } from '#lib/chat-client/index.ts';
import { type MessageActions, useMessageActions } from '../message/use-message-actions.ts';
import type { Selecting } from '../selection/use-selection.ts';
import { useTimes } from '../use-times.ts';
import { DayChip, type DayChipHandle } from './day-chip.tsx';
import { ToNewestButton, ToUnreadButton } from './jump-button.tsx';
import { createPassingOver } from './passing-over.ts';
import { renderRow } from './render-row.tsx';
import { TimelineList } from './timeline-list.tsx';
import { buildTimelineRows } from './timeline-rows.ts';
import type { TimelineListHandle } from './use-list-handle.ts';
import { useTimelineJumps } from './use-timeline-jumps.ts';
import { useTimelineViewport } from './use-timeline-viewport.ts';
import type { UnreadLine } from './use-unread-line.ts';

export type TimelineHandle = {
  toEnd(): void;
  /** Shows a message in the middle, lit. */
  toSeq(seq: number): void;
};

type Props = {
  ref: Ref<TimelineHandle>;
  conversationId: string;
  view: ConversationView;
  partnerName: string;
  /** The message that the address asks for. */
  targetSeq: number | null;
  line: UnreadLine;
  selecting: Selecting;
  onAsk: MessageActions['ask'];
};

/** The messages of a conversation, from the store's window to rows, and the ways around in them. */
export function Timeline(props: Props) {
  const { ref, conversationId, view, partnerName, targetSeq, line, selecting, onAsk } = props;
  const t = useTranslations('chat.timeline');
  const chat = useChat();
  const times = useTimes();
  const list = useRef<TimelineListHandle>(null);
  const chip = useRef<DayChipHandle>(null);
  const [passing] = useState(createPassingOver);
  const rows = useMemo(
    () =>
      buildTimelineRows(view.items, { dayOf: times.dayOf, readSeqs: line.readSeqs, fromSeq: view.fromSeq }),
    [view.items, view.fromSeq, times.dayOf, line.readSeqs],
  );
  const jumps = useTimelineJumps({ conversationId, view, rows, targetSeq, line, list, passing });
  const { start, highlightedSeq } = jumps;
  const viewport = useTimelineViewport({ conversationId, view, start, line, list, passing });
  const { isAway, unreadBelow, hasPassedOver, onViewport } = viewport;
  useImperativeHandle(ref, () => ({ toEnd: jumps.toEndAside, toSeq: jumps.toSeq }));

  const { actions, isTooLate } = useMessageActions(conversationId, onAsk, selecting.select);
  // A text that is unfolded at the end stays where it is read.
  const onUnfold = useCallback(() => list.current?.release(), []);
  const onScrolled = useCallback((at: string | null) => chip.current?.show(at), []);

  const { selection, select } = selecting;
  const context = {
    conversationId,
    view,
    chat,
    times,
    partnerName,
    highlightedSeq,
    selection,
    actions,
    onUnfold,
  };
  const lineSeq = line.readSeqs.at(-1) ?? null;
  const isLineAbove = lineSeq !== null && view.hasBefore && view.fromSeq > lineSeq + 1;
  const unread = view.entry?.unread ?? 0;
  return (
    <div className="relative min-h-0 flex-1">
      <TimelineList
        key={view.windowId}
        ref={list}
        rows={rows}
        renderRow={(row) => renderRow(row, context)}
        start={start}
        isAtNewest={!view.hasAfter}
        unreadAfterSeq={unread > 0 ? view.ownReadSeq : null}
        isLive={!isAway}
        onRange={selection ? (seq) => select(seq, true) : undefined}
        onViewport={onViewport}
        onScrolled={onScrolled}
      />
      {isTooLate && <Notice>{t('tooLate')}</Notice>}
      {jumps.isTargetMissing && <Notice>{t('targetMissing')}</Notice>}
      {hasPassedOver || isLineAbove ? (
        <ToUnreadButton onClick={() => jumps.toUnread(hasPassedOver ? view.ownReadSeq : (lineSeq ?? 0))} />
      ) : (
        <DayChip ref={chip} times={times} />
      )}
      {(unreadBelow > 0 || isAway || view.hasAfter) && (
        <ToNewestButton count={unreadBelow} onClick={() => jumps.toNewest(unreadBelow > 0)} />
      )}
    </div>
  );
}

function Notice({ children }: { children: string }) {
  return (
    <Banner tone="info" className="absolute inset-x-3 top-3 mx-auto max-w-sm shadow-float">
      {children}
    </Banner>
  );
}
