'use client';

import { useCallback, useState, useTransition } from 'react';
import type { ChatResult, ConversationEntry } from '#lib/chat/types.ts';
import { useChat } from '#lib/chat-client/index.ts';

type Answer = ChatResult<{ entry: ConversationEntry }>;

/** A change of a conversation by a server action: the request, what it brings, and whether it came to nothing. */
export function useEntryChange() {
  const chat = useChat();
  const [hasFailed, setHasFailed] = useState(false);
  const [isPending, startTransition] = useTransition();

  const run = useCallback(
    (request: () => Promise<Answer>, onDone?: () => void) => {
      setHasFailed(false);
      startTransition(async () => {
        try {
          const answer = await request();
          if (!answer.ok) return setHasFailed(true);
          chat.addConversation(answer.value.entry);
          onDone?.();
        } catch {
          // The request did not arrive, which whoever asked shows.
          setHasFailed(true);
        }
      });
    },
    [chat],
  );
  const dismiss = useCallback(() => setHasFailed(false), []);

  return { run, hasFailed, isPending, dismiss };
}
