'use client';

import { useCallback, useEffect, useRef, useState } from 'react';
import type { MessageDetails } from '#lib/chat/types.ts';
import type { ConversationActions } from '../../conversation/conversation-actions.ts';

/** `details` is there once the server has told them. */
type Told = { seq: number; details?: MessageDetails; hasFailed?: boolean };

/** What the server knows of the message that is looked at; null while none is. */
export function useMessageDetails(
  conversationId: string,
  seq: number | null,
  readDetails: ConversationActions['readDetails'],
): { details?: MessageDetails; hasFailed?: boolean; retry: () => void } | null {
  const [told, setTold] = useState<Told | null>(null);
  const latest = useRef(0);

  const ask = useCallback(
    async (asked: number) => {
      latest.current += 1;
      const request = latest.current;
      setTold({ seq: asked });
      const answer = await readDetails({ conversationId, seq: asked }).catch(() => null);
      // Closed, or another message's by now.
      if (request !== latest.current) return;
      setTold(answer?.ok ? { seq: asked, details: answer.value.details } : { seq: asked, hasFailed: true });
    },
    [conversationId, readDetails],
  );
  useEffect(() => {
    if (seq !== null) void ask(seq);
    else {
      latest.current += 1;
      // Earlier texts are not kept for longer than they are looked at.
      setTold(null);
    }
  }, [seq, ask]);

  if (seq === null) return null;
  return { ...(told?.seq === seq ? told : {}), retry: () => void ask(seq) };
}
