'use client';

import { useState } from 'react';
import { useChat } from '#lib/chat-client/index.ts';

export type Deletion = ReturnType<typeof useDeletion>;

/** Deleting a message for both: the question before it, and taking it back for some seconds. */
export function useDeletion(conversationId: string) {
  const chat = useChat();
  const [askedSeq, setAskedSeq] = useState<number | null>(null);
  const [deletedSeq, setDeletedSeq] = useState<number | null>(null);
  return {
    /** The message that is asked about; null while none is. */
    askedSeq,
    /** The message that can be brought back; null while none can. */
    deletedSeq,
    ask: setAskedSeq,
    cancel: () => setAskedSeq(null),
    confirm() {
      setAskedSeq(null);
      if (askedSeq === null) return;
      setDeletedSeq(askedSeq);
      chat.deleteForBoth(conversationId, askedSeq);
    },
    undo() {
      setDeletedSeq(null);
      if (deletedSeq !== null) chat.undelete(conversationId, deletedSeq);
    },
    endUndo: () => setDeletedSeq(null),
  };
}
