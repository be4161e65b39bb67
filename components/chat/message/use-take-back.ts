'use client';

import { useCallback, useEffect, useState } from 'react';
import { useChat } from '#lib/chat-client/index.ts';
import type { SendingItem } from '#lib/chat-client/views/view.ts';

/** How long it is said that a message had gone already (ms). */
const SAID_MS = 6_000;

/** Takes waiting messages back, and tells when one had just gone. */
export function useTakeBack(conversationId: string) {
  const chat = useChat();
  const [isTooLate, setIsTooLate] = useState(false);
  const takeBack = useCallback(
    async ({ message }: SendingItem) =>
      setIsTooLate(!(await chat.takeBack(conversationId, message.clientId))),
    [chat, conversationId],
  );
  useEffect(() => {
    if (!isTooLate) return;
    const timer = setTimeout(() => setIsTooLate(false), SAID_MS);
    return () => clearTimeout(timer);
  }, [isTooLate]);
  return { takeBack, isTooLate };
}
