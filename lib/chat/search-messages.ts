import pLimit from 'p-limit';
import { type HitKey, lookUpHits, selectHits, selectSearchRooms } from '#db/queries/search-messages.ts';
import { memo } from '../memo.ts';
import { pairKeys, roomKey } from '../text/message-keys.ts';
import { findRanges, parseQuery } from '../text/search-keys.ts';
import { createTurns } from '../turns.ts';
import type { Ack, SearchCursor, SearchHit } from './types.ts';
import { walkNewestFirst } from './walk-newest-first.ts';
import { fail, toMessage } from './wire.ts';

/** Hits on one page. */
const SEARCH_PAGE_SIZE = 20;

/**
 * Messages that the walk reads before the index is asked, as a share of the square root of what could be
 * read. A walk's cost falls with a word's frequency and a look-up's grows with it; here both are equal, at
 * a microsecond for a message walked past and two and a half for one looked up.
 */
const WALK_SHARE = 7;
/** So much is walked in any case: in many rooms it takes that to see whether a word is frequent. */
const SHORTEST_WALK = 4_000;

type Input = {
  viewerId: string;
  query: string;
  conversationId?: string;
  before?: SearchCursor;
  limit?: number;
};
type Found = Ack<{ hits: SearchHit[]; next: SearchCursor | null }>;

/**
 * Searches at once, of one person and of all: texts made for it can take one seconds, and the connections that are
 * left (db/client.ts) serve everything else.
 */
const MAX_AT_ONCE = 3;
const getTurns = () => memo('searchTurns', () => ({ own: createTurns(1), all: pLimit(MAX_AT_ONCE) }));

/**
 * The viewer's messages that hold every word of the query, newest first, a page at a time; in all
 * conversations or in one.
 *
 * Words that occur often are found by walking from the newest message, rare ones by their keys: the walk
 * gives up after a while, and what it has not found a page of by then is rare enough to be looked up,
 * whatever others write.
 *
 * Errors: `invalid` when no word has two characters, `not_found` when the conversation is not the
 * viewer's.
 */
export function searchMessages(input: Input): Promise<Found> {
  const { own, all } = getTurns();
  return own(input.viewerId, () => all(() => search(input)));
}

async function search(input: Input): Promise<Found> {
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
  const { terms, pairs } = parsed;
  const wanted = { rooms, terms, before, limit: limit + 1 };
  const total = rooms.reduce((sum, { seq }) => sum + seq, 0);
  const budget = Math.max(SHORTEST_WALK, WALK_SHARE * Math.sqrt(total));
  const keys: HitKey[] =
    (await walkNewestFirst({ ...wanted, budget })) ??
    (await lookUpHits({
      ...wanted,
      rooms: rooms.map((room) => ({ ...room, key: roomKey(room.conversationId) })),
      pairKeys: pairKeys(pairs),
    }));

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
