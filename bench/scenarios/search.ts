import type pg from 'pg';
import { searchMessages } from '#lib/search/search-messages.ts';
import { parseQuery } from '#lib/text/search-keys.ts';
import { withOwnPool } from '../core/own-pool.ts';
import { percentile } from '../core/stats.ts';
import type { Figure, Scenario } from '../core/types.ts';
import { fillSearchConversations, type Scope } from '../data/search-conversations.ts';
import { type Kind, kinds, makeQueries } from '../data/searches.ts';
import { measureStorage } from '../limits/storage.ts';

const MESSAGES = 1_000_000;
const AT_MOST_MS = 50;

type Time = { kind: string; scope: string; query: string; ms: number };

/**
 * Searches among a million stored messages: words of many kinds, in conversations of many sizes and in all of
 * somebody's. What the action does without HTTP around it; each answer of a sample is compared with a scan.
 */
export const search: Scenario = async ({ world, isSmoke, seed, say }) => {
  const database = await world.createDatabase();
  const startedAt = performance.now();
  const { scopes, vocabulary, stored } = await fillSearchConversations(database.pool, {
    total: isSmoke ? 12_000 : MESSAGES,
    seed,
  });
  const perSecond = stored / ((performance.now() - startedAt) / 1000);
  say(`${stored} messages written, ${Math.round(perSecond)} a second with indexes`);

  const times: Time[] = [];
  let checked = 0;
  await withOwnPool(database.url, async () => {
    for (const kind of Object.keys(kinds) as Kind[]) {
      for (const scope of scopes) {
        const queries = makeQueries(kind, isSmoke ? 2 : 16, vocabulary, seed);
        // The first of them warms what a running server has warm, and is the one that is compared.
        for (const [i, query] of queries.entries()) {
          const taken = await searchTwoPages(scope, query);
          if (i === 0) checked += await compareWithScan(database.pool, scope, query, taken.hits);
          if (i === 0 && !isSmoke) continue;
          times.push({ kind, scope: scope.name, query, ms: taken.first });
          if (taken.second) times.push({ kind: 'second page', scope: scope.name, query, ms: taken.second });
        }
      }
    }
  });
  if (checked === 0) throw new Error('no query of the sample found anything');
  say(`${times.length} searches, ${checked} results compared with a scan`);
  return [...summarize(times, say), ...(await measureStorage(database.pool, 'messages'))];
};

/** The first page and the one behind it, where there is one. */
async function searchTwoPages({ viewerId, conversationId }: Scope, query: string) {
  const hits: string[] = [];
  const searchOnce = async (before?: Parameters<typeof searchMessages>[0]['before']) => {
    const start = performance.now();
    const page = await searchMessages({ viewerId, conversationId, query, before });
    const ms = performance.now() - start;
    if (!page.ok) throw new Error(`"${query}" was refused: ${page.error.code}`);
    hits.push(...page.value.hits.map(({ message }) => `${message.conversationId} ${message.seq}`));
    return { ms, next: page.value.next };
  };
  const first = await searchOnce();
  const second = first.next ? await searchOnce(first.next) : undefined;
  return { hits, first: first.ms, second: second?.ms };
}

/** @throws when two pages of results are not what reading all messages of the conversations finds. */
async function compareWithScan(
  pool: pg.Pool,
  scope: Scope,
  query: string,
  hits: readonly string[],
): Promise<number> {
  const { rows } = await pool.query<{ key: string }>(
    `select conversation_id || ' ' || seq as key from messages
     where conversation_id = any($1::uuid[])
       and (select bool_and(strpos(folded, term) > 0) from unnest($2::text[]) as term)
     order by created_at desc, conversation_id desc, seq desc limit 40`,
    [scope.conversationIds, parseQuery(query)?.terms],
  );
  const expected = rows.map(({ key }) => key);
  if (expected.join() !== hits.join())
    throw new Error(`"${query}" in ${scope.name}: a scan finds ${expected.length}, search ${hits.length}`);
  return expected.length;
}

function summarize(times: readonly Time[], say: (line: string) => void): Figure[] {
  return [...Map.groupBy(times, ({ kind }) => kind)].flatMap(([kind, some]) => {
    const all = some.map(({ ms }) => ms);
    const worst = some.reduce((a, b) => (a.ms > b.ms ? a : b));
    say(`${kind}: at most ${worst.ms.toFixed(0)} ms, "${worst.query}" in ${worst.scope}`);
    return [
      { what: `${kind}, p50`, value: percentile(all, 0.5), unit: 'ms' },
      { what: `${kind}, p95`, value: percentile(all, 0.95), unit: 'ms', target: { atMost: AT_MOST_MS } },
    ];
  });
}
