'use client';

import { memo } from 'react';
import { useTranslations } from 'use-intl';
import { cn } from '#components/ui/cn.ts';
import type { TimelineMessage } from '#lib/chat-client/types.ts';
import { ByEmailMark } from './by-email-mark.tsx';
import { DetailsButton } from './details-button.tsx';
import { FailedNote } from './failed-note.tsx';
import { HeldNote } from './held-note.tsx';
import { MessageBody } from './message-body.tsx';
import { StatusMark } from './status-mark.tsx';
import type { Times } from './times.ts';

type Props = {
  message: TimelineMessage;
  /** First (last) of its sender's group. */
  startsGroup: boolean;
  endsGroup: boolean;
  times: Times;
  partnerName: string;
  isHighlighted: boolean;
  onRetry: (message: TimelineMessage) => void;
  onDiscard: (message: TimelineMessage) => void;
  onDetails: (seq: number) => void;
};

/** One message: its bubble, and beside the last of a group the time and how far it has come. */
export const MessageRow = memo(function MessageRow(props: Props) {
  const {
    message,
    startsGroup,
    endsGroup,
    times,
    partnerName,
    isHighlighted,
    onRetry,
    onDiscard,
    onDetails,
  } = props;
  const { isMine, status, createdAt, seq } = message;
  const t = useTranslations('chat.timeline');
  const showsStatus = isMine && (endsGroup || status === 'sending' || status === 'failed');
  return (
    <article
      data-seq={message.seq ?? undefined}
      data-status={status}
      data-mine={isMine}
      className={cn(
        'mx-auto flex w-full max-w-180 flex-col px-3 sm:px-5',
        startsGroup ? 'pt-2.5' : 'pt-0.5',
        isMine ? 'items-end' : 'items-start',
        status === 'sending' && 'animate-rise',
      )}
    >
      <div className={cn('flex w-full items-end gap-1.5', isMine && 'flex-row-reverse')}>
        <span className="sr-only select-none">{isMine ? t('you') : partnerName}: </span>
        <div
          className={cn(
            'max-w-4/5 min-w-0 rounded-bubble px-3.5 py-2 whitespace-pre-wrap wrap-anywhere transition-colors duration-160 sm:max-w-3/4',
            isHighlighted ? 'bg-mark' : isMine ? 'bg-persimmon-soft' : 'bg-raised',
            !isMine && 'shadow-[inset_0_0_0_1px_var(--color-line)]',
            isMine && !startsGroup && 'rounded-tr-md',
            isMine && !endsGroup && 'rounded-br-md',
            !isMine && !startsGroup && 'rounded-tl-md',
            !isMine && !endsGroup && 'rounded-bl-md',
            status === 'failed' && 'shadow-[inset_0_0_0_1px_var(--color-danger)]',
          )}
        >
          {message.deletedAt ? (
            <span className="text-muted">{t('deleted')}</span>
          ) : (
            <MessageBody body={message.body} isMine={isMine} />
          )}
        </div>
        {(endsGroup || isMine || message.via) && (
          <div className="flex shrink-0 flex-wrap items-center gap-1 pb-0.5 text-xs text-muted tabular-nums">
            {message.via && <ByEmailMark />}
            {showsStatus && seq === null && <StatusMark status={status} />}
            {isMine && seq !== null && (
              <DetailsButton
                mark={showsStatus ? <StatusMark status={status} /> : undefined}
                onOpen={() => onDetails(seq)}
              />
            )}
            {endsGroup && (
              <time dateTime={createdAt} title={times.full(createdAt)}>
                {times.clock(createdAt)}
              </time>
            )}
          </div>
        )}
      </div>
      {message.heldUntil !== undefined && <HeldNote until={message.heldUntil} />}
      {status === 'failed' && (
        <FailedNote
          errorCode={message.errorCode}
          onRetry={() => onRetry(message)}
          onDiscard={() => onDiscard(message)}
        />
      )}
    </article>
  );
});
