import { cache } from 'react';
import { validate as isUuid } from 'uuid';
import { chooseFirstPage } from '#lib/chat/first-page.ts';
import { getConversation } from '#lib/chat/get-conversation.ts';
import { readHistory } from '#lib/chat/read-history.ts';
import type { ConversationEntry } from '#lib/chat/types.ts';
import type { ConversationSeed } from '#lib/chat-client/index.ts';

/** The viewer's list entry for a conversation; null when it is not theirs. Read once per request. */
export const loadEntry = cache((viewerId: string, conversationId: string) =>
  isUuid(conversationId) ? getConversation({ viewerId, conversationId }) : null,
);

/** The page of messages that a conversation opens with: around `targetSeq`, else where what is unread begins. */
export async function loadConversation(
  viewerId: string,
  entry: ConversationEntry,
  targetSeq: number | null,
): Promise<ConversationSeed | null> {
  const { conversationId, lastSeq } = entry;
  const isThere = targetSeq !== null && targetSeq > (entry.marks?.clearedSeq ?? 0);
  const history = await readHistory({
    viewerId,
    conversationId,
    ...(isThere ? { aroundSeq: targetSeq } : chooseFirstPage(entry, viewerId)),
  });
  if (!history.ok) return null;
  const anchorSeq = isThere && targetSeq <= lastSeq ? targetSeq : undefined;
  return { entry, page: history.value, anchorSeq };
}
