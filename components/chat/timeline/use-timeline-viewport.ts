'use client';

import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { type ChatActions, type ConversationView, useChat, useConnection } from '#lib/chat-client/index.ts';
import type { PassingOver } from './passing-over.ts';
import { rememberPlace, type TimelineStart } from './timeline-start.ts';
import { CUT_PX, isAttentive, type TimelineViewport } from './timeline-viewport.ts';
import { countUnread } from './unread-below.ts';
import type { TimelineListHandle } from './use-list-handle.ts';
import type { UnreadLine } from './use-unread-line.ts';

/** The next page is asked for when so much of this one is left, in pixels. */
const LOAD_AHEAD_PX = 1200;
/** Farther than this from the newest message the way back is shown, also when nothing is unread. */
const AWAY_PX = 160;

type Options = {
  conversationId: string;
  view: ConversationView;
  /** Where the list was sent last. */
  start: TimelineStart;
  line: UnreadLine;
  list: RefObject<TimelineListHandle | null>;
  passing: PassingOver;
};

/** Acts on what is in sight: reads it, loads what comes next, remembers the place, tells what is not in sight. */
export function useTimelineViewport(options: Options) {
  const { conversationId, view, start, line, list, passing } = options;
  const chat = useChat();
  const [isAway, setIsAway] = useState(false);
  const [unreadBelow, setUnreadBelow] = useState(0);
  const [hasPassedOver, setHasPassedOver] = useState(false);
  const isOnline = useConnection() === 'online';
  const { begin } = line;
  const viewNow = useRef({ ...view, isOnline });
  viewNow.current = { ...view, isOnline };

  // biome-ignore lint/correctness/useExhaustiveDependencies: a window that is replaced is told as well.
  useLayoutEffect(() => passing.place(start), [start, view.windowId, passing]);

  // What could not be loaded without a connection is asked for again with one.
  useEffect(() => {
    if (!isOnline) return;
    const { loadFailed } = viewNow.current;
    if (loadFailed) (loadFailed === 'before' ? chat.loadBefore : chat.loadAfter)(conversationId);
    list.current?.check();
  }, [isOnline, chat, conversationId, list]);
  useCheckOnReturn(list);

  /** Reads what is in sight, if somebody looks; says up to where all is read or in sight. */
  const read = useCallback(
    ({ firstSeq, seenSeq }: TimelineViewport): number => {
      const { items, fromSeq, ownReadSeq } = viewNow.current;
      const isSkipping = passing.isHeld({ items, fromSeq, readSeq: ownReadSeq, firstSeq });
      setHasPassedOver(isSkipping);
      if (seenSeq === null || seenSeq <= ownReadSeq) return ownReadSeq;
      if (isAttentive() && !isSkipping) chat.markRead(conversationId, seenSeq);
      return seenSeq;
    },
    [chat, conversationId, passing],
  );

  const onViewport = useCallback(
    (viewport: TimelineViewport, isStuck: boolean) => {
      const { items, fromSeq, ownReadSeq, hasAfter, entry, isOnline } = viewNow.current;
      const { topRow, firstSeq, distanceToEnd, isLaidOut } = viewport;
      passing.look(isStuck, { items, fromSeq, readSeq: ownReadSeq, firstSeq });
      setIsAway(!isStuck && distanceToEnd > AWAY_PX);
      const seenSeq = read(viewport);
      if (isLaidOut) {
        const isAtEnd = isStuck && distanceToEnd <= CUT_PX;
        const below = isAtEnd ? 0 : hasAfter ? (entry?.unread ?? 0) : countUnread(items, seenSeq);
        setUnreadBelow(below);
        if (below > 0 && isAttentive()) begin(seenSeq);
      }
      if (isStuck || !topRow) rememberPlace(conversationId, { at: 'end' });
      else rememberPlace(conversationId, { at: 'row', ...topRow });
      if (isOnline) loadAhead(chat, conversationId, viewNow.current, viewport);
    },
    [chat, conversationId, read, begin, passing],
  );

  return { isAway, unreadBelow, hasPassedOver, onViewport };
}

/** Looks again when the person comes back to the page: what is in sight may count as read now. */
function useCheckOnReturn(list: RefObject<TimelineListHandle | null>) {
  useEffect(() => {
    const look = () => list.current?.check();
    window.addEventListener('focus', look);
    document.addEventListener('visibilitychange', look);
    return () => {
      window.removeEventListener('focus', look);
      document.removeEventListener('visibilitychange', look);
    };
  }, [list]);
}

/** Asks for the next page on either side that the view has come near to. */
function loadAhead(
  chat: ChatActions,
  conversationId: string,
  { hasBefore, hasAfter, loadFailed }: ConversationView,
  { distanceToStart, distanceToEnd }: TimelineViewport,
): void {
  if (hasBefore && distanceToStart < LOAD_AHEAD_PX && loadFailed !== 'before')
    chat.loadBefore(conversationId);
  if (hasAfter && distanceToEnd < LOAD_AHEAD_PX && loadFailed !== 'after') chat.loadAfter(conversationId);
}
