'use client';

import { useState, useTransition } from 'react';
import type { Ack, ConversationEntry } from '#lib/chat/types.ts';
import { useChat } from '#lib/chat-client/index.ts';

/** The server action that blocks or unblocks the partner of a conversation. */
export type BlockAction = (input: {
  conversationId: string;
  blocked: boolean;
}) => Promise<Ack<{ entry: ConversationEntry }>>;

export type Blocking = ReturnType<typeof useBlocking>;

/** Blocking and unblocking the partner: the question, the request, what came of it. */
export function useBlocking(conversationId: string, blockAction: BlockAction) {
  const chat = useChat();
  const [isAsking, setIsAsking] = useState(false);
  const [hasFailed, setHasFailed] = useState(false);
  const [isPending, startTransition] = useTransition();

  function change(blocked: boolean) {
    setHasFailed(false);
    startTransition(async () => {
      try {
        const answer = await blockAction({ conversationId, blocked });
        if (!answer.ok) return setHasFailed(true);
        chat.addConversation(answer.entry);
        setIsAsking(false);
      } catch {
        // The request did not arrive; the sentence beside the button says so.
        setHasFailed(true);
      }
    });
  }

  return {
    isAsking,
    setIsAsking(asks: boolean) {
      setHasFailed(false);
      setIsAsking(asks);
    },
    hasFailed,
    isPending,
    change,
  };
}
