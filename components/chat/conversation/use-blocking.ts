'use client';

import { useCallback, useState } from 'react';
import type { ConversationActions } from './conversation-actions.ts';
import { useEntryChange } from './use-entry-change.ts';

export type Blocking = ReturnType<typeof useBlocking>;

/** Blocking and unblocking the partner, and the question before it. */
export function useBlocking(conversationId: string, setBlocked: ConversationActions['setBlocked']) {
  const { run, dismiss, ...state } = useEntryChange();
  const [isAsking, setIsAsking] = useState(false);

  const change = useCallback(
    (blocked: boolean) =>
      run(
        () => setBlocked({ conversationId, blocked }),
        () => setIsAsking(false),
      ),
    [run, conversationId, setBlocked],
  );
  const turn = useCallback(
    (asks: boolean) => {
      dismiss();
      setIsAsking(asks);
    },
    [dismiss],
  );
  const ask = useCallback(() => turn(true), [turn]);

  return { ...state, isAsking, setIsAsking: turn, ask, change };
}
