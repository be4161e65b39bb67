'use client';

import { useChat } from '#lib/chat-client/index.ts';
import { useCurrentConversation, useGoUp } from './use-current-conversation.ts';

/** Deletes a conversation for the viewer; one that is open gives way to the list, and Back does not lead to it. */
export function useClear() {
  const chat = useChat();
  const goUp = useGoUp();
  const { conversationId: openId } = useCurrentConversation();
  return (conversationId: string) => {
    chat.clearConversation(conversationId);
    if (conversationId === openId) goUp('/chat');
  };
}
