import pLimit from 'p-limit';
import {
  type HitKey,
  lookUpHits,
  type SearchConversation,
  selectHits,
  selectSearchConversations,
} from '#db/queries/search-messages.ts';
import type { ChatResult, SearchCursor, SearchHit } from '#lib/chat/types.ts';
import { fail, toFoundMessage } from '#lib/chat/wire.ts';
import { ok } from '#lib/runtime/result.ts';
import { defineSingleton } from '#lib/runtime/singleton.ts';
import { createTurns } from '#lib/runtime/turns.ts';
import { conversationKey, pairKeys } from '#lib/text/message-keys.ts';
import { findRanges, parseQuery, type SearchQuery } from '#lib/text/search-keys.ts';
import { type Walk, walkNewestFirst } from './walk-newest-first.ts';

/** Hits on one page. */
const SEARCH_PAGE_SIZE = 20;

/**
 * Messages that the walk reads before the index is asked, as a share of the square root of what could be
 * read. A walk's cost falls with a word's frequency and a look-up's grows with it; here both are equal, at
 * a microsecond for a message walked past and two and a half for one looked up.
 */
const WALK_SHARE = 7;
/** So much is walked in any case: in many conversations it takes that to see whether a word is frequent. */
const SHORTEST_WALK = 4_000;
/** What no key leads to is looked for in so many messages at a time, a fifth of a second's work; the next page goes on. */
const WALK_WITHOUT_KEYS = 200_000;

type Input = {
  viewerId: string;
  query: string;
  conversationId?: string;
  before?: SearchCursor;
  limit?: number;
  /** Messages looked through for what no key leads to. */
  walkWithoutKeys?: number;
};
type Found = ChatResult<{ hits: SearchHit[]; next: SearchCursor | null }>;

/**
 * Searches at once, of one person and of all: texts made for it can take one seconds, and the connections that are
 * left (db/client.ts) serve everything else.
 */
const MAX_AT_ONCE = 3;
const turnsSingleton = defineSingleton('searchTurns', () => ({
  own: createTurns(1),
  all: pLimit(MAX_AT_ONCE),
}));

/**
 * The viewer's messages that hold every word of the query, newest first, a page at a time; in all
 * conversations or in one.
 *
 * Words that occur often are found by walking from the newest message, rare ones by their keys: the walk
 * gives up after a while, and what it has not found a page of by then is rare enough to be looked up,
 * whatever others write. What has no keys ("세 개") is only walked for: a page of it may be short, even empty,
 * and have a next one.
 *
 * Errors: `invalid` when there are less than two characters to look for, `not_found` when the conversation is not the
 * viewer's.
 */
export function searchMessages(input: Input): Promise<Found> {
  const { own, all } = turnsSingleton.get();
  return own(input.viewerId, () => all(() => search(input)));
}

async function search(input: Input): Promise<Found> {
  const { viewerId, query, conversationId, limit = SEARCH_PAGE_SIZE } = input;
  const { walkWithoutKeys = WALK_WITHOUT_KEYS } = input;
  const parsed = parseQuery(query);
  if (!parsed) return fail('invalid');
  const conversations = await selectSearchConversations(viewerId, conversationId);
  if (conversationId && conversations.length === 0) return fail('not_found');

  const before = input.before && {
    createdAt: new Date(input.before.at),
    conversationId: input.before.conversationId.toLowerCase(),
    seq: input.before.seq,
  };
  const wanted = { memberId: viewerId, ...parsed, conversations, before, limit: limit + 1, walkWithoutKeys };
  const { hits: keys, unread } = await findKeys(wanted);

  const page = keys.slice(0, limit);
  const rows = await selectHits(viewerId, page);
  const last = keys.length > limit ? page.at(-1) : unread && justAbove(unread);
  return ok({
    hits: rows.map((row) => ({
      message: toFoundMessage(row),
      partner: { userId: row.partnerId, username: row.partnerUsername },
      ranges: findRanges(row.body, query),
    })),
    next: last
      ? { at: last.createdAt.toISOString(), conversationId: last.conversationId, seq: last.seq }
      : null,
  });
}

type Wanted = SearchQuery & {
  memberId: string;
  conversations: SearchConversation[];
  before?: HitKey;
  limit: number;
  walkWithoutKeys: number;
};

/** The keys of the newest matches; `unread` where the search stopped, when it has not found a page of them by then. */
async function findKeys(wanted: Wanted): Promise<Walk> {
  const { pairs, conversations, walkWithoutKeys } = wanted;
  const total = conversations.reduce((sum, { seq }) => sum + seq, 0);
  const shortest = Math.max(SHORTEST_WALK, WALK_SHARE * Math.sqrt(total));
  const walk = await walkNewestFirst({ ...wanted, budget: pairs.length > 0 ? shortest : walkWithoutKeys });
  if (!walk.unread || pairs.length === 0) return walk;
  const keyed = conversations.map((conversation) => ({
    ...conversation,
    key: conversationKey(conversation.conversationId),
  }));
  return {
    hits: await lookUpHits({ ...wanted, conversations: keyed, pairKeys: pairKeys(pairs) }),
    unread: null,
  };
}

/** The place from which a page begins with this message. */
function justAbove(key: HitKey): HitKey {
  return { ...key, seq: key.seq + 1 };
}
