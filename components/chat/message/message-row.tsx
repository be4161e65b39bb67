'use client';

import { memo, useId, useState } from 'react';
import { useTranslations } from 'use-intl';
import { cn } from '#components/ui/cn.ts';
import type { TimelineItem } from '#lib/chat-client/views/view.ts';
import { SelectBox } from '../selection/select-box.tsx';
import type { Times } from '../times.ts';
import { MenuButton } from './menu-button.tsx';
import { createOpeners } from './menu-openers.ts';
import { ActionsBelow } from './message-actions.tsx';
import { MessageBubble } from './message-bubble.tsx';
import { MessageMeta } from './message-meta.tsx';
import { Quoted } from './quoted.tsx';
import { Reactions } from './reactions.tsx';
import type { MessageActions } from './use-message-actions.ts';

type Props = {
  item: TimelineItem;
  /** First (last) of its sender's group. */
  startsGroup: boolean;
  endsGroup: boolean;
  followsPause: boolean;
  times: Times;
  partnerName: string;
  isHighlighted: boolean;
  /** Whether it is selected; null for one that cannot be, undefined while none are being selected. */
  isSelected: boolean | null | undefined;
  actions: MessageActions;
  onUnfold: () => void;
};

/** One message: its bubble, beside it what is known of it, below it what can be done while it is not sent. */
export const MessageRow = memo(function MessageRow(props: Props) {
  const { item, startsGroup, endsGroup, followsPause, times, partnerName, isHighlighted, actions } = props;
  const { isMine, status, seq } = item;
  const t = useTranslations('chat.timeline');
  const id = useId();
  // The time of a message within a group shows when the message is pressed.
  const [isTimeAsked, setIsTimeAsked] = useState(false);
  const askTime = () => setIsTimeAsked(!isTimeAsked);
  const { ask, select } = actions;
  const isSelecting = props.isSelected !== undefined;
  const isDeleted = item.kind === 'deleted';
  const openers = createOpeners(item.key, ask);
  const quote = item.replyTo;
  const isViewer = (userId: string) => (userId === item.senderId) === isMine;
  const nameOf = (userId: string) =>
    isViewer(userId) ? { name: t('you'), isMine: true } : { name: partnerName, isMine: false };
  const names = ['who', 'text', 'pinned', 'starred', 'edited', 'time', 'status', 'reactions']
    .map((part) => `${id}-${part}`)
    .join(' ');
  const openQuote = () => quote && ask({ what: 'quote', seq: quote.seq, fromSeq: seq ?? 0 });
  return (
    <article
      data-seq={seq ?? undefined}
      data-status={status}
      data-mine={isMine}
      tabIndex={-1}
      aria-labelledby={names}
      data-selecting={isSelecting || undefined}
      {...(!isSelecting && openers)}
      className={cn(
        'mx-auto flex w-full max-w-180 flex-col rounded-control px-3 -outline-offset-2 sm:px-5',
        followsPause ? 'pt-8' : startsGroup ? 'pt-2.5' : 'pt-0.5',
        isMine ? 'items-end' : 'items-start',
        status === 'sending' && 'animate-rise',
        isSelecting && 'relative pb-1.5 pl-12 sm:pl-14',
        props.isSelected && 'bg-wash',
      )}
    >
      <div className={cn('relative flex w-full items-end gap-1.5', isMine && 'flex-row-reverse')}>
        <span id={`${id}-who`} className="sr-only select-none">
          {isMine ? t('you') : partnerName}:{' '}
        </span>
        <MessageBubble
          id={`${id}-text`}
          item={item}
          startsGroup={startsGroup}
          endsGroup={endsGroup}
          isHighlighted={isHighlighted}
          onPress={askTime}
          onUnfold={props.onUnfold}
          quoted={
            quote && !isDeleted && <Quoted quote={quote} {...nameOf(quote.senderId)} onOpen={openQuote} />
          }
        />
        <MessageMeta
          id={id}
          item={item}
          endsGroup={endsGroup}
          showsTime={endsGroup || isTimeAsked}
          times={times}
          actions={actions}
        />
        {!isSelecting && <MenuButton itemKey={item.key} isMine={isMine} onAsk={ask} />}
      </div>
      {seq !== null && item.message.reactions && (
        <Reactions
          id={`${id}-reactions`}
          reactions={item.message.reactions}
          partnerName={partnerName}
          isViewer={isViewer}
          onToggle={(emoji, on) => actions.react(seq, emoji, on)}
        />
      )}
      <ActionsBelow item={item} actions={actions} />
      {typeof props.isSelected === 'boolean' && seq !== null && (
        <SelectBox
          labelledBy={names}
          isSelected={props.isSelected}
          onSelect={(isRange) => select(seq, isRange)}
        />
      )}
    </article>
  );
});
