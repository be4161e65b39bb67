'use client';

import { useCallback, useRef, useState } from 'react';
import type { MessageDetails } from '#lib/chat/types.ts';
import type { RoomActions } from './room-actions.ts';

export type DetailsView = { seq: number; details?: MessageDetails; hasFailed?: boolean };

/** The details of one message at a time: which one is looked at, and what the server knows of it. */
export function useMessageDetails(conversationId: string, readDetails: RoomActions['readDetails']) {
  const [view, setView] = useState<DetailsView | null>(null);
  const latest = useRef(0);

  const open = useCallback(
    async (seq: number) => {
      latest.current += 1;
      const request = latest.current;
      setView({ seq });
      const answer = await readDetails({ conversationId, seq }).catch(() => null);
      // Closed, or another message's by now.
      if (request !== latest.current) return;
      setView(answer?.ok ? { seq, details: answer.details } : { seq, hasFailed: true });
    },
    [conversationId, readDetails],
  );
  const close = useCallback(() => {
    latest.current += 1;
    setView(null);
  }, []);
  return { view, open, close };
}
