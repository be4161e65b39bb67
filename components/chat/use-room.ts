'use client';

import { usePathname, useRouter, useSearchParams } from 'next/navigation';
import type { MouseEvent } from 'react';
import { parseRoomId } from './room-id.ts';
import { parseTargetSeq } from './target-seq.ts';

/** The room that the address names, and the message to open it at (`?m=SEQ`). */
export function useRoom(): { roomId: string | null; targetSeq: number | null } {
  const roomId = parseRoomId(usePathname());
  const wish = useSearchParams().get('m');
  return { roomId, targetSeq: roomId ? parseTargetSeq(wish) : null };
}

/** A click that asks for a new tab or window belongs to the browser. */
function isPlainClick(event: MouseEvent): boolean {
  return (
    !event.defaultPrevented &&
    event.button === 0 &&
    !(event.metaKey || event.ctrlKey || event.shiftKey || event.altKey)
  );
}

/**
 * A click handler for links within the chat. Between rooms and the list only the address changes, no
 * server is asked: both pages render the same pane, which follows the address. Elsewhere Next goes.
 */
export function useFollowLink() {
  const pathname = usePathname();
  const router = useRouter();
  return (event: MouseEvent<HTMLAnchorElement>) => {
    if (!isPlainClick(event)) return;
    event.preventDefault();
    const path = event.currentTarget.getAttribute('href') ?? '/chat';
    if (path === pathname + window.location.search) return;
    if (isRoomPage(pathname) && isRoomPage(path)) window.history.pushState(null, '', path);
    else router.push(path);
  };
}

function isRoomPage(path: string): boolean {
  return path === '/chat' || parseRoomId(path.split('?')[0] ?? '') !== null;
}
