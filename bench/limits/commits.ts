import pg from 'pg';
import { v7 as makeId } from 'uuid';
import { percentile } from '../core/stats.ts';

/**
 * What PostgreSQL allows: transactions per second that insert one row each, by this many clients that wait
 * for each commit, and the median time of one in milliseconds.
 */
export async function measureCommits(
  url: string,
  { clients, seconds, texts }: { clients: number; seconds: number; texts: readonly string[] },
): Promise<{ perSecond: number; p50: number }> {
  const pool = new pg.Pool({ connectionString: url, max: clients });
  try {
    await pool.query('create table if not exists bench_rows (id uuid primary key, body text not null)');
    const times: number[] = [];
    const start = performance.now();
    const end = start + seconds * 1000;
    const insert = async (client: pg.PoolClient) => {
      for (let before = performance.now(); before < end; ) {
        await client.query({
          name: 'bench-insert',
          text: 'insert into bench_rows (id, body) values ($1, $2)',
          values: [makeId(), texts[times.length % texts.length]],
        });
        const after = performance.now();
        times.push(after - before);
        before = after;
      }
      client.release();
    };
    const all = await Promise.all(Array.from({ length: clients }, () => pool.connect()));
    await Promise.all(all.map(insert));
    return { perSecond: times.length / ((performance.now() - start) / 1000), p50: percentile(times, 0.5) };
  } finally {
    await pool.end();
  }
}
