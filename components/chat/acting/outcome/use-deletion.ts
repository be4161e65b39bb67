'use client';

import { useState } from 'react';
import { useChat } from '#lib/chat-client/index.ts';

/**
 * Messages that are to be deleted, oldest first; `canBoth` when all are the viewer's own and stand, `isMixed` when only
 * some are.
 */
export type AskedDeletion = { seqs: readonly number[]; canBoth: boolean; isMixed?: boolean };

export type Deletion = ReturnType<typeof useDeletion>;

/**
 * Deleting messages: the question before it, and for both people taking it back for some seconds, all of them together.
 * `onDeleted` hears of those that are.
 */
export function useDeletion(conversationId: string, onDeleted: (seqs: readonly number[]) => void) {
  const chat = useChat();
  const [asked, setAsked] = useState<AskedDeletion | null>(null);
  const [done, setDone] = useState<{ seqs: readonly number[]; canUndo: boolean } | null>(null);
  return {
    /** What is asked about; null while nothing is. */
    asked,
    /** The messages that were deleted just now; null once that was said. */
    done,
    ask: setAsked,
    cancel: () => setAsked(null),
    deleteFor(whom: 'both' | 'me') {
      setAsked(null);
      if (!asked) return;
      const remove = whom === 'both' ? chat.deleteForBoth : chat.deleteForMe;
      setDone({ seqs: asked.seqs, canUndo: whom === 'both' });
      onDeleted(asked.seqs);
      for (const seq of asked.seqs) remove(conversationId, seq);
    },
    undo() {
      setDone(null);
      for (const seq of done?.seqs ?? []) chat.undelete(conversationId, seq);
    },
    forget: () => setDone(null),
  };
}
