'use client';

import { useMemo } from 'react';
import { useChat } from '#lib/chat-client/index.ts';
import type { FailedItem, SendingItem } from '#lib/chat-client/views/view.ts';
import type { Asked } from './asked.ts';
import { useTakeBack } from './use-take-back.ts';

/** What a person can do with one message of a timeline. */
export type MessageActions = {
  retry(item: FailedItem): void;
  discard(item: FailedItem): void;
  takeBack(item: SendingItem): void;
  react(seq: number, emoji: string, on: boolean): void;
  /** Selects a message, or lets go of it; `isRange` for all from the last one. */
  select(seq: number, isRange: boolean): void;
  /** For what needs a menu, a dialog or a jump. */
  ask(asked: Asked): void;
};

/** The actions of a conversation's messages, the same object for all of them; `isTooLate` after one that had gone. */
export function useMessageActions(
  conversationId: string,
  ask: MessageActions['ask'],
  select: MessageActions['select'],
): { actions: MessageActions; isTooLate: boolean } {
  const chat = useChat();
  const { takeBack, isTooLate } = useTakeBack(conversationId);
  const actions = useMemo(
    () => ({
      retry: ({ message }: FailedItem) => chat.retry(conversationId, message.clientId),
      discard: ({ message }: FailedItem) => chat.discard(conversationId, message.clientId),
      takeBack,
      react: (seq: number, emoji: string, on: boolean) => chat.react(conversationId, seq, emoji, on),
      select,
      ask,
    }),
    [chat, conversationId, takeBack, select, ask],
  );
  return { actions, isTooLate };
}
