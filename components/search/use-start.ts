'use client';

import { useEffect, useRef, useState } from 'react';
import { useTranslations } from 'use-intl';
import { usePageTurn } from '#components/chat/frame/page-turn.tsx';
import type { ChatResult, ConversationEntry, Partner } from '#lib/chat/types.ts';
import { useChat } from '#lib/chat-client/index.ts';
import { explainStart } from './explain-start.ts';
import { UNAVAILABLE } from './use-search.ts';

export type StartAction = (partnerId: string) => Promise<ChatResult<{ entry: ConversationEntry }>>;

/** Opens the conversation with a person and goes there; a second press while the first is under way does nothing. */
export function useStart(startAction: StartAction) {
  const t = useTranslations('search');
  const chat = useChat();
  const { turnTo } = usePageTurn();
  const isBusy = useRef(false);
  const isGone = useRef(false);
  useEffect(() => {
    isGone.current = false;
    return () => {
      isGone.current = true;
    };
  }, []);
  const [pending, setPending] = useState<string | null>(null);
  const [error, setError] = useState<string | null>(null);

  async function open({ userId }: Partner) {
    if (isBusy.current) return;
    isBusy.current = true;
    setPending(userId);
    setError(null);
    const started = await startAction(userId).catch(() => UNAVAILABLE);
    isBusy.current = false;
    if (!started.ok) {
      setPending(null);
      setError(explainStart(t, started.error));
      return;
    }
    chat.addConversation(started.value.entry);
    // Who has gone elsewhere meanwhile finds the conversation in the list.
    if (isGone.current) return;
    // In the place of the search, which is done: ← and Back lead from the conversation to the list.
    turnTo(`/chat/${started.value.entry.conversationId}`, 'replace');
  }

  return { open, pending, error, clearError: () => setError(null) };
}
