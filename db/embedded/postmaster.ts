import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, existsSync, fstatSync, openSync, readFileSync, rmSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import { StartError } from '../start-error.ts';
import { diskFull, saysDiskFull } from './cluster.ts';
import { mendConfiguration } from './mend-cluster.ts';
import { isPostgres, isProcessAlive, listProcessesIn, waitForExit } from './process.ts';
import type { Runner } from './runner.ts';

export type Postmaster = { pid: number; port: number; isReady: boolean };

/** Crash recovery after a power cut replays at most `max_wal_size`; a slow disk does it well within this. */
const START_MILLISECONDS = 120_000;
const STOP_MILLISECONDS = 6_000;
const LOG_BYTES = 5_000_000;

/** For a small machine: one product, a pool of ten, and nothing lost that was committed. */
const SETTINGS = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: '40',
  shared_buffers: '64MB',
  max_wal_size: '256MB',
  wal_level: 'minimal',
  max_wal_senders: '0',
  fsync: 'on',
  synchronous_commit: 'on',
  io_method: 'sync',
  jit: 'off',
  max_parallel_workers_per_gather: '0',
  timezone: 'UTC',
  log_timezone: 'UTC',
  log_min_messages: 'warning',
  log_checkpoints: 'off',
};

const lockFile = (cluster: string) => path.join(cluster, 'postmaster.pid');

/** The running postmaster of a cluster by its postmaster.pid; undefined when none runs. */
export function findPostmaster(cluster: string): Postmaster | undefined {
  const lines = readLock(cluster);
  const pid = lines && readPid(lines);
  if (!pid || !isProcessAlive(pid) || !isPostgres(pid, cluster)) return undefined;
  return { pid, port: Number(lines[3]), isReady: lines[7]?.trim() === 'ready' };
}

function readLock(cluster: string): string[] | undefined {
  const file = lockFile(cluster);
  return existsSync(file) ? readFileSync(file, 'utf8').split('\n') : undefined;
}

/** The process named by a postmaster.pid (negative in single-user mode), if any. */
function readPid([first = '']: string[]): number | undefined {
  const pid = Math.abs(Number(first));
  return Number.isInteger(pid) && pid > 1 ? pid : undefined;
}

/**
 * Removes the postmaster.pid that a power cut left behind, beside which PostgreSQL would never start
 * again: one that names no process (empty, zero-filled, cut off), or an unrelated one. While anything works in
 * the cluster the file stays: a server may be starting at this moment.
 */
function removeDeadLock(cluster: string): void {
  const lines = readLock(cluster);
  if (!lines || listProcessesIn(cluster).length > 0) return;
  const pid = readPid(lines);
  if (pid && (!isProcessAlive(pid) || isPostgres(pid, cluster))) return;
  rmSync(lockFile(cluster), { force: true });
}

/**
 * Starts PostgreSQL on a free loopback port (or on `port`) and waits until it takes connections.
 * Returns undefined when another start of the same cluster was first.
 *
 * @throws StartError with PostgreSQL's last output.
 */
export async function startPostmaster(
  runner: Runner,
  dataDir: string,
  port?: number,
): Promise<Postmaster | undefined> {
  removeDeadLock(runner.cluster);
  const settings = { ...SETTINGS, port: String(port ?? (await findFreePort())) };
  const [command = '', ...args] = [
    ...runner.prefix,
    ...endWithParent(),
    runner.binaries.postgres,
    '-D',
    runner.cluster,
    ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
  ];
  const log = openLog(dataDir);
  const child = spawn(command, args, {
    // A process group of its own, so that Ctrl-C reaches only the server, which stops the database last.
    detached: true,
    stdio: ['ignore', log.fd, log.fd],
    cwd: path.dirname(runner.cluster),
    env: { ...process.env, LC_ALL: 'C', TZ: 'UTC' },
    ...runner.user,
  });
  closeSync(log.fd);
  child.unref();
  if (await waitUntilReady(child, runner.cluster)) return findPostmaster(runner.cluster);

  const said = readFileSync(log.file, 'utf8').slice(log.offset);
  if (saysDiskFull(said)) throw diskFull(dataDir);
  // Another one still runs, or has left something behind; a lock that cannot be written is not that.
  if (/lock file .*(already exists|is empty)|bogus data in lock file|pre-existing shared memory/.test(said)) {
    return undefined;
  }
  if (/postgresql(\.auto)?\.conf|pg_hba\.conf/.test(said) && mendConfiguration(runner.cluster)) {
    return startPostmaster(runner, dataDir, port);
  }
  throw explainFailure(said, dataDir, log.file);
}

/** Words by which PostgreSQL says that its files are not as it left them. */
const DAMAGE =
  /incompatible with server|pg_control|checksum|checkpoint record|not a valid data directory|could not (?:open|read|access|locate|find) .*(?:file|directory|record)|invalid (?:data|record|magic)|has wrong|is corrupt/i;

function explainFailure(said: string, dataDir: string, logFile: string): StartError {
  const lines = said.split('\n').filter((line) => /FATAL|PANIC|error|could not/i.test(line));
  const reason = (lines.find((line) => /FATAL|PANIC/.test(line)) ?? lines.at(-1) ?? 'no reason given').trim();
  return new StartError(
    DAMAGE.test(reason)
      ? `The embedded database is damaged and does not start (${reason}): restore ${dataDir} from a backup; nothing in it was changed or deleted. More in ${logFile}.`
      : `The embedded database does not start (${reason}); more in ${logFile}.`,
  );
}

/** Stops PostgreSQL: open transactions are rolled back, everything committed is on disk. */
export async function stopPostmaster(pid: number): Promise<void> {
  for (const [signal, patience] of [
    ['SIGINT', STOP_MILLISECONDS],
    ['SIGQUIT', 2_000],
  ] as const) {
    if (!isProcessAlive(pid)) return;
    process.kill(pid, signal);
    if (await waitForExit(pid, patience)) return;
  }
}

/** With util-linux, the kernel tells PostgreSQL to stop when this process dies, however it dies. */
function endWithParent(): string[] {
  return existsSync('/usr/bin/setpriv') ? ['/usr/bin/setpriv', '--pdeathsig', 'INT', '--'] : [];
}

async function waitUntilReady(child: ChildProcess, cluster: string): Promise<boolean> {
  const failed = new Promise<false>((resolve) => {
    child.once('error', () => resolve(false)).once('exit', () => resolve(false));
  });
  const deadline = Date.now() + START_MILLISECONDS;
  while (Date.now() < deadline) {
    const found = findPostmaster(cluster);
    if (found?.pid === child.pid && found?.isReady) return true;
    const pause = new Promise<true>((resolve) => setTimeout(() => resolve(true), 10));
    if (!(await Promise.race([failed, pause]))) return false;
  }
  return false;
}

function openLog(dataDir: string): { file: string; fd: number; offset: number } {
  const file = path.join(dataDir, 'postgres.log');
  const isLarge = (statSync(file, { throwIfNoEntry: false })?.size ?? 0) > LOG_BYTES;
  const fd = openSync(file, isLarge ? 'w' : 'a', 0o600);
  return { file, fd, offset: fstatSync(fd).size };
}

function findFreePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject).listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as { port: number };
      probe.close(() => resolve(port));
    });
  });
}
