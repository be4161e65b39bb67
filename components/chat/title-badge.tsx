'use client';

import { usePathname } from 'next/navigation';
import { useEffect, useRef } from 'react';
import { useEntry, useTotalUnread } from '#lib/chat-client/index.ts';
import { formatCount } from './format-count.ts';
import { useRoom } from './use-room.ts';
import { useSettledCount } from './use-settled-count.ts';

const APP = 'Dandul';

/** Keeps `(3) Dandul` in the tab, with the partner's name while a room is open. */
export function TitleBadge() {
  const pathname = usePathname();
  const { roomId } = useRoom();
  const unread = useSettledCount(roomId, useTotalUnread());
  return roomId ? (
    <RoomTitle key={roomId} roomId={roomId} unread={unread} />
  ) : (
    <TitleWriter unread={unread} name={pathname === '/chat' ? '' : null} />
  );
}

function RoomTitle({ roomId, unread }: { roomId: string; unread: number }) {
  return <TitleWriter unread={unread} name={useEntry(roomId)?.partner.username ?? ''} />;
}

/** `name` null: the page has a title of its own, which stands while nothing is unread. */
function TitleWriter({ unread, name }: { unread: number; name: string | null }) {
  const badge = unread > 0 ? `(${formatCount(unread)}) ` : '';
  const title = name === null && !badge ? null : `${badge}${APP}${name ? ` · ${name}` : ''}`;
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
