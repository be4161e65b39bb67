'use client';

import { type RefObject, useEffect, useRef, useState } from 'react';
import { type ConversationView, useChat } from '#lib/chat-client/index.ts';
import { forgetTargetSeq } from '../conversation/target-seq.ts';
import type { PassingOver } from './passing-over.ts';
import { findRowBySeq, type TimelineRow } from './timeline-rows.ts';
import { chooseStart, type TimelineStart } from './timeline-start.ts';
import type { TimelineListHandle } from './use-list-handle.ts';
import type { UnreadLine } from './use-unread-line.ts';

/** How long a message that was jumped to stays lit, and in the address. */
const HIGHLIGHT_MS = 1800;

type Options = {
  conversationId: string;
  view: ConversationView;
  rows: TimelineRow[];
  targetSeq: number | null;
  line: UnreadLine;
  list: RefObject<TimelineListHandle | null>;
  passing: PassingOver;
};

/** Where the timeline stands, and the ways to another message: loaded already or fetched first. */
export function useTimelineJumps({ conversationId, view, rows, targetSeq, line, list, passing }: Options) {
  const chat = useChat();
  const [start, setStart] = useState<TimelineStart>(() => chooseStart({ conversationId, rows, targetSeq }));
  const { highlightedSeq, highlight } = useHighlight(conversationId, targetSeq);
  const [isTargetMissing, setIsTargetMissing] = useState(false);
  const now = useRef({ rows, view });
  now.current = { rows, view };
  /** The divider that the way down has led to already. */
  const visited = useRef<number | null>(null);

  async function toSeq(seq: number) {
    setIsTargetMissing(false);
    // Given before the window is there too, so that the list appears at the right place at once.
    setStart({ at: 'seq', seq });
    const isLoaded = findRowBySeq(now.current.rows, seq) >= 0;
    const outcome = isLoaded ? 'there' : await chat.jumpTo(conversationId, seq);
    if (outcome === 'missing') return setIsTargetMissing(true);
    if (outcome === 'dropped') return;
    setStart({ at: 'seq', seq });
    highlight(seq);
  }

  async function toEnd(isAside: boolean) {
    passing.goToEnd(isAside);
    if (!now.current.view.hasAfter) return list.current?.toEnd(isAside);
    // Aside, the window that stands is not run through to its end meanwhile.
    if (!isAside) setStart({ at: 'end', isAside });
    if (await chat.jumpToNewest(conversationId)) setStart({ at: 'end', isAside });
  }

  /** To the unread divider, which stands above the partner's first message after `readSeq`. */
  async function toUnread(readSeq: number) {
    visited.current = readSeq;
    line.move(readSeq);
    setStart({ at: 'divider' });
    if (isDividerLoaded(now.current.view, readSeq)) return;
    // Where that one vanished, the next is what the line stands above.
    if ((await chat.jumpTo(conversationId, readSeq + 1)) !== 'dropped') setStart({ at: 'divider' });
  }

  // biome-ignore lint/correctness/useExhaustiveDependencies: follows the address alone.
  useEffect(() => {
    if (targetSeq !== null) void toSeq(targetSeq);
  }, [targetSeq]);

  return {
    start,
    highlightedSeq,
    isTargetMissing,
    toUnread,
    /** The way down: first to what is unread below, then to the newest. */
    toNewest(hasUnreadBelow: boolean) {
      const isVisited = visited.current !== null && visited.current === line.readSeqs.at(-1);
      return hasUnreadBelow && !isVisited ? toUnread(now.current.view.ownReadSeq) : toEnd(false);
    },
    /** To the newest, as one's own message that was just sent; what is unread on the way stays so. */
    toEndAside: () => toEnd((now.current.view.entry?.unread ?? 0) > 0),
  };
}

function isDividerLoaded({ items }: ConversationView, readSeq: number): boolean {
  return (items[0]?.seq ?? 0) <= readSeq + 1 && (items.at(-1)?.seq ?? 0) > readSeq;
}

/** The message that is lit: the one that the address asks for, then the one that was jumped to. */
function useHighlight(conversationId: string, targetSeq: number | null) {
  const [highlightedSeq, setHighlightedSeq] = useState(targetSeq);
  /** The last message that a jump has shown. */
  const reached = useRef<number | null>(null);
  useEffect(() => {
    if (highlightedSeq === null) return;
    const timer = setTimeout(() => {
      setHighlightedSeq(null);
      if (reached.current === highlightedSeq) forgetTargetSeq(conversationId, highlightedSeq);
    }, HIGHLIGHT_MS);
    return () => clearTimeout(timer);
  }, [highlightedSeq, conversationId]);
  return {
    highlightedSeq,
    highlight(seq: number) {
      reached.current = seq;
      setHighlightedSeq(seq);
    },
  };
}
