'use client';

import { useCallback, useState, useTransition } from 'react';
import { useChat } from '#lib/chat-client/index.ts';
import type { RoomActions } from './room-actions.ts';

export type Blocking = ReturnType<typeof useBlocking>;

/** Blocking and unblocking the partner: the question, the request, what came of it. */
export function useBlocking(conversationId: string, setBlocked: RoomActions['setBlocked']) {
  const chat = useChat();
  const [isAsking, setIsAsking] = useState(false);
  const [hasFailed, setHasFailed] = useState(false);
  const [isPending, startTransition] = useTransition();

  const change = useCallback(
    (blocked: boolean) => {
      setHasFailed(false);
      startTransition(async () => {
        try {
          const answer = await setBlocked({ conversationId, blocked });
          if (!answer.ok) return setHasFailed(true);
          chat.addConversation(answer.entry);
          setIsAsking(false);
        } catch {
          // The request did not arrive; the sentence beside the button says so.
          setHasFailed(true);
        }
      });
    },
    [chat, conversationId, setBlocked],
  );
  const turn = useCallback((asks: boolean) => {
    setHasFailed(false);
    setIsAsking(asks);
  }, []);
  const ask = useCallback(() => turn(true), [turn]);

  return {
    isAsking,
    setIsAsking: turn,
    ask,
    hasFailed,
    isPending,
    change,
  };
}
