import { fileURLToPath } from 'node:url';
import { drizzle } from 'drizzle-orm/node-postgres';
import { migrate } from 'drizzle-orm/node-postgres/migrator';
import pg from 'pg';
import { checkSchema } from './check-schema.ts';
import { fillSkeletons } from './fill-skeletons.ts';

/** Any fixed number serves; every node that migrates takes this lock first. */
const MIGRATION_LOCK = 7_203_114_501;

/**
 * Brings the database to the newest schema. Several nodes may call it at once: the first migrates
 * under an advisory lock, the others wait and find nothing left to do.
 *
 * @throws StartError when the database is another program's, or a newer release's.
 */
export async function migrateDatabase(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
  await client.connect();
  try {
    await client.query('select pg_advisory_lock($1)', [MIGRATION_LOCK]);
    const migrationsFolder = fileURLToPath(new URL('./migrations', import.meta.url));
    await checkSchema(client, migrationsFolder);
    await migrate(drizzle(client), { migrationsFolder });
    await fillSkeletons(client);
  } finally {
    await client.end();
  }
}
