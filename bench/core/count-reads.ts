import pg from 'pg';
import { withOwnPool } from './own-pool.ts';

type Statement = { text: string; values: unknown[] };
type Plan = {
  'Shared Hit Blocks': number;
  'Shared Read Blocks': number;
  'Relation Name'?: string;
  'Actual Rows': number;
  'Actual Loops': number;
  'Rows Removed by Filter'?: number;
  'Rows Removed by Index Recheck'?: number;
  Plans?: Plan[];
};

/** Blocks of 8 kB, in memory or not, and rows of tables that statements look at. */
export type Reads = { blocks: number; rows: number };

/**
 * What the statements of some of the product's code read; found by running it in this process and then
 * each of its statements again under EXPLAIN ANALYZE.
 */
export async function countReads(url: string, run: () => Promise<unknown>): Promise<Reads> {
  const statements = await withOwnPool(url, () => recordStatements(run));
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const reads: Reads = { blocks: 0, rows: 0 };
    for (const { text, values } of statements) {
      const { rows } = await client.query(`explain (analyze, buffers, format json) ${text}`, values);
      const plan: Plan = rows[0]['QUERY PLAN'][0].Plan;
      reads.blocks += plan['Shared Hit Blocks'] + plan['Shared Read Blocks'];
      reads.rows += countRows(plan);
    }
    return reads;
  } finally {
    await client.end();
  }
}

/** Rows that the scans of a plan read, those they then left out among them. */
function countRows(plan: Plan): number {
  const each =
    plan['Actual Rows'] +
    (plan['Rows Removed by Filter'] ?? 0) +
    (plan['Rows Removed by Index Recheck'] ?? 0);
  const own = plan['Relation Name'] ? each * plan['Actual Loops'] : 0;
  return (plan.Plans ?? []).reduce((sum, child) => sum + countRows(child), own);
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
