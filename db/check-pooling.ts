import { randomUUID } from 'node:crypto';
import type pg from 'pg';
import { POOLER_REMEDY } from './explain-database-error.ts';
import { StartError } from './start-error.ts';

/** What one process may hold at once: the pool's ten, the mail queue's four, its listener, a migration. */
const CONNECTIONS = 16;

/**
 * Sees that a pooler between this process and PostgreSQL, if any, lends connections for as long as they are
 * open, and enough of them. Prepared statements, the settings of a connection and its notices are lost where it
 * lends them by the transaction, which nobody would notice before messages fail.
 *
 * @throws StartError when it does not.
 */
export async function checkPooling(client: pg.Client, makeClient: () => pg.Client): Promise<void> {
  const { rows } = await client.query('select pg_backend_pid() as pid');
  // A pooler gives its clients process ids of its own. pg (8.23.1) keeps it private; without it all is asked below.
  if (rows[0].pid === (client as unknown as { processID: number }).processID) return;
  const others = Array.from({ length: CONNECTIONS - 1 }, makeClient);
  try {
    await Promise.all(others.map((other) => other.connect()));
    const [other] = others as [pg.Client];
    if (await isLentByTransaction(client, other)) {
      throw new StartError(
        `DATABASE_URL leads to a connection pooler that lends connections by the transaction, with which Dandul does not work; ${POOLER_REMEDY}.`,
      );
    }
    await Promise.all(others.map((each) => each.query('select 1'))).catch(refuseFew);
  } finally {
    await Promise.all(others.map((other) => other.end().catch(() => {})));
  }
}

/** Whether what one connection sets is seen by another, or lost. */
async function isLentByTransaction(one: pg.Client, other: pg.Client): Promise<boolean> {
  const mark = randomUUID();
  await one.query(`select set_config('dandul.mark', $1, false)`, [mark]);
  const readMark = async (client: pg.Client): Promise<string | null> =>
    (await client.query(`select current_setting('dandul.mark', true) as mark`)).rows[0].mark;
  await other.query('begin').catch(refuseFew);
  // While the other one holds what it was lent, a pooler has to lend this one something else.
  const isLent = (await readMark(other)) === mark || (await readMark(one)) !== mark;
  await other.query('rollback');
  return isLent;
}

function refuseFew(error: Error): never {
  if (!/timeout/i.test(error.message)) throw error;
  throw new StartError(
    `DATABASE_URL leads to a connection pooler that lends too few connections; let it lend ${CONNECTIONS} to each process of Dandul (default_pool_size, docs/scaling.md).`,
  );
}
