import { selectStarred } from '#db/queries/starred.ts';
import { ok } from '#lib/runtime/result.ts';
import { STARRED_PAGE_SIZE } from './sizes.ts';
import type { ChatResult, SearchCursor, StarredPage } from './types.ts';
import { toFoundMessage } from './wire.ts';

/** What the viewer has starred in all their conversations, newest star first, a page at a time. */
export async function listStarred(input: {
  viewerId: string;
  before?: SearchCursor;
  limit?: number;
}): Promise<ChatResult<StarredPage>> {
  const { viewerId, before, limit = STARRED_PAGE_SIZE } = input;
  const rows = await selectStarred({
    userId: viewerId,
    before: before && { ...before, starredAt: new Date(before.at) },
    limit: limit + 1,
  });
  const page = rows.slice(0, limit);
  const last = rows.length > limit ? page.at(-1) : undefined;
  return ok({
    starred: page.map((row) => ({
      message: toFoundMessage(row),
      partner: { userId: row.partnerId, username: row.partnerUsername },
    })),
    next: last
      ? { at: last.starredAt.toISOString(), conversationId: last.conversationId, seq: last.seq }
      : null,
  });
}
