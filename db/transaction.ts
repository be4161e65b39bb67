import type pg from 'pg';
import { getPool } from './client.ts';

/** Runs reads that must agree with each other, in one read-only snapshot. */
export async function withSnapshot<T>(read: (client: pg.PoolClient) => Promise<T>): Promise<T> {
  const client = await getPool().connect();
  let failure: Error | undefined;
  try {
    await client.query('begin isolation level repeatable read read only');
    const result = await read(client);
    await client.query('commit');
    return result;
  } catch (error) {
    failure = error as Error;
    await client.query('rollback').catch(() => {});
    throw error;
  } finally {
    // A connection that failed mid-transaction is closed rather than lent again.
    client.release(failure);
  }
}
