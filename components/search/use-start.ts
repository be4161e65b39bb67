'use client';

import { useRouter } from 'next/navigation';
import { useRef, useState } from 'react';
import { useTranslations } from 'use-intl';
import type { Ack, ConversationEntry, Failure, Partner } from '#lib/chat/types.ts';
import { useChat } from '#lib/chat-client/index.ts';

export type StartAction = (partnerId: string) => Promise<Ack<{ entry: ConversationEntry }>>;

/** Opens the room with a person and goes there; a second press while the first is under way does nothing. */
export function useStart(startAction: StartAction) {
  const t = useTranslations('search');
  const chat = useChat();
  const router = useRouter();
  const isBusy = useRef(false);
  const [pending, setPending] = useState<string | null>(null);
  const [error, setError] = useState<string | null>(null);

  function explain({ code, retryAfterMs }: Failure['error']): string {
    if (code === 'rate_limited') return t('limited', { seconds: Math.ceil((retryAfterMs ?? 1000) / 1000) });
    return t(code === 'not_found' ? 'people.startGone' : 'people.startFailed');
  }

  async function open({ userId }: Partner) {
    if (isBusy.current) return;
    isBusy.current = true;
    setPending(userId);
    setError(null);
    const started = await startAction(userId).catch(
      (): Failure => ({ ok: false, error: { code: 'unavailable' } }),
    );
    isBusy.current = false;
    if (!started.ok) {
      setPending(null);
      setError(explain(started.error));
      return;
    }
    chat.addConversation(started.entry);
    router.push(`/chat/${started.entry.conversationId}`);
  }

  return { open, pending, error, clearError: () => setError(null) };
}
