import { existsSync, readFileSync, realpathSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';
import { getLog } from '#lib/log.ts';
import { findBinaries } from './embedded/binaries.ts';
import { ensureCluster, ROLE } from './embedded/cluster.ts';
import { takeOwnership } from './embedded/ownership.ts';
import { findPostmaster, type Postmaster, startPostmaster, stopPostmaster } from './embedded/postmaster.ts';
import { chooseRunner, type Runner } from './embedded/runner.ts';
import { keepSecret } from './kept-secret.ts';
import { StartError } from './start-error.ts';

export type Embedded = {
  /** The connection string of the database. */
  url: string;
  stop(): Promise<void>;
};

type Held = { postmaster: Postmaster; lock: pg.Client };

const passwordFile = (dataDir: string) => path.join(dataDir, 'postgres-password');
const urlOf = (password: string, port: number, database: string) =>
  `postgres://${ROLE}:${password}@127.0.0.1:${port}/${database}`;

/**
 * Starts the private PostgreSQL of this DATA_DIR, or takes over the one that a killed server left
 * running. It is started again should it die, on the same port, until `stop`.
 *
 * @throws StartError when another process has it, or it cannot be made or started.
 */
export async function startEmbedded(dataDir: string): Promise<Embedded> {
  const password = keepSecret(passwordFile(dataDir));
  const runner = chooseRunner(dataDir, findBinaries());
  await ensureCluster(runner, password);

  let held = await holdPostmaster(runner, dataDir, password);
  const { port } = held.postmaster;
  await ensureDatabase(held.lock);

  let isStopping = false;
  const watch = () => held.lock.once('end', () => isStopping || void recover());
  const recover = async () => {
    getLog().warn('embedded database lost, starting it again');
    for (let pause = 100; !isStopping; pause = Math.min(pause * 2, 5_000)) {
      try {
        held = await holdPostmaster(runner, dataDir, password, port);
        getLog().info('embedded database is back');
        if (isStopping) await stopPostmaster(held.postmaster.pid);
        else watch();
        return;
      } catch (error) {
        getLog().error({ err: error }, 'embedded database does not come back yet');
        await sleep(pause);
      }
    }
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

/** The connection string of the embedded database that a server runs now; undefined when none does. */
export function findEmbedded(dataDir: string): string | undefined {
  const cluster = path.join(dataDir, 'postgres');
  if (!existsSync(cluster) || !existsSync(passwordFile(dataDir))) return undefined;
  const found = findPostmaster(realpathSync(cluster));
  return found?.isReady
    ? urlOf(readFileSync(passwordFile(dataDir), 'utf8').trim(), found.port, ROLE)
    : undefined;
}

async function holdPostmaster(
  runner: Runner,
  dataDir: string,
  password: string,
  port?: number,
): Promise<Held> {
  const deadline = Date.now() + 30_000;
  for (;;) {
    const postmaster = findPostmaster(runner.cluster) ?? (await startPostmaster(runner, dataDir, port));
    const lock = postmaster && (await tryOwnership(urlOf(password, postmaster.port, 'postgres'), dataDir));
    if (postmaster && lock) return { postmaster, lock };
    // One that is starting or stopping refuses connections; look again until it has made up its mind.
    if (Date.now() > deadline) {
      throw new StartError(
        `The embedded database in ${dataDir} neither answers nor stops (process ${postmaster?.pid}): stop that process and start again.`,
      );
    }
    await sleep(20);
  }
}

async function tryOwnership(url: string, dataDir: string): Promise<pg.Client | undefined> {
  const ownership = await takeOwnership(url).catch((error: NodeJS.ErrnoException) => {
    if (error.code === '28P01') {
      throw new StartError(
        `${passwordFile(dataDir)} does not belong to the database beside it: restore both from the same backup.`,
      );
    }
    return undefined;
  });
  if (!ownership) return undefined;
  if (ownership.isOwner) return ownership.client;
  throw new StartError(
    `${dataDir} is in use by another Dandul (process ${ownership.pid}): stop that one, or set DATA_DIR to another folder.`,
  );
}

async function ensureDatabase(client: pg.Client): Promise<void> {
  const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [ROLE]);
  if (!rowCount) await client.query(`create database ${ROLE}`);
}
