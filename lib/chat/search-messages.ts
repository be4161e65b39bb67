import {
  type HitKey,
  type SearchRoom,
  selectHits,
  selectRareHits,
  selectRareHitsByRoom,
  selectSearchRooms,
} from '#db/queries/search-messages.ts';
import { findRanges, parseQuery } from '../text/search-keys.ts';
import type { Ack, SearchCursor, SearchHit } from './types.ts';
import { walkNewestFirst } from './walk-newest-first.ts';
import { fail, toMessage } from './wire.ts';

/** Hits on one page. */
const SEARCH_PAGE_SIZE = 20;

/** Messages that a walk reads before the index is asked. */
const FIRST_WALK = 8_000;
/** Messages of a person that are sooner read whole than looked up room by room, about a microsecond each. */
const FULL_WALK = 60_000;

const countMessages = (rooms: readonly SearchRoom[]) => rooms.reduce((sum, { seq }) => sum + seq, 0);

/**
 * The viewer's messages that hold every word of the query, newest first, a page at a time; in all
 * conversations or in one.
 *
 * Words that occur often are found by walking from the newest message, rare ones by the index of
 * pairs: the walk gives up after a fixed number of messages, and a word it has not found a page of
 * by then is rare enough for the index. Where others use the word so often that the index would
 * collect mostly theirs, the viewer's own log is read to its end or looked up room by room.
 *
 * Errors: `invalid` when no word has two characters, `not_found` when the conversation is not the
 * viewer's.
 */
export async function searchMessages(input: {
  viewerId: string;
  query: string;
  conversationId?: string;
  before?: SearchCursor;
  limit?: number;
}): Promise<Ack<{ hits: SearchHit[]; next: SearchCursor | null }>> {
  const { viewerId, query, conversationId, limit = SEARCH_PAGE_SIZE } = input;
  const parsed = parseQuery(query);
  if (!parsed) return fail('invalid');
  const rooms = await selectSearchRooms(viewerId, conversationId);
  if (conversationId && rooms.length === 0) return fail('not_found');

  const before = input.before && {
    createdAt: new Date(input.before.at),
    conversationId: input.before.conversationId.toLowerCase(),
    seq: input.before.seq,
  };
  const wanted = { ...parsed, before, limit: limit + 1, memberId: viewerId };
  const keys: HitKey[] =
    (await walkNewestFirst({ ...wanted, rooms, budget: FIRST_WALK })) ??
    (conversationId ? null : await selectRareHits(wanted)) ??
    (countMessages(rooms) <= FULL_WALK
      ? await walkNewestFirst({ ...wanted, rooms, budget: FULL_WALK })
      : null) ??
    (await selectRareHitsByRoom({ ...wanted, conversationId }));

  const page = keys.slice(0, limit);
  const rows = await selectHits(viewerId, page);
  const last = keys.length > limit ? page.at(-1) : undefined;
  return {
    ok: true,
    hits: rows.map((row) => ({
      message: toMessage(row),
      partner: { userId: row.partnerId, username: row.partnerUsername },
      ranges: findRanges(row.body, query),
    })),
    next: last
      ? { at: last.createdAt.toISOString(), conversationId: last.conversationId, seq: last.seq }
      : null,
  };
}
