'use client';

import { type RefObject, useEffect, useRef, useState } from 'react';
import { type ConversationView, useChat } from '#lib/chat-client/index.ts';
import type { TimelineListHandle } from './timeline-list.tsx';
import { findRowBySeq, type TimelineRow } from './timeline-rows.ts';
import { chooseStart, type TimelineStart } from './timeline-start.ts';

/** How long a message that was jumped to stays lit. */
const HIGHLIGHT_MS = 1800;

type Options = {
  conversationId: string;
  view: ConversationView;
  rows: TimelineRow[];
  targetSeq: number | null;
  list: RefObject<TimelineListHandle | null>;
};

/** Where the timeline stands, and the ways to another message: loaded already or fetched first. */
export function useTimelineJumps({ conversationId, view, rows, targetSeq, list }: Options) {
  const chat = useChat();
  const [start, setStart] = useState<TimelineStart>(() => chooseStart({ conversationId, rows, targetSeq }));
  const [highlightedSeq, setHighlightedSeq] = useState(targetSeq);
  const [isTargetMissing, setIsTargetMissing] = useState(false);
  const now = useRef({ rows, hasAfter: view.hasAfter });
  now.current = { rows, hasAfter: view.hasAfter };

  useEffect(() => {
    if (highlightedSeq === null) return;
    const timer = setTimeout(() => setHighlightedSeq(null), HIGHLIGHT_MS);
    return () => clearTimeout(timer);
  }, [highlightedSeq]);

  async function toSeq(seq: number) {
    setIsTargetMissing(false);
    // Given before the window is there too, so that the list appears at the right place at once.
    setStart({ at: 'seq', seq });
    const isLoaded = findRowBySeq(now.current.rows, seq) >= 0;
    const outcome = isLoaded ? 'there' : await chat.jumpTo(conversationId, seq);
    if (outcome === 'missing') return setIsTargetMissing(true);
    if (outcome === 'dropped') return;
    setStart({ at: 'seq', seq });
    setHighlightedSeq(seq);
  }

  async function toNewest() {
    if (!now.current.hasAfter) return list.current?.toEnd();
    setStart({ at: 'end' });
    if (await chat.jumpToNewest(conversationId)) setStart({ at: 'end' });
  }

  // biome-ignore lint/correctness/useExhaustiveDependencies: follows the address alone.
  useEffect(() => {
    if (targetSeq !== null) void toSeq(targetSeq);
  }, [targetSeq]);

  return { start, highlightedSeq, isTargetMissing, toSeq, toNewest };
}
