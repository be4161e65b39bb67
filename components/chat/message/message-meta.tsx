'use client';

import type { TimelineItem } from '#lib/chat-client/views/view.ts';
import type { Times } from '../times.ts';
import { ByEmailMark } from './by-email-mark.tsx';
import { ActionsBeside } from './message-actions.tsx';
import { StatusMark } from './status-mark.tsx';
import type { MessageActions } from './use-message-actions.ts';

type Props = {
  /** What the ids of the parts that name the message begin with. */
  id: string;
  item: TimelineItem;
  endsGroup: boolean;
  showsTime: boolean;
  times: Times;
  actions: MessageActions;
};

/** What stands beside a bubble: how it came, how far it has come, when it was written. None of it is copied. */
export function MessageMeta({ id, item, endsGroup, showsTime, times, actions }: Props) {
  const { isMine, status, seq } = item;
  const { createdAt } = item.message;
  const showsStatus = isMine && (endsGroup || seq === null);
  const mark = showsStatus ? <StatusMark id={`${id}-status`} status={status} /> : undefined;
  return (
    <div className="flex shrink-0 flex-wrap items-center gap-1 pb-0.5 text-xs text-muted tabular-nums select-none">
      {item.seq !== null && item.message.via && <ByEmailMark />}
      <ActionsBeside item={item} actions={actions} mark={mark} />
      {showsTime ? (
        <time id={`${id}-time`} dateTime={createdAt} title={times.full(createdAt)}>
          {times.clock(createdAt)}
        </time>
      ) : (
        <span id={`${id}-time`} className="sr-only">
          {times.clock(createdAt)}
        </span>
      )}
    </div>
  );
}
