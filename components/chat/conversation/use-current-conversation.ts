'use client';

import { usePathname, useSearchParams } from 'next/navigation';
import type { MouseEvent } from 'react';
import { isPlainClick } from '#components/ui/is-plain-click.ts';
import { usePageTurn } from '../frame/page-turn.tsx';
import { showEnd } from './conversation-end.ts';
import { isConversationPage, parseConversationId } from './conversation-id.ts';
import { parseTargetSeq } from './target-seq.ts';

/** The conversation that the address names, and the message to open it at (`?m=SEQ`). */
export function useCurrentConversation(): { conversationId: string | null; targetSeq: number | null } {
  const conversationId = parseConversationId(usePathname());
  const wish = useSearchParams().get('m');
  return { conversationId, targetSeq: conversationId ? parseTargetSeq(wish) : null };
}

/**
 * A click handler for links within the chat. Between conversations and the list only the address changes, no
 * server is asked: both pages render the same pane, which follows the address. Elsewhere the page turns. A
 * link to the conversation that is open leads to its newest message.
 */
export function useFollowLink() {
  const pathname = usePathname();
  const { turnTo } = usePageTurn();
  return (event: MouseEvent<HTMLAnchorElement>) => {
    if (!isPlainClick(event)) return;
    event.preventDefault();
    const path = event.currentTarget.getAttribute('href') ?? '/chat';
    if (path === pathname) {
      if (window.location.search) window.history.replaceState(null, '', path);
      showEnd(path);
    } else if (path === pathname + window.location.search) return;
    else if (isConversationPage(pathname) && isConversationPage(path))
      window.history.pushState(null, '', path);
    else turnTo(path);
  };
}

/**
 * Goes up to a page. Where that is the page before this one, it is the browser's Back; else the page takes
 * this one's place. So the system's Back never leads to what was left by ←.
 */
export function useGoUp() {
  const pathname = usePathname();
  const { turnTo, turnBack } = usePageTurn();
  return (path: string) => {
    if (isPageBefore(path)) turnBack(path);
    else if (isConversationPage(pathname) && isConversationPage(path))
      window.history.replaceState(null, '', path);
    else turnTo(path, 'replace');
  };
}

/** True when the history's entry before this one shows `path` and can be gone back to. */
function isPageBefore(path: string): boolean {
  // Browsers from before 2026 have no Navigation API; the page then takes this one's place.
  const { navigation } = window;
  const before = navigation?.entries()[(navigation.currentEntry?.index ?? 0) - 1];
  const url = URL.parse(before?.url ?? '');
  // An entry that the browser made for a place in a page is none that Next would go back to.
  if (!before || url?.pathname !== path || url.hash) return false;
  // An entry of another load is fetched anew, which takes a connection.
  return before.sameDocument || navigator.onLine;
}
