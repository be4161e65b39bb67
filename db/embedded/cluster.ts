import { spawn } from 'node:child_process';
import { chownSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { StartError } from '../start-error.ts';
import { isProcessAlive } from './process.ts';
import type { Runner } from './runner.ts';

/** The one role of the embedded database, and its database. */
export const ROLE = 'dandul';

/**
 * Makes the cluster unless it is there. It is made aside and renamed, so a start that breaks off
 * halfway leaves no half cluster, and the next one begins anew.
 *
 * @throws StartError with the last words of initdb.
 */
export async function ensureCluster(runner: Runner, password: string): Promise<void> {
  if (existsSync(path.join(runner.cluster, 'PG_VERSION'))) return;
  const parent = path.dirname(runner.cluster);
  removeAbandoned(parent);
  const aside = path.join(parent, `postgres-new-${process.pid}`);
  const passwordFile = `${aside}.password`;
  try {
    mkdirSync(aside, { mode: 0o700 });
    writeFileSync(passwordFile, password, { mode: 0o600 });
    if (runner.user) {
      for (const file of [aside, passwordFile]) chownSync(file, runner.user.uid, runner.user.gid);
    }
    await runInitdb(runner, aside, passwordFile);
    moveIntoPlace(aside, runner.cluster);
  } finally {
    rmSync(passwordFile, { force: true });
    rmSync(aside, { recursive: true, force: true });
  }
}

function moveIntoPlace(aside: string, cluster: string): void {
  try {
    renameSync(aside, cluster);
  } catch (error) {
    // Another start at the same time was first; its cluster has the same password.
    if (!existsSync(path.join(cluster, 'PG_VERSION'))) throw error;
  }
}

function removeAbandoned(parent: string): void {
  for (const name of readdirSync(parent)) {
    const pid = /^postgres-new-(\d+)/.exec(name)?.[1];
    if (pid && !isProcessAlive(Number(pid)))
      rmSync(path.join(parent, name), { recursive: true, force: true });
  }
}

async function runInitdb(runner: Runner, folder: string, passwordFile: string): Promise<void> {
  // The built-in provider needs no locale of the machine, which a minimal Debian does not have.
  const [command = '', ...args] = [
    ...runner.prefix,
    runner.binaries.initdb,
    `--pgdata=${folder}`,
    `--username=${ROLE}`,
    `--pwfile=${passwordFile}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    '--locale=C',
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
    '--no-instructions',
  ];
  const child = spawn(command, args, {
    stdio: ['ignore', 'pipe', 'pipe'],
    cwd: path.dirname(folder),
    env: { ...process.env, LC_ALL: 'C', TZ: 'UTC' },
    ...runner.user,
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (output += text));
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject).once('close', resolve);
  });
  if (code === 0) return;
  if (saysDiskFull(output)) throw diskFull(path.dirname(folder));
  const reason =
    output.split('\n').findLast((line) => /error|fatal|could not/i.test(line)) ?? `exit code ${code}`;
  throw new StartError(`The embedded database could not be made in ${folder} (${reason.trim()}).`);
}

/** Whether PostgreSQL says that the disk is full, which it may notice by a write cut short. */
export const saysDiskFull = (output: string) => /No space left on device|wrote only \d+ of/.test(output);

/** The disk under `folder` has no space left. */
export function diskFull(folder: string): StartError {
  return new StartError(
    `The disk that holds ${folder} is full: free some space, or set DATA_DIR to another disk.`,
  );
}
