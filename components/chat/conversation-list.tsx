'use client';

import { type MouseEvent, useCallback, useEffect, useLayoutEffect, useRef } from 'react';
import { useTranslations } from 'use-intl';
import { NoChatsArt } from '#components/ui/art/no-chats.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { LinkButton } from '#components/ui/link-button.tsx';
import { useChat, useConversationList } from '#lib/chat-client/index.ts';
import { ConversationListItem } from './conversation-list-item.tsx';
import { useFollowLink, useRoom } from './use-room.ts';
import { useSettledCount } from './use-settled-count.ts';
import { useTimes } from './use-times.ts';

/** The viewer's rooms, newest activity first. Rows out of sight cost no layout or paint. */
export function ConversationList() {
  const t = useTranslations('chat.list');
  const conversations = useConversationList();
  const chat = useChat();
  const times = useTimes();
  const { roomId } = useRoom();
  const followLink = useFollowLink();
  const latest = useRef(followLink);
  useLayoutEffect(() => {
    latest.current = followLink;
  });
  // One handler for good, so that a move elsewhere renders two rows and not a thousand.
  const onFollow = useCallback((event: MouseEvent<HTMLAnchorElement>) => latest.current(event), []);
  // The press precedes the click by a tenth of a second: the room is there when it comes.
  const onApproach = useCallback((id: string) => chat.open(id), [chat]);

  const current = conversations.find(({ conversationId }) => conversationId === roomId);
  const unreadHere = useSettledCount(roomId, current?.unread ?? 0);

  const list = useRef<HTMLUListElement>(null);
  useEffect(() => {
    list.current?.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest' });
  }, []);

  if (conversations.length === 0) {
    return (
      <EmptyState
        art={<NoChatsArt />}
        title={t('emptyTitle')}
        action={<LinkButton href="/chat/new">{t('emptyAction')}</LinkButton>}
        className="min-h-full"
      >
        {t('emptyBody')}
      </EmptyState>
    );
  }
  return (
    <ul ref={list} className="flex flex-col gap-0.5 p-2">
      {conversations.map((entry) => (
        <li
          key={entry.conversationId}
          className="[contain-intrinsic-size:auto_--spacing(18)] [content-visibility:auto]"
        >
          <ConversationListItem
            entry={entry}
            unread={entry === current ? unreadHere : entry.unread}
            isCurrent={entry === current}
            times={times}
            onFollow={onFollow}
            onApproach={onApproach}
          />
        </li>
      ))}
    </ul>
  );
}
