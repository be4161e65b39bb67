import type { ReactElement } from 'react';
import type { ChatActions, ConversationView } from '#lib/chat-client/index.ts';
import { MessageRow } from '../message/message-row.tsx';
import type { MessageActions } from '../message/use-message-actions.ts';
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
