import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';
import { getLog } from '#lib/runtime/log.ts';
import { StartError } from '../start-error.ts';
import { ROLE } from './cluster.ts';
import { type Ownership, takeOwnership } from './ownership.ts';
import { findPostmaster, type Postmaster, startPostmaster, stopPostmaster } from './postmaster.ts';
import { listProcessesIn } from './process.ts';
import { resetPassword } from './reset-password.ts';
import type { Runner } from './runner.ts';

/** A running PostgreSQL, and the connection whose lock makes it this process's own. */
export type Held = { postmaster: Postmaster; lock: pg.Client };

export const passwordFile = (dataDir: string) => path.join(dataDir, 'postgres-password');
export const urlOf = (password: string, port: number, database: string) =>
  `postgres://${ROLE}:${password}@127.0.0.1:${port}/${database}`;

const PATIENCE_MS = 30_000;

/**
 * Starts the cluster's PostgreSQL, or takes the one that a killed server left, and makes it this process's own.
 *
 * @param canReset whether a password that does not match is reset.
 * @throws StartError when another process has it, or it cannot be started.
 */
export async function holdPostmaster(
  runner: Runner,
  dataDir: string,
  password: string,
  { port, canReset = false }: { port?: number; canReset?: boolean },
): Promise<Held> {
  const deadline = Date.now() + PATIENCE_MS;
  for (;;) {
    const running = findPostmaster(runner.cluster);
    const postmaster = running ?? (await startPostmaster(runner, dataDir, port));
    if (postmaster) {
      const owned = await tryOwnership(urlOf(password, postmaster.port, 'postgres'));
      if (owned === 'wrong password') {
        // One that ran before may serve another Dandul, which must not lose it.
        if (!running) await stopPostmaster(postmaster.pid);
        if (running || !canReset) throw explainPassword(dataDir, running?.pid);
        await resetPassword(runner, password);
        getLog().warn('the password of the embedded database was lost and is set anew');
        canReset = false;
      } else if (owned?.isOwner) {
        return { postmaster, lock: owned.client };
      } else if (owned) {
        throw new StartError(
          `${dataDir} is in use by another Dandul (process ${owned.pid}): stop that one, or set DATA_DIR to another folder.`,
        );
      }
    }
    // A server that is starting or stopping refuses connections; try again until it has done either.
    if (Date.now() > deadline) {
      const pids = postmaster ? [postmaster.pid] : listProcessesIn(runner.cluster);
      throw new StartError(
        `The embedded database in ${dataDir} neither answers nor stops (process ${pids.join(', ')}): stop that process and start again.`,
      );
    }
    await sleep(20);
  }
}

async function tryOwnership(url: string): Promise<Ownership | 'wrong password' | undefined> {
  return takeOwnership(url).catch((error: NodeJS.ErrnoException) =>
    error.code === '28P01' ? 'wrong password' : undefined,
  );
}

function explainPassword(dataDir: string, pid: number | undefined): StartError {
  return new StartError(
    pid
      ? `The embedded database in ${dataDir} runs with another password than ${passwordFile(dataDir)} (process ${pid}): stop the Dandul that uses it, or that process, and start again.`
      : `${passwordFile(dataDir)} does not belong to the database beside it: restore both from the same backup.`,
  );
}
