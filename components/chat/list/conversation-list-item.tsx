'use client';

import { type MouseEvent, memo } from 'react';
import { useTranslations } from 'use-intl';
import { Avatar } from '#components/ui/avatar.tsx';
import { cn } from '#components/ui/cn.ts';
import type { ConversationEntry } from '#lib/chat/types.ts';
import { useRowSigns } from '#lib/chat-client/index.ts';
import { Name } from '../name.tsx';
import type { Times } from '../times.ts';
import type { AskedRow } from './asked-row.ts';
import { MutedMark } from './muted-mark.tsx';
import { menuHidesLook, RowMenuButton, toNameId } from './row-menu-button.tsx';
import { RowPreview } from './row-preview.tsx';
import { UnreadBadge } from './unread-badge.tsx';

type Props = {
  entry: ConversationEntry;
  unread: number;
  isCurrent: boolean;
  times: Times;
  onFollow: (event: MouseEvent<HTMLAnchorElement>) => void;
  onApproach: (conversationId: string) => void;
  onAsk: (asked: AskedRow) => void;
};

/** One conversation in the list: who, what was said last, when, and how much of it is new. */
export const ConversationListItem = memo(function ConversationListItem(props: Props) {
  const { entry, unread, isCurrent, times, onFollow, onApproach, onAsk } = props;
  const { conversationId, partner, lastMessage, blocked, muted } = entry;
  const t = useTranslations('chat');
  const signs = useRowSigns(conversationId);
  const isOnline = signs.isOnline && !blocked;
  const isUnread = unread > 0 && !blocked;
  const at = signs.unsent?.createdAt ?? lastMessage?.createdAt;
  return (
    <>
      <a
        href={`/chat/${conversationId}`}
        onClick={onFollow}
        onPointerDown={() => onApproach(conversationId)}
        data-conversation={conversationId}
        aria-current={isCurrent ? 'page' : undefined}
        className={cn(
          'flex min-h-18 items-center gap-3 rounded-control px-3 py-2 transition-colors -outline-offset-2',
          'active:bg-press pointer-coarse:select-none [-webkit-touch-callout:none]',
          isCurrent ? 'bg-wash' : 'pointer-fine:in-[li:hover]:bg-wash/60',
        )}
      >
        <span className="relative inline-flex">
          <Avatar userId={partner.userId} name={partner.username} />
          {isOnline && (
            <span className="absolute right-0 bottom-0 size-3 rounded-full border-2 border-paper bg-celadon forced-color-adjust-none" />
          )}
        </span>
        <span className="block min-w-0 flex-1">
          <span className="flex items-baseline gap-2">
            <span
              id={toNameId(conversationId)}
              className={cn('min-w-0 flex-1 truncate', isUnread ? 'font-semibold' : 'font-medium')}
            >
              <Name>{partner.username}</Name>
            </span>
            {isOnline && <span className="sr-only">{t('header.online')}</span>}
            {muted && <MutedMark />}
            {at && (
              <time
                dateTime={at}
                className={cn('shrink-0 text-xs text-muted tabular-nums', menuHidesLook)}
                suppressHydrationWarning
              >
                {times.short(at)}
              </time>
            )}
          </span>
          <span className="mt-0.5 flex items-center gap-2">
            <RowPreview entry={entry} signs={signs} isCurrent={isCurrent} isUnread={isUnread} />
            {isUnread && <UnreadBadge count={unread} isQuiet={muted} />}
          </span>
        </span>
      </a>
      <RowMenuButton conversationId={conversationId} onAsk={onAsk} />
    </>
  );
});
