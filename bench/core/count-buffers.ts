import pg from 'pg';
import { withOwnPool } from './own-pool.ts';

type Statement = { text: string; values: unknown[] };
type Plan = { 'Shared Hit Blocks': number; 'Shared Read Blocks': number };

/**
 * Blocks of 8 kB, in memory or not, that the statements of some of the product's code look at; found by
 * running it in this process and then each of its statements again under EXPLAIN ANALYZE.
 */
export async function countBuffers(url: string, run: () => Promise<unknown>): Promise<number> {
  const statements = await withOwnPool(url, () => recordStatements(run));
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    let blocks = 0;
    for (const { text, values } of statements) {
      const { rows } = await client.query(`explain (analyze, buffers, format json) ${text}`, values);
      const plan: Plan = rows[0]['QUERY PLAN'][0].Plan;
      blocks += plan['Shared Hit Blocks'] + plan['Shared Read Blocks'];
    }
    return blocks;
  } finally {
    await client.end();
  }
}

/** What is asked of the database during `run`, without the borders of transactions. */
async function recordStatements(run: () => Promise<unknown>): Promise<Statement[]> {
  const statements: Statement[] = [];
  const prototype = pg.Client.prototype as unknown as { query: (...args: unknown[]) => unknown };
  const { query } = prototype;
  prototype.query = function record(this: pg.Client, ...args) {
    const [first, second] = args as [string | Partial<Statement>, unknown];
    const { text = '', values = second } = typeof first === 'string' ? { text: first } : first;
    if (/^\s*(select|with)\b/i.test(text)) {
      statements.push({ text, values: Array.isArray(values) ? values : [] });
    }
    return query.apply(this, args);
  };
  try {
    await run();
  } finally {
    prototype.query = query;
  }
  if (statements.length === 0) throw new Error('no statement was seen');
  return statements;
}
