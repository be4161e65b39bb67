import { checkDatabase } from '#db/check-database.ts';
import { setDatabaseUrl } from '#db/client.ts';
import { startEmbedded } from '#db/embedded.ts';
import { explainDatabaseError } from '#db/explain-database-error.ts';
import { migrateDatabase } from '#db/migrate.ts';
import type { Env } from '#lib/runtime/env.ts';

/**
 * Makes the database ready for this process, embedded without DATABASE_URL, with the newest schema.
 *
 * @returns what stops it again; an outside database is left alone.
 * @throws StartError when it cannot be used.
 */
export async function openDatabase(env: Env): Promise<() => Promise<void>> {
  if (!env.DATABASE_URL) {
    const embedded = await startEmbedded(env.DATA_DIR);
    setDatabaseUrl(embedded.url);
    await migrateDatabase(embedded.url).catch(async (error) => {
      await embedded.stop();
      throw error;
    });
    return () => embedded.stop();
  }
  const url = env.DATABASE_URL;
  await checkDatabase(url);
  setDatabaseUrl(url);
  await migrateDatabase(url).catch((error) => {
    throw explainDatabaseError(error, url);
  });
  return async () => {};
}
