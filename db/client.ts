import { drizzle } from 'drizzle-orm/node-postgres';
import pg from 'pg';
import { getEnv } from '#lib/runtime/env.ts';
import { getLog } from '#lib/runtime/log.ts';
import { defineSingleton } from '#lib/runtime/singleton.ts';
import { ResilientClient } from './resilient-client.ts';
import * as schema from './schema/index.ts';

const urlSingleton = defineSingleton<string>('databaseUrl');

/** Tells this process where its database is; `server.ts` calls it before anything asks. */
export function setDatabaseUrl(url: string): void {
  urlSingleton.set(url);
}

/** The connection string in force: the one set, else DATABASE_URL. */
export function getDatabaseUrl(): string {
  const url = urlSingleton.peek() ?? getEnv().DATABASE_URL;
  if (!url) throw new Error('No database: server.ts starts the embedded one before requests arrive.');
  return url;
}

/**
 * What a connection of the pool sets for itself, in statements: a pooler such as PgBouncer refuses them as
 * start-up parameters.
 */
export const SESSION_SETTINGS = [
  // No query here needs long; one that runs away must not hold a connection that sends wait for.
  `set statement_timeout = '15s'`,
  // A send stores what others send at the same moment, and waits for no row as long as they would mind.
  `set lock_timeout = '1s'`,
  // A node that hangs amid a transaction lets go of its rows.
  `set idle_in_transaction_session_timeout = '10s'`,
  // Compiling takes ten milliseconds and pays for statements that run for seconds.
  'set jit = off',
].join('; ');

/** How a connection of the pool is opened. */
export function getConnectionOptions(url: string): pg.ClientConfig {
  return {
    connectionString: url,
    connectionTimeoutMillis: 5_000,
    keepAlive: true,
    application_name: 'dandul',
  };
}

export const poolSingleton = defineSingleton('pool', () => {
  const pool = new pg.Pool({
    ...getConnectionOptions(getDatabaseUrl()),
    Client: ResilientClient,
    max: 10,
    idleTimeoutMillis: 30_000,
    // Before anybody is lent it.
    onConnect: (client) => client.query(SESSION_SETTINGS),
  });
  // An idle client that loses its server emits here; without a listener the process would end.
  pool.on('error', (error) => getLog().warn({ err: error }, 'database connection lost'));
  return pool;
});
export const dbSingleton = defineSingleton('db', () => drizzle(getPool(), { schema }));

/** The process's one connection pool. */
export function getPool(): pg.Pool {
  return poolSingleton.get();
}

/** The query builder over the pool. */
export function getDb() {
  return dbSingleton.get();
}

export type Db = ReturnType<typeof getDb>;
/** A transaction, or the database itself where none is open. */
export type Tx = Db | Parameters<Parameters<Db['transaction']>[0]>[0];
