'use client';

import { useTranslations } from 'use-intl';
import type { TimelineItem } from '#lib/chat-client/views/view.ts';
import type { Times } from '../times.ts';
import { ByEmailMark } from './by-email-mark.tsx';
import { ActionsBeside } from './message-actions.tsx';
import { PinnedMark } from './pinned-mark.tsx';
import { StarMark } from './star-mark.tsx';
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
  const t = useTranslations('chat.act');
  const { createdAt } = item.message;
  const isStored = item.kind === 'stored';
  const showsStatus = isMine && (endsGroup || seq === null);
  const isChanging = isStored && item.isChanging;
  const mark = (showsStatus || isChanging) && (
    <StatusMark id={`${id}-status`} status={isChanging ? 'sending' : status} />
  );
  return (
    <div className="flex shrink-0 flex-wrap items-center gap-1 pb-0.5 text-xs text-muted tabular-nums select-none">
      {item.seq !== null && item.message.via && <ByEmailMark />}
      {isStored && item.message.pinnedAt && <PinnedMark id={`${id}-pinned`} />}
      {isStored && item.isStarred && <StarMark id={`${id}-starred`} />}
      {isStored && item.message.editedAt && <span id={`${id}-edited`}>{t('edited')}</span>}
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
