'use client';

import { type MouseEvent, memo } from 'react';
import { useTranslations } from 'use-intl';
import { Avatar } from '#components/ui/avatar.tsx';
import { cn } from '#components/ui/cn.ts';
import type { ConversationEntry } from '#lib/chat/types.ts';
import { useDraft } from '#lib/chat-client/index.ts';
import { MutedMark } from './muted-mark.tsx';
import { Name } from './name.tsx';
import type { Times } from './times.ts';
import { UnreadBadge } from './unread-badge.tsx';

type Props = {
  entry: ConversationEntry;
  unread: number;
  isCurrent: boolean;
  times: Times;
  onFollow: (event: MouseEvent<HTMLAnchorElement>) => void;
  onApproach: (conversationId: string) => void;
};

/** One room in the list: who, what was said last, when, and how much of it is new. */
export const ConversationListItem = memo(function ConversationListItem(props: Props) {
  const { entry, unread, isCurrent, times, onFollow, onApproach } = props;
  const { conversationId, partner, lastMessage, blocked, muted } = entry;
  const isUnread = unread > 0 && !blocked;
  return (
    <a
      href={`/chat/${conversationId}`}
      onClick={onFollow}
      onPointerDown={() => onApproach(conversationId)}
      aria-current={isCurrent ? 'page' : undefined}
      className={cn(
        'flex min-h-18 items-center gap-3 rounded-control px-3 py-2 transition-colors -outline-offset-2',
        isCurrent ? 'bg-wash' : 'hover:bg-wash/60',
      )}
    >
      <Avatar userId={partner.userId} name={partner.username} />
      <span className="block min-w-0 flex-1">
        <span className="flex items-baseline gap-2">
          <span className={cn('min-w-0 flex-1 truncate', isUnread ? 'font-semibold' : 'font-medium')}>
            <Name>{partner.username}</Name>
          </span>
          {muted && <MutedMark />}
          {lastMessage && (
            <time
              dateTime={lastMessage.createdAt}
              className="shrink-0 text-xs text-muted tabular-nums"
              suppressHydrationWarning
            >
              {times.short(lastMessage.createdAt)}
            </time>
          )}
        </span>
        <span className="mt-0.5 flex items-center gap-2">
          <Preview entry={entry} isCurrent={isCurrent} isUnread={isUnread} />
          {isUnread && <UnreadBadge count={unread} isQuiet={muted} />}
        </span>
      </span>
    </a>
  );
});

function Preview({
  entry,
  isCurrent,
  isUnread,
}: { entry: ConversationEntry } & Record<'isCurrent' | 'isUnread', boolean>) {
  const t = useTranslations('chat');
  const draft = useDraft(entry.conversationId).trim();
  const look = 'block min-w-0 flex-1 truncate text-sm';
  if (entry.blocked) return <span className={cn(look, 'text-muted')}>{t('list.blocked')}</span>;
  // The open room shows its draft in the composer already.
  if (draft && !isCurrent) {
    return (
      <span className={cn(look, 'text-persimmon-ink')}>{t('list.draft', { text: draft.slice(0, 200) })}</span>
    );
  }
  const { lastMessage, partner } = entry;
  if (!lastMessage) return <span className={cn(look, 'text-muted')}>{t('list.noMessages')}</span>;
  const text = lastMessage.deletedAt ? t('timeline.deleted') : lastMessage.body;
  return (
    <span className={cn(look, isUnread ? 'text-ink' : 'text-muted')}>
      <bdi>{lastMessage.senderId === partner.userId ? text : t('list.you', { text })}</bdi>
    </span>
  );
}
