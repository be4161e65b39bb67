import { cache } from 'react';
import { validate as isUuid } from 'uuid';
import { getConversation } from '#lib/chat/get-conversation.ts';
import { PAGE_SIZE } from '#lib/chat/limits.ts';
import { readHistory } from '#lib/chat/read-history.ts';
import type { ConversationEntry } from '#lib/chat/types.ts';
import type { ConversationSeed } from '#lib/chat-client/index.ts';

/** A first page this long at most, so that one with a day's unread messages still shows their start. */
const LONGEST_FIRST_PAGE = 150;
/** Messages already read that stand above the unread ones. */
const READ_ABOVE = 15;

/** The viewer's list entry for a room; null when it is not theirs. Read once per request. */
export const loadEntry = cache((viewerId: string, conversationId: string) =>
  isUuid(conversationId) ? getConversation({ viewerId, conversationId }) : null,
);

/** The page of messages that a room opens with: around `targetSeq`, else the newest. */
export async function loadRoom(
  viewerId: string,
  entry: ConversationEntry,
  targetSeq: number | null,
): Promise<ConversationSeed | null> {
  const { conversationId, lastSeq } = entry;
  const history = await readHistory({
    viewerId,
    conversationId,
    ...(targetSeq ? { aroundSeq: targetSeq } : { limit: chooseLimit(entry, viewerId) }),
  });
  if (!history.ok) return null;
  const { messages, more, revision } = history;
  const anchorSeq = targetSeq && targetSeq <= lastSeq ? targetSeq : undefined;
  return { entry, page: { messages, more, revision }, anchorSeq };
}

function chooseLimit({ lastSeq, cursors }: ConversationEntry, viewerId: string): number {
  const readSeq = cursors.find(({ userId }) => userId === viewerId)?.readSeq ?? lastSeq;
  const wanted = lastSeq - readSeq + READ_ABOVE;
  return wanted <= LONGEST_FIRST_PAGE ? Math.max(PAGE_SIZE, wanted) : PAGE_SIZE;
}
