import { randomUUID } from 'node:crypto';
import type pg from 'pg';
import { makeRandom } from '#db/seed/random.ts';
import { searchPeople } from '#lib/search/search-people.ts';
import { foldUsername } from '#lib/text/fold.ts';
import { peopleKeys, peopleQuery } from '#lib/text/people-keys.ts';
import { withOwnPool } from '../core/own-pool.ts';
import { percentile } from '../core/stats.ts';
import type { Figure, Scenario } from '../core/types.ts';
import { copyRows, fillBare } from '../data/copy.ts';
import { makeNames, peopleKinds } from '../data/names.ts';
import { measureStorage } from '../limits/storage.ts';

const PEOPLE = 1_000_000;
const AT_MOST_MS = 20;
const QUERIES = 40;
/** Results on one page (lib/search/search-people.ts). */
const PAGE = 20;

const COLUMNS = [
  'id',
  'username',
  'username_key',
  'search_keys',
  'email',
  'email_key',
  'password_hash',
  'locale',
];

/** Searches for people among a million usernames; each answer of a sample is compared with a scan. */
export const people: Scenario = async ({ world, isSmoke, seed, say }) => {
  const database = await world.createDatabase();
  const count = isSmoke ? 5_000 : PEOPLE;
  const startedAt = performance.now();
  const names = [...makeNames(seed, count)];
  await fillBare(database.pool, 'users', () =>
    copyRows(database.pool, { table: 'users', columns: COLUMNS }, makeRows(names)),
  );
  say(`${count} people written, ${Math.round(count / ((performance.now() - startedAt) / 1000))} a second`);

  const figures: Figure[] = [];
  let checked = 0;
  await withOwnPool(database.url, async () => {
    for (const [kind, draw] of Object.entries(peopleKinds)) {
      const random = makeRandom(seed);
      const times: { query: string; ms: number }[] = [];
      for (let i = 0; i < (isSmoke ? 3 : QUERIES); i++) {
        const query = draw(random, names);
        const start = performance.now();
        const found = await searchPeople({ viewerId: VIEWER, query });
        times.push({ query, ms: performance.now() - start });
        if (i < 2) checked += await compareWithScan(database.pool, query, found);
      }
      const all = times.map(({ ms }) => ms);
      const worst = times.reduce((a, b) => (a.ms > b.ms ? a : b));
      say(`${kind}: at most ${worst.ms.toFixed(1)} ms, "${worst.query}"`);
      figures.push({ what: `${kind}, p50`, value: percentile(all, 0.5), unit: 'ms' });
      figures.push({
        what: `${kind}, p95`,
        value: percentile(all, 0.95),
        unit: 'ms',
        target: { atMost: AT_MOST_MS },
      });
    }
  });
  if (checked === 0) throw new Error('no query of the sample found anybody');
  return [...figures, ...(await measureStorage(database.pool, 'users'))];
};

const VIEWER = randomUUID();

function* makeRows(names: readonly string[]) {
  for (const [i, name] of names.entries()) {
    const email = `person-${i}@example.com`;
    yield [randomUUID(), name, foldUsername(name), peopleKeys(name), email, email, 'none', 'ko'];
  }
}

/**
 * Any twenty that match will do, but those that begin so come first: as many as there are.
 *
 * @throws when somebody is found who does not match, or is missing from an unfilled page.
 */
async function compareWithScan(pool: pg.Pool, query: string, found: { username: string }[]): Promise<number> {
  const pattern = peopleQuery(query)?.pattern;
  if (!pattern) {
    if (found.length > 0) throw new Error(`"${query}" is no query and found ${found.length}`);
    return 0;
  }
  const { rows } = await pool.query<{ username: string; begins: boolean }>(
    'select username, search_name ~ $2 as begins from users where search_name ~ $1',
    [pattern, `^${pattern}`],
  );
  const begins = new Map(rows.map((row) => [row.username, row.begins]));
  const beginning = found.filter(({ username }) => begins.get(username)).length;
  const all = rows.filter((row) => row.begins).length;
  const isWrong =
    found.some(({ username }) => !begins.has(username)) ||
    found.length !== Math.min(PAGE, rows.length) ||
    beginning !== Math.min(PAGE, all);
  if (isWrong) {
    throw new Error(
      `"${query}": a scan finds ${rows.length} (${all} begin so), search ${found.length} (${beginning})`,
    );
  }
  return found.length;
}
