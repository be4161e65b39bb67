'use client';

import { usePathname } from 'next/navigation';
import { useEffect, useRef } from 'react';
import { useTranslations } from 'use-intl';
import { useEntry, useTotalUnread } from '#lib/chat-client/index.ts';
import { useSettledCount } from '../composer/use-settled-count.ts';
import { useCurrentConversation } from '../conversation/use-current-conversation.ts';
import { formatCount } from '../list/format-count.ts';
import { titleOf } from './title-of.ts';

/** Keeps `(3) 단둘` in the tab, with the partner's name while a conversation is open. */
export function TitleBadge() {
  const pathname = usePathname();
  const { conversationId } = useCurrentConversation();
  const unread = useSettledCount(conversationId, useTotalUnread());
  return conversationId ? (
    <ConversationTitle key={conversationId} conversationId={conversationId} unread={unread} />
  ) : (
    <TitleWriter unread={unread} name={pathname === '/chat' ? '' : null} />
  );
}

function ConversationTitle({ conversationId, unread }: { conversationId: string; unread: number }) {
  return <TitleWriter unread={unread} name={useEntry(conversationId)?.partner.username ?? ''} />;
}

/** `name` null: the page has a title of its own, which stands while nothing is unread. */
function TitleWriter({ unread, name }: { unread: number; name: string | null }) {
  const app = useTranslations('common')('appName');
  const badge = unread > 0 ? `(${formatCount(unread)}) ` : '';
  const title = name === null && !badge ? null : `${badge}${titleOf(app, name)}`;
  const shown = useRef(title);
  const isOurs = title !== null;
  useEffect(() => {
    if (!isOurs) return;
    const own = document.title;
    const write = () => writeTitle(shown.current);
    write();
    // Next writes the page's title when a navigation lands, after this effect.
    const observer = new MutationObserver(write);
    observer.observe(document.head, { childList: true, characterData: true, subtree: true });
    return () => {
      observer.disconnect();
      document.title = own.replace(/^\(\d+\+?\) /, '');
    };
  }, [isOurs]);
  useEffect(() => {
    shown.current = title;
    writeTitle(title);
  }, [title]);
  return null;
}

function writeTitle(title: string | null): void {
  if (title !== null && document.title !== title) document.title = title;
}
