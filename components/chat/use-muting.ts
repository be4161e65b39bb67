'use client';

import { useCallback, useState, useTransition } from 'react';
import { useChat } from '#lib/chat-client/index.ts';
import type { RoomActions } from './room-actions.ts';

/** Muting a conversation and ending that: the request, and whether it came to nothing. */
export function useMuting(conversationId: string, setMuted: RoomActions['setMuted']) {
  const chat = useChat();
  const [hasFailed, setHasFailed] = useState(false);
  const [isPending, startTransition] = useTransition();

  const change = useCallback(
    (muted: boolean) => {
      setHasFailed(false);
      startTransition(async () => {
        try {
          const answer = await setMuted({ conversationId, muted });
          if (answer.ok) chat.addConversation(answer.entry);
          else setHasFailed(true);
        } catch {
          // The request did not arrive; the room says so.
          setHasFailed(true);
        }
      });
    },
    [chat, conversationId, setMuted],
  );

  return { change, isPending, hasFailed, dismiss: () => setHasFailed(false) };
}
