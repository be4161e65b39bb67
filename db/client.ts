import { drizzle } from 'drizzle-orm/node-postgres';
import pg from 'pg';
import { getEnv } from '#lib/env.ts';
import { getLog } from '#lib/log.ts';
import { memo, peekMemo, setMemo } from '#lib/memo.ts';
import { ResilientClient } from './resilient-client.ts';
import * as schema from './schema.ts';

/** Tells this process where its database is; `server.ts` calls it before anything asks. */
export function setDatabaseUrl(url: string): void {
  setMemo('databaseUrl', url);
}

/** The connection string in force: the one set, else DATABASE_URL. */
export function getDatabaseUrl(): string {
  const url = peekMemo<string>('databaseUrl') ?? getEnv().DATABASE_URL;
  if (!url) throw new Error('No database: server.ts starts the embedded one before requests arrive.');
  return url;
}

/** The process's one connection pool. */
export function getPool(): pg.Pool {
  return memo('pool', () => {
    const pool = new pg.Pool({
      Client: ResilientClient,
      connectionString: getDatabaseUrl(),
      max: 10,
      idleTimeoutMillis: 30_000,
      connectionTimeoutMillis: 5_000,
      keepAlive: true,
      // No query here needs long; one that runs away must not hold a connection that sends wait for.
      statement_timeout: 15_000,
      // A send stores what others send at the same moment, and waits for no row as long as they would mind.
      lock_timeout: 1_000,
      // A node that hangs amid a transaction lets go of its rows.
      idle_in_transaction_session_timeout: 10_000,
      // Compiling takes ten milliseconds and pays for statements that run for seconds.
      options: '-c jit=off',
      application_name: 'dandul',
    });
    // An idle client that loses its server emits here; without a listener the process would end.
    pool.on('error', (error) => getLog().warn({ err: error }, 'database connection lost'));
    return pool;
  });
}

/** The query builder over the pool. */
export function getDb() {
  return memo('db', () => drizzle(getPool(), { schema }));
}

export type Db = ReturnType<typeof getDb>;
/** A transaction, or the database itself where none is open. */
export type Tx = Db | Parameters<Parameters<Db['transaction']>[0]>[0];
