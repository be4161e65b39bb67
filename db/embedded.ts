import { existsSync, readFileSync, realpathSync } from 'node:fs';
import path from 'node:path';
import pRetry, { AbortError, type RetryContext } from 'p-retry';
import type pg from 'pg';
import { getLog } from '#lib/runtime/log.ts';
import { findBinaries } from './embedded/binaries.ts';
import { ensureCluster, ROLE } from './embedded/cluster.ts';
import { holdPostmaster, passwordFile, urlOf } from './embedded/hold-postmaster.ts';
import { findPostmaster, stopPostmaster } from './embedded/postmaster.ts';
import { chooseRunner } from './embedded/runner.ts';
import { keepReplaceableSecret } from './kept-secret.ts';

export type Embedded = {
  /** The connection string of the database. */
  url: string;
  stop(): Promise<void>;
};

/** Between tries to start a database that was lost: 0.1 seconds, doubled up to 5, until it is there. */
const RECOVERY = { retries: Number.POSITIVE_INFINITY, minTimeout: 100, maxTimeout: 5_000 };

/**
 * Starts the private PostgreSQL of this DATA_DIR, or takes over the one that a killed server left
 * running. It is started again should it die, on the same port, until `stop`.
 *
 * @throws StartError when another process has it, or it cannot be made or started.
 */
export async function startEmbedded(dataDir: string): Promise<Embedded> {
  const hadCluster = existsSync(path.join(dataDir, 'postgres'));
  const password = keepReplaceableSecret(passwordFile(dataDir));
  const runner = chooseRunner(dataDir, findBinaries());
  await ensureCluster(runner, password);

  let held = await holdPostmaster(runner, dataDir, password, { canReset: hadCluster });
  const { port } = held.postmaster;
  await ensureDatabase(held.lock);

  let isStopping = false;
  const watch = () => held.lock.once('end', () => isStopping || void recover().catch(noteGivenUp));
  const recover = async () => {
    getLog().warn('embedded database lost, starting it again');
    const attempt = () => {
      if (isStopping) throw new AbortError('the server stops');
      return holdPostmaster(runner, dataDir, password, { port });
    };
    const onFailedAttempt = ({ error }: RetryContext) =>
      getLog().error({ err: error }, 'embedded database does not come back yet');
    held = await pRetry(attempt, { ...RECOVERY, onFailedAttempt });
    getLog().info('embedded database is back');
    if (isStopping) await stopPostmaster(held.postmaster.pid);
    else watch();
  };
  watch();

  return {
    url: urlOf(password, port, ROLE),
    async stop() {
      isStopping = true;
      await held.lock.end().catch(() => {});
      await stopPostmaster(held.postmaster.pid);
    },
  };
}

/** The server stops meanwhile, or the tries can never succeed. */
function noteGivenUp(error: unknown): void {
  getLog().debug({ err: error }, 'embedded database given up');
}

/** The connection string of the embedded database that a server runs now; undefined when none does. */
export function findEmbedded(dataDir: string): string | undefined {
  const cluster = path.join(dataDir, 'postgres');
  if (!existsSync(cluster) || !existsSync(passwordFile(dataDir))) return undefined;
  const found = findPostmaster(realpathSync(cluster));
  return found?.isReady
    ? urlOf(readFileSync(passwordFile(dataDir), 'utf8').trim(), found.port, ROLE)
    : undefined;
}

async function ensureDatabase(client: pg.Client): Promise<void> {
  const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [ROLE]);
  if (!rowCount) await client.query(`create database ${ROLE}`);
}
