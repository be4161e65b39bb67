import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { afterAll, inject } from 'vitest';
import { getPool, setDatabaseUrl } from '#db/client.ts';
import { migrateDatabase } from '#db/migrate.ts';
import { connectParts } from '#lib/lifecycle/connect-parts.ts';
import { TEST_SECRET } from './secret.ts';

/**
 * Gives the calling test file a migrated database of its own and points this process's pool at it.
 * Call once at the top of a file. Environment for the library code in this process is set as well.
 *
 * @param dump SQL that fills the database before it is migrated: what an older release left behind.
 */
export async function setUpDatabase(
  env: Record<string, string> = {},
  dump?: string,
): Promise<{ url: string }> {
  const { url, drop } = await makeDatabase(dump);
  const redisUrl = inject('redisUrl');
  if (redisUrl) process.env.REDIS_URL = redisUrl;
  Object.assign(process.env, {
    DATABASE_URL: url,
    AUTH_SECRET: TEST_SECRET,
    RATE_LIMITS: 'off',
    LOG_LEVEL: 'error',
    ...env,
  });
  setDatabaseUrl(url);
  connectParts();
  await migrateDatabase(url);
  afterAll(async () => {
    await getPool().end();
    await drop();
  });
  return { url };
}

/** Makes a database that is empty, or holds what a dump says. The caller drops it. */
export async function makeDatabase(dump?: string): Promise<{ url: string; drop(): Promise<void> }> {
  const server = inject('databaseUrl');
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  await administrate(server, `create database ${name}`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  if (dump) await administrate(url.href, dump);
  return { url: url.href, drop: () => administrate(server, `drop database ${name} with (force)`) };
}

async function administrate(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
