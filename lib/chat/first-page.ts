import { PAGE_SIZE } from './sizes.ts';
import type { ConversationEntry } from './types.ts';

/** A first page this long at most, so that one with a day's unread messages still shows their start. */
const LONGEST_FIRST_PAGE = 150;
/** Messages already read that stand above the unread ones. */
const READ_ABOVE = 15;

/**
 * The page that a conversation opens with: the newest messages with all that is unread, or, where that is too
 * much, those around the first unread one, so that nothing is passed over.
 */
export function chooseFirstPage(
  { lastSeq, cursors, marks }: Pick<ConversationEntry, 'lastSeq' | 'cursors' | 'marks'>,
  viewerId: string,
): { limit: number } | { aroundSeq: number } {
  const cursor = cursors.find(({ userId }) => userId === viewerId)?.readSeq ?? lastSeq;
  const readSeq = Math.max(cursor, marks?.clearedSeq ?? 0);
  const wanted = lastSeq - readSeq + READ_ABOVE;
  return wanted <= LONGEST_FIRST_PAGE ? { limit: Math.max(PAGE_SIZE, wanted) } : { aroundSeq: readSeq + 1 };
}
