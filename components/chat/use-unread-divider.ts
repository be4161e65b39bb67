'use client';

import { useEffect, useState } from 'react';
import type { ConversationView } from '#lib/chat-client/index.ts';
import { isAttentive } from './timeline-viewport.ts';

/**
 * The read cursor that the unread divider stands at: frozen when the room is opened with something
 * unread, or when something comes while nobody looks. Null: no divider.
 */
export function useUnreadDivider(view: ConversationView): number | null {
  const unread = view.entry?.unread ?? 0;
  const [readSeq, setReadSeq] = useState(() => (unread > 0 ? view.ownReadSeq : null));
  const { ownReadSeq } = view;
  useEffect(() => {
    if (unread > 0 && !isAttentive()) setReadSeq((current) => current ?? ownReadSeq);
  }, [unread, ownReadSeq]);
  return readSeq;
}
