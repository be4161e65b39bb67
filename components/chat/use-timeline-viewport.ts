'use client';

import { type RefObject, useCallback, useEffect, useRef, useState } from 'react';
import { type ConversationView, useChat, useConnection } from '#lib/chat-client/index.ts';
import type { TimelineListHandle } from './timeline-list.tsx';
import { rememberPlace } from './timeline-start.ts';
import { isAttentive, type TimelineViewport } from './timeline-viewport.ts';

/** The next page is asked for when so much of this one is left, in pixels. */
const LOAD_AHEAD_PX = 1200;
/** Farther than this from the newest message the way back is shown. */
const AWAY_PX = 160;

/** Acts on what is in sight: reads it, loads what comes next, remembers the place. */
export function useTimelineViewport(
  conversationId: string,
  view: ConversationView,
  list: RefObject<TimelineListHandle | null>,
) {
  const chat = useChat();
  const [isAway, setIsAway] = useState(false);
  const isOnline = useConnection() === 'online';
  const viewNow = useRef({ ...view, isOnline });
  viewNow.current = { ...view, isOnline };

  // What could not be loaded without a connection is asked for again with one.
  useEffect(() => {
    if (!isOnline) return;
    const { loadFailed } = viewNow.current;
    if (loadFailed) (loadFailed === 'before' ? chat.loadBefore : chat.loadAfter)(conversationId);
    list.current?.check();
  }, [isOnline, chat, conversationId, list]);

  useEffect(() => {
    const look = () => list.current?.check();
    window.addEventListener('focus', look);
    document.addEventListener('visibilitychange', look);
    return () => {
      window.removeEventListener('focus', look);
      document.removeEventListener('visibilitychange', look);
    };
  }, [list]);

  const onViewport = useCallback(
    (viewport: TimelineViewport, isStuck: boolean) => {
      const { hasBefore, hasAfter, loadFailed, ownReadSeq, isOnline } = viewNow.current;
      const { topRow, seenSeq, distanceToStart, distanceToEnd } = viewport;
      setIsAway(!isStuck && distanceToEnd > AWAY_PX);
      if (seenSeq !== null && seenSeq > ownReadSeq && isAttentive()) chat.markRead(conversationId, seenSeq);
      if (isStuck || !topRow) rememberPlace(conversationId, { at: 'end' });
      else rememberPlace(conversationId, { at: 'row', ...topRow });
      if (!isOnline) return;
      if (hasBefore && distanceToStart < LOAD_AHEAD_PX && loadFailed !== 'before') {
        chat.loadBefore(conversationId);
      }
      if (hasAfter && distanceToEnd < LOAD_AHEAD_PX && loadFailed !== 'after') chat.loadAfter(conversationId);
    },
    [chat, conversationId],
  );

  return { isAway, onViewport };
}
