'use client';

import { useEffect, useState } from 'react';
import { useEntry } from '#lib/chat-client/index.ts';
import type { ConversationPane, ConversationPaneProps } from './conversation-pane.tsx';
import { ConversationSkeleton } from './conversation-skeleton.tsx';
import { PickConversation } from './pick-conversation.tsx';
import { useCurrentConversation } from './use-current-conversation.ts';

/** From the first look at the list (ms) to the loading of what draws a conversation, for the one that will be opened. */
const LOAD_AFTER_MS = 1_500;
const TRY_AGAIN_AFTER_MS = 2_000;

/**
 * The right pane on the page of the list, which opens without a conversation: what draws one is loaded when the page has
 * settled, or when one is opened before that.
 */
export function LateConversationPane(props: ConversationPaneProps) {
  const { conversationId } = useCurrentConversation();
  const entry = useEntry(conversationId ?? '');
  const isOpen = conversationId !== null;
  const Pane = useLatePane(isOpen);
  if (Pane) return <Pane {...props} />;
  return isOpen ? <ConversationSkeleton entry={entry} /> : <PickConversation />;
}

function useLatePane(isNeeded: boolean): typeof ConversationPane | null {
  const [pane, setPane] = useState<{ of: typeof ConversationPane } | null>(null);
  const [failures, setFailures] = useState(0);
  useEffect(() => {
    if (pane) return;
    const wait = failures > 0 ? TRY_AGAIN_AFTER_MS : isNeeded ? 0 : LOAD_AFTER_MS;
    const timer = setTimeout(() => {
      import('./conversation-pane.tsx').then(
        (module) => setPane({ of: module.ConversationPane }),
        () => setFailures((count) => count + 1),
      );
    }, wait);
    return () => clearTimeout(timer);
  }, [pane, isNeeded, failures]);
  return pane?.of ?? null;
}
