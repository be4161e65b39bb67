'use client';

import { createElement, type ReactElement, useCallback, useRef, useState } from 'react';
import type { ConversationActions } from '../conversation/conversation-actions.ts';

/** `steps` is there once the server has told them. */
export type DetailsView = { seq: number; steps?: ReactElement; hasFailed?: boolean };

/** The details of one message at a time: which one is looked at, and what the server knows of it. */
export function useMessageDetails(conversationId: string, readDetails: ConversationActions['readDetails']) {
  const [view, setView] = useState<DetailsView | null>(null);
  const latest = useRef(0);

  const open = useCallback(
    async (seq: number) => {
      latest.current += 1;
      const request = latest.current;
      setView({ seq });
      const [answer, steps] = await Promise.all([
        readDetails({ conversationId, seq }),
        // Loaded when it is first asked for, as few ever ask.
        import('./message-steps.tsx'),
      ]).catch(() => []);
      // Closed, or another message's by now.
      if (request !== latest.current) return;
      setView(
        answer?.ok && steps
          ? { seq, steps: createElement(steps.MessageSteps, { details: answer.value.details }) }
          : { seq, hasFailed: true },
      );
    },
    [conversationId, readDetails],
  );
  const close = useCallback(() => {
    latest.current += 1;
    setView(null);
  }, []);
  return { view, open, close };
}
