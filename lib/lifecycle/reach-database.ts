import { checkDatabase } from '#db/check-database.ts';
import { findEmbedded, startEmbedded } from '#db/embedded.ts';
import { getEnv } from '#lib/runtime/env.ts';
import { prepareDataDir } from './prepare-data-dir.ts';

/**
 * The database for a script: the configured one, the running server's embedded one, or, when none
 * runs, that one started for as long as the script takes.
 *
 * @throws StartError when it cannot be reached.
 */
export async function reachDatabase(): Promise<{ url: string; close(): Promise<void> }> {
  const { DATABASE_URL, DATA_DIR } = getEnv();
  const url = DATABASE_URL ?? findEmbedded(DATA_DIR);
  if (url) {
    await checkDatabase(url);
    return { url, close: async () => {} };
  }
  prepareDataDir(DATA_DIR);
  const embedded = await startEmbedded(DATA_DIR);
  return { url: embedded.url, close: () => embedded.stop() };
}
