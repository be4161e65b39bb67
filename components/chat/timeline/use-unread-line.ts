'use client';

import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { ConversationView } from '#lib/chat-client/index.ts';
import { isAttentive } from './timeline-viewport.ts';

export type UnreadLine = {
  /** The read cursors that the unread divider has stood at during this visit; the last is current. */
  readSeqs: readonly number[];
  /** Something new is out of sight: the divider moves there, once for each absence. */
  begin(readSeq: number): void;
  /** The person goes to what is unread: the divider is there. */
  move(readSeq: number): void;
};

/**
 * Where the unread divider stands: at the read cursor with which the conversation was opened, and anew for each
 * absence. An absence begins with the first message that comes while nobody looks or where nobody looks,
 * and ends when nothing is unread.
 */
export function useUnreadLine(view: ConversationView): UnreadLine {
  const unread = view.entry?.unread ?? 0;
  const { ownReadSeq } = view;
  const [readSeqs, setReadSeqs] = useState<readonly number[]>(() => (unread > 0 ? [ownReadSeq] : []));
  const isOver = useRef(unread === 0);

  const move = useCallback((readSeq: number) => {
    isOver.current = false;
    setReadSeqs((known) =>
      known.at(-1) === readSeq ? known : [...known.filter((other) => other !== readSeq), readSeq],
    );
  }, []);
  const begin = useCallback(
    (readSeq: number) => {
      if (isOver.current) move(readSeq);
    },
    [move],
  );

  useEffect(() => {
    if (unread === 0) isOver.current = true;
    // A hidden page draws no frames in which anybody could see what is out of sight.
    else if (!isAttentive()) begin(ownReadSeq);
  }, [unread, ownReadSeq, begin]);
  return useMemo(() => ({ readSeqs, begin, move }), [readSeqs, begin, move]);
}
