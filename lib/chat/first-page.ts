import { PAGE_SIZE } from './limits.ts';
import type { ConversationEntry } from './types.ts';

/** A first page this long at most, so that one with a day's unread messages still shows their start. */
const LONGEST_FIRST_PAGE = 150;
/** Messages already read that stand above the unread ones. */
const READ_ABOVE = 15;

/** How many of the newest messages a room opens with: all that is unread, where that is not too much. */
export function chooseFirstPageSize(
  { lastSeq, cursors }: Pick<ConversationEntry, 'lastSeq' | 'cursors'>,
  viewerId: string,
): number {
  const readSeq = cursors.find(({ userId }) => userId === viewerId)?.readSeq ?? lastSeq;
  const wanted = lastSeq - readSeq + READ_ABOVE;
  return wanted <= LONGEST_FIRST_PAGE ? Math.max(PAGE_SIZE, wanted) : PAGE_SIZE;
}
