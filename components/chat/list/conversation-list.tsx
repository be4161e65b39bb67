'use client';

import { type MouseEvent, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { useTranslations } from 'use-intl';
import { NoChatsArt } from '#components/ui/art/no-chats.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { LinkButton } from '#components/ui/link-button.tsx';
import { usePart } from '#components/ui/use-part.ts';
import { useChat, useConversationList } from '#lib/chat-client/index.ts';
import { useSettledCount } from '../composer/use-settled-count.ts';
import type { ConversationActions } from '../conversation/conversation-actions.ts';
import { useCurrentConversation, useFollowLink } from '../conversation/use-current-conversation.ts';
import { useTimes } from '../use-times.ts';
import type { AskedRow } from './asked-row.ts';
import { ConversationListItem } from './conversation-list-item.tsx';
import { listenForHolds } from './listen-for-holds.ts';

/** So long (ms) after the list is there what is done with a row is loaded, unless it is wanted before. */
const LOAD_AFTER_MS = 1_500;

const loadActing = () => import('./row-acting.tsx').then((part) => part.RowActing);

type Props = { setMuted: ConversationActions['setMuted'] };

/** The viewer's conversations, newest activity first. Rows out of sight cost no layout or paint. */
export function ConversationList({ setMuted }: Props) {
  const conversations = useConversationList();
  const chat = useChat();
  const times = useTimes();
  const { conversationId } = useCurrentConversation();
  const followLink = useFollowLink();
  const latest = useRef(followLink);
  useLayoutEffect(() => {
    latest.current = followLink;
  });
  // One handler for good, so that a move elsewhere renders two rows and not a thousand.
  const onFollow = useCallback((event: MouseEvent<HTMLAnchorElement>) => latest.current(event), []);
  // The press precedes the click by a tenth of a second: the conversation is there when it comes.
  const onApproach = useCallback((id: string) => chat.open(id), [chat]);

  const current = conversations.find((entry) => entry.conversationId === conversationId);
  const unreadHere = useSettledCount(conversationId, current?.unread ?? 0);

  const list = useRef<HTMLUListElement>(null);
  const [asked, setAsked] = useState<AskedRow | null>(null);
  // Here, not with what answers it: a finger may rest before that is loaded.
  const holdRows = useCallback((element: HTMLUListElement) => {
    list.current = element;
    return listenForHolds(element, (row) => {
      const { conversation } = row.dataset;
      if (conversation) setAsked({ conversationId: conversation, anchor: row, by: 'touch' });
    });
  }, []);
  useEffect(() => {
    list.current?.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest' });
  }, []);

  const Acting = usePart(loadActing, asked !== null, LOAD_AFTER_MS);

  if (conversations.length === 0) return <EmptyList />;
  return (
    <>
      <ul ref={holdRows} className="flex flex-col gap-0.5 p-2">
        {conversations.map((entry) => (
          <li
            key={entry.conversationId}
            className="relative [contain-intrinsic-size:auto_--spacing(18)] [content-visibility:auto]"
          >
            <ConversationListItem
              entry={entry}
              unread={entry === current ? unreadHere : entry.unread}
              isCurrent={entry === current}
              times={times}
              onFollow={onFollow}
              onApproach={onApproach}
              onAsk={setAsked}
            />
          </li>
        ))}
      </ul>
      {Acting && <Acting list={list} asked={asked} onAsk={setAsked} setMuted={setMuted} />}
    </>
  );
}

function EmptyList() {
  const t = useTranslations('chat.list');
  return (
    <EmptyState
      art={<NoChatsArt />}
      title={t('emptyTitle')}
      // For the eye: the header has the same link, under the same name.
      action={
        <LinkButton href="/chat/new" aria-hidden tabIndex={-1}>
          {t('newMessage')}
        </LinkButton>
      }
      className="min-h-full"
    >
      {t('emptyBody')}
    </EmptyState>
  );
}
