import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { afterAll, inject } from 'vitest';
import { getPool, setDatabaseUrl } from '#db/client.ts';
import { migrateDatabase } from '#db/migrate.ts';
import { TEST_SECRET } from './secret.ts';

/**
 * Gives the calling test file a migrated database of its own and points this process's pool at it.
 * Call once at the top of a file. Environment for the library code in this process is set as well.
 */
export async function setUpDatabase(env: Record<string, string> = {}): Promise<{ url: string }> {
  const server = inject('databaseUrl');
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  await administrate(server, `create database ${name}`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  const redisUrl = inject('redisUrl');
  if (redisUrl) process.env.REDIS_URL = redisUrl;
  Object.assign(process.env, {
    DATABASE_URL: url.href,
    AUTH_SECRET: TEST_SECRET,
    RATE_LIMITS: 'off',
    LOG_LEVEL: 'error',
    ...env,
  });
  setDatabaseUrl(url.href);
  await migrateDatabase(url.href);
  afterAll(async () => {
    await getPool().end();
    await administrate(server, `drop database ${name} with (force)`);
  });
  return { url: url.href };
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
