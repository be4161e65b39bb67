'use client';

import { useRef, useState } from 'react';
import { useTranslations } from 'use-intl';
import { explainStart } from '#components/search/explain-start.ts';
import { UNAVAILABLE } from '#components/search/use-search.ts';
import type { StartAction } from '#components/search/use-start.ts';
import { useChat, useConnection } from '#lib/chat-client/index.ts';
import type { Target } from './use-forward-choice.ts';

/** Where messages went, for as long as that is said. */
export type Forwarded = {
  targets: { username: string; conversationId: string }[];
  /** The messages that were asked about. */
  seqs: readonly number[];
  /** Some of them were deleted meanwhile. */
  isPartial: boolean;
  /** They go when there is a connection. */
  isWaiting: boolean;
};

export type Forwarding = ReturnType<typeof useForwarding>;

type Options = { conversationId: string; startChat: StartAction; onSent: () => void };

/** Forwarding messages of a conversation: the question to whom, and what is said afterwards. */
export function useForwarding({ conversationId, startChat, onSent }: Options) {
  const chat = useChat();
  const t = useTranslations('search');
  const say = useTranslations('chat.forward');
  const isOffline = useConnection() === 'offline';
  const [seqs, setSeqs] = useState<readonly number[] | null>(null);
  const [isPending, setIsPending] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  const [done, setDone] = useState<Forwarded | null>(null);
  /** Changes with each question: an answer to one that was cancelled meanwhile sends nothing. */
  const question = useRef<object>({});

  /** The conversation with somebody, begun if there is none; null where it cannot be, which is said. */
  const openFor = async ({ userId, conversationId: known }: Target): Promise<string | null> => {
    if (known) return known;
    const started = await startChat(userId).catch(() => UNAVAILABLE);
    if (!started.ok) {
      setFailure(explainStart(t, started.error));
      return null;
    }
    chat.addConversation(started.value.entry);
    return started.value.entry.conversationId;
  };
  const close = () => {
    question.current = {};
    setIsPending(false);
    setSeqs(null);
    setFailure(null);
  };

  return {
    /** The messages that are asked about, in order; null while none are. */
    seqs,
    isPending,
    /** Why nothing was sent. */
    failure,
    /** What was forwarded just now; null once that was said. */
    done,
    ask: (asked: readonly number[]) => setSeqs(asked),
    cancel: close,
    forgetFailure: () => setFailure(null),
    /** To all or, where a conversation with one of them cannot be begun, to none. */
    async send(chosen: readonly Target[]) {
      if (isPending || !seqs) return;
      const asked = question.current;
      setIsPending(true);
      setFailure(null);
      const targets: Forwarded['targets'] = [];
      for (const target of chosen) {
        const toId = await openFor(target);
        if (toId) targets.push({ username: target.username, conversationId: toId });
      }
      if (question.current !== asked) return;
      if (targets.length < chosen.length) return setIsPending(false);
      const toIds = targets.map(({ conversationId: toId }) => toId);
      const count = await chat.forward(conversationId, { toIds, seqs });
      if (count > 0) setDone({ targets, seqs, isPartial: count < seqs.length, isWaiting: isOffline });
      // Cancelled too late: it is said what went all the same.
      if (question.current !== asked) return;
      setIsPending(false);
      if (count === 0) return setFailure(say(seqs.length > 1 ? 'goneMany' : 'gone'));
      close();
      onSent();
    },
    forget: () => setDone(null),
  };
}
