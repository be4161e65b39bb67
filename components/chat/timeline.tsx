'use client';

import { type Ref, useCallback, useImperativeHandle, useMemo, useRef } from 'react';
import { useTranslations } from 'use-intl';
import { Banner } from '#components/ui/banner.tsx';
import { type ConversationView, type TimelineMessage, useChat } from '#lib/chat-client/index.ts';
import { ToNewestButton, ToUnreadButton } from './jump-button.tsx';
import { MessageRow } from './message-row.tsx';
import { DateLine, TimelineEdge, UnreadDivider } from './timeline-lines.tsx';
import { TimelineList, type TimelineListHandle } from './timeline-list.tsx';
import { buildTimelineRows, type TimelineRow } from './timeline-rows.ts';
import { useTimelineJumps } from './use-timeline-jumps.ts';
import { useTimelineViewport } from './use-timeline-viewport.ts';
import { useTimes } from './use-times.ts';

export type TimelineHandle = { toNewest(): void };

type Props = {
  ref: Ref<TimelineHandle>;
  conversationId: string;
  view: ConversationView;
  partnerName: string;
  /** The message that the address asks for. */
  targetSeq: number | null;
  /** The read cursor that the unread divider stands at; null where there is none. */
  dividerSeq: number | null;
  onDetails: (seq: number) => void;
};

/** The messages of a room, from the store's window to rows, and the ways around in them. */
export function Timeline({
  ref,
  conversationId,
  view,
  partnerName,
  targetSeq,
  dividerSeq,
  onDetails,
}: Props) {
  const t = useTranslations('chat.timeline');
  const chat = useChat();
  const times = useTimes();
  const list = useRef<TimelineListHandle>(null);
  const rows = useMemo(
    () => buildTimelineRows(view.messages, { dayOf: times.dayOf, readSeq: dividerSeq }),
    [view.messages, times.dayOf, dividerSeq],
  );
  const jumps = useTimelineJumps({ conversationId, view, rows, targetSeq, list });
  const { isAway, onViewport } = useTimelineViewport(conversationId, view, list);
  useImperativeHandle(ref, () => ({ toNewest: jumps.toNewest }));

  const onRetry = useCallback(
    (message: TimelineMessage) => chat.retry(conversationId, message.clientId),
    [chat, conversationId],
  );
  const onDiscard = useCallback(
    (message: TimelineMessage) => chat.discard(conversationId, message.clientId),
    [chat, conversationId],
  );

  const renderRow = (row: TimelineRow) => {
    switch (row.kind) {
      case 'message':
        return (
          <MessageRow
            message={row.message}
            startsGroup={row.startsGroup}
            endsGroup={row.endsGroup}
            times={times}
            partnerName={partnerName}
            isHighlighted={row.message.seq !== null && row.message.seq === jumps.highlightedSeq}
            onRetry={onRetry}
            onDiscard={onDiscard}
            onDetails={onDetails}
          />
        );
      case 'date':
        return <DateLine at={row.at} times={times} />;
      case 'divider':
        return <UnreadDivider />;
      case 'before':
      case 'after': {
        const isBefore = row.kind === 'before';
        return (
          <TimelineEdge
            side={row.kind}
            hasMore={isBefore ? view.hasBefore : view.hasAfter}
            isLoading={isBefore ? view.isLoadingBefore : view.isLoadingAfter}
            hasFailed={view.loadFailed === row.kind}
            onLoad={() => (isBefore ? chat.loadBefore : chat.loadAfter)(conversationId)}
            partnerName={partnerName}
          />
        );
      }
    }
  };

  const firstSeq = view.messages[0]?.seq ?? 0;
  const isUnreadFar = dividerSeq !== null && view.hasBefore && firstSeq > dividerSeq + 1;
  return (
    <div className="relative min-h-0 flex-1">
      <TimelineList
        key={view.windowId}
        ref={list}
        rows={rows}
        renderRow={renderRow}
        start={jumps.start}
        isAtNewest={!view.hasAfter}
        isLive={!isAway}
        onViewport={onViewport}
      />
      {jumps.isTargetMissing && (
        <Banner tone="info" className="absolute inset-x-3 top-3 mx-auto max-w-sm shadow-float">
          {t('targetMissing')}
        </Banner>
      )}
      {isUnreadFar && <ToUnreadButton onClick={() => jumps.toSeq((dividerSeq ?? 0) + 1)} />}
      {(isAway || view.hasAfter) && (
        <ToNewestButton count={view.entry?.unread ?? 0} onClick={jumps.toNewest} />
      )}
    </div>
  );
}
