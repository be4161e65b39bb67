import { spawn } from 'node:child_process';
import {
  chownSync,
  existsSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { syncFolder } from '../durable.ts';
import { StartError } from '../start-error.ts';
import { mendVersions } from './mend-cluster.ts';
import { isProcessAlive } from './process.ts';
import type { Runner } from './runner.ts';

/** The one role of the embedded database, and its database. */
export const ROLE = 'dandul';

/**
 * Creates the cluster unless it exists. It is created under another name and renamed, so a start that is
 * interrupted leaves no half cluster, and the next one starts over. A folder with anything in it is never
 * created again: it was complete once.
 *
 * @throws StartError with the last output of initdb, or if what exists cannot be used.
 */
export async function ensureCluster(runner: Runner, password: string): Promise<void> {
  if (existsSync(runner.cluster) && !statSync(runner.cluster).isDirectory()) {
    throw new StartError(
      `${runner.cluster} is not the folder of a database: move it away, or restore the folder from a backup.`,
    );
  }
  if (existsSync(runner.cluster) && readdirSync(runner.cluster).length > 0) {
    mendVersions(runner.cluster, runner.binaries.version);
    return;
  }
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
    // Before anything is stored in it: under its first name the next start would remove it.
    syncFolder(path.dirname(cluster));
  } catch (error) {
    // Another start at the same time was first; its cluster has the same password.
    if (!existsSync(path.join(cluster, 'PG_VERSION'))) throw error;
  }
}

function removeAbandoned(parent: string): void {
  for (const name of readdirSync(parent)) {
    const pid = /^postgres-new-(\d+)/.exec(name)?.[1];
    if (pid && (Number(pid) === process.pid || !isProcessAlive(Number(pid)))) {
      // In a container every start has the same process id.
      rmSync(path.join(parent, name), { recursive: true, force: true });
    }
  }
}

async function runInitdb(runner: Runner, folder: string, passwordFile: string): Promise<void> {
  // The built-in provider needs no system locale; a minimal Debian has none.
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

/** Whether PostgreSQL says that the disk is full, which it may notice as a short write. */
export const saysDiskFull = (output: string) => /No space left on device|wrote only \d+ of/.test(output);

/** The disk under `folder` has no space left. */
export function diskFull(folder: string): StartError {
  return new StartError(
    `The disk that holds ${folder} is full: free some space, or set DATA_DIR to another disk.`,
  );
}
