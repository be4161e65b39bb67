'use client';

import { useCallback } from 'react';
import type { ConversationActions } from './conversation-actions.ts';
import { useEntryChange } from './use-entry-change.ts';

/** Muting a conversation and ending that. */
export function useMuting(conversationId: string, setMuted: ConversationActions['setMuted']) {
  const { run, ...state } = useEntryChange();
  const change = useCallback(
    (muted: boolean) => run(() => setMuted({ conversationId, muted })),
    [run, conversationId, setMuted],
  );
  return { ...state, change };
}
