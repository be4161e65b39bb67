'use client';

import { usePart } from '#components/ui/use-part.ts';
import { useEntry } from '#lib/chat-client/index.ts';
import type { ConversationPaneProps } from './conversation-pane.tsx';
import { ConversationSkeleton } from './conversation-skeleton.tsx';
import { PickConversation } from './pick-conversation.tsx';
import { useCurrentConversation } from './use-current-conversation.ts';

/** From the first look at the list (ms) to the loading of what draws a conversation, for the one that will be opened. */
const LOAD_AFTER_MS = 1_500;

const loadPane = () => import('./conversation-pane.tsx').then((module) => module.ConversationPane);

/**
 * The right pane on the page of the list, which opens without a conversation: what draws one is loaded when the page has
 * settled, or when one is opened before that.
 */
export function LateConversationPane(props: ConversationPaneProps) {
  const { conversationId } = useCurrentConversation();
  const entry = useEntry(conversationId ?? '');
  const isOpen = conversationId !== null;
  const Pane = usePart(loadPane, isOpen, LOAD_AFTER_MS);
  if (Pane) return <Pane {...props} />;
  return isOpen ? <ConversationSkeleton entry={entry} /> : <PickConversation />;
}
