import type { ReactElement } from 'react';
import type { ChatActions, ConversationView } from '#lib/chat-client/index.ts';
import type { TimelineItem } from '#lib/chat-client/views/view.ts';
import { MessageRow } from '../message/message-row.tsx';
import type { MessageActions } from '../message/use-message-actions.ts';
import { isSelectable, type Selection } from '../selection/selection.ts';
import type { Times } from '../times.ts';
import { DateLine, TimelineEdge, UnreadDivider } from './timeline-lines.tsx';
import type { TimelineRow } from './timeline-rows.ts';

/** What the rows of a timeline are drawn with. */
type RowContext = {
  conversationId: string;
  view: ConversationView;
  chat: ChatActions;
  times: Times;
  partnerName: string;
  highlightedSeq: number | null;
  selection: Selection | null;
  actions: MessageActions;
  onUnfold: () => void;
};

/** One row of a timeline, of whatever kind. */
export function renderRow(row: TimelineRow, context: RowContext): ReactElement {
  const { conversationId, view, chat, times, partnerName } = context;
  switch (row.kind) {
    case 'message':
      return (
        <MessageRow
          item={row.item}
          startsGroup={row.startsGroup}
          endsGroup={row.endsGroup}
          followsPause={row.followsPause}
          times={times}
          partnerName={partnerName}
          isHighlighted={row.item.seq !== null && row.item.seq === context.highlightedSeq}
          isSelected={readSelected(row.item, context.selection)}
          actions={context.actions}
          onUnfold={context.onUnfold}
        />
      );
    case 'date':
      return <DateLine at={row.at} times={times} />;
    case 'divider':
      return <UnreadDivider isCurrent={row.isCurrent} />;
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
}

function readSelected(item: TimelineItem, selection: Selection | null): boolean | null | undefined {
  if (!selection) return undefined;
  return isSelectable(item) ? selection.seqs.has(item.seq) : null;
}
