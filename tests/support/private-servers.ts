import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { findFreePort, startProcess, stopProcess } from './processes.ts';

export type Running = {
  url: string;
  stop(): Promise<void>;
  /** Ends it without a clean shutdown; `revive` starts it again on the same port and data. */
  crash(): Promise<void>;
  revive(): Promise<void>;
  /** Freezes (false) or wakes (true) the process with its connections up. */
  setRunning(isRunning: boolean): void;
};

const DEBIAN_POSTGRES = '/usr/lib/postgresql';

/** The folder of the newest PostgreSQL (15 or newer) among Debian's packages or on the PATH. */
export function findPostgresBin(): string | undefined {
  const versions = existsSync(DEBIAN_POSTGRES) ? readdirSync(DEBIAN_POSTGRES).map(Number) : [];
  const newest = versions.filter((version) => version >= 15).sort((a, b) => b - a)[0];
  if (newest) return path.join(DEBIAN_POSTGRES, String(newest), 'bin');
  const onPath = spawnSync('sh', ['-c', 'command -v initdb'], { encoding: 'utf8' }).stdout.trim();
  return onPath ? path.dirname(onPath) : undefined;
}

/** The redis-server program, when the machine has one. */
export function findRedisBin(): string | undefined {
  return spawnSync('sh', ['-c', 'command -v redis-server'], { encoding: 'utf8' }).stdout.trim() || undefined;
}

/** PostgreSQL and PgBouncer refuse to run as root; a user namespace gives them another user. */
const notAsRoot = () =>
  process.getuid?.() === 0 ? ['unshare', '--user', '--map-user=65534', '--map-group=65534'] : [];

/** A PostgreSQL of the tests' own, on a free port, gone with `stop`; `overrides` are further settings. */
export async function startPostgres(bin: string, overrides: string[] = []): Promise<Running> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'dandul-pg-'));
  const cluster = path.join(folder, 'data');
  const prefix = notAsRoot();
  const [initdb = '', ...initArgs] = [
    ...prefix,
    path.join(bin, 'initdb'),
    `--pgdata=${cluster}`,
    '--username=postgres',
    '--auth=trust',
    '--encoding=UTF8',
    '--locale=C',
    '--no-sync',
  ];
  const made = spawnSync(initdb, initArgs, { cwd: folder, encoding: 'utf8' });
  if (made.status !== 0) throw new Error(`initdb failed: ${made.stderr}`);
  const port = await findFreePort();
  const settings = [
    'listen_addresses=127.0.0.1',
    'unix_socket_directories=',
    'fsync=off',
    'max_connections=300',
    'shared_buffers=128MB',
    ...overrides,
  ];
  const command = [
    ...prefix,
    path.join(bin, 'postgres'),
    '-D',
    cluster,
    '-p',
    String(port),
    ...settings.flatMap((setting) => ['-c', setting]),
  ];
  const server = await control({ command, ready: /ready to accept connections/, cwd: folder });
  return {
    ...server,
    url: `postgres://postgres@127.0.0.1:${port}/postgres`,
    // PostgreSQL's "immediate" shutdown: like a crash, but no process is left over.
    crash: () => server.end('SIGQUIT'),
    async stop() {
      await server.end('SIGINT');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** A Redis of the tests' own, on the given or a free port and without persistence, gone with `stop`. */
export async function startRedis(bin: string, port?: number): Promise<Running> {
  port ??= await findFreePort();
  const server = await control({
    command: [bin, '--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'],
    ready: /Ready to accept connections/,
    cwd: os.tmpdir(),
  });
  return {
    ...server,
    url: `redis://127.0.0.1:${port}`,
    stop: () => server.end('SIGTERM'),
    crash: () => server.end('SIGKILL'),
  };
}

/** The pgbouncer program, when the machine has one. */
export function findPgbouncerBin(): string | undefined {
  const found = spawnSync('sh', ['-c', 'PATH="$PATH:/usr/sbin" command -v pgbouncer'], { encoding: 'utf8' });
  return found.stdout.trim() || undefined;
}

/** A PgBouncer of the tests' own before the database of `url`, with these settings; gone with `stop`. */
export async function startPgbouncer(
  bin: string,
  url: string,
  settings: Record<string, string | number>,
): Promise<{ url: string; stop(): Promise<void> }> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'dandul-bouncer-'));
  const target = new URL(url);
  const port = await findFreePort();
  const lines = Object.entries({
    listen_addr: '127.0.0.1',
    listen_port: port,
    unix_socket_dir: '',
    auth_type: 'any',
    ...settings,
  }).map(([name, value]) => `${name} = ${value}`);
  const password = target.password ? ` password=${target.password}` : '';
  writeFileSync(
    path.join(folder, 'pgbouncer.ini'),
    `[databases]\n* = host=${target.hostname} port=${target.port} user=${target.username}${password}\n[pgbouncer]\n${lines.join('\n')}\n`,
  );
  const server = await control({
    command: [...notAsRoot(), bin, path.join(folder, 'pgbouncer.ini')],
    ready: /process up/,
    cwd: folder,
  });
  return {
    url: `postgres://anyone@127.0.0.1:${port}${target.pathname}`,
    async stop() {
      await server.end('SIGINT');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Starts a program that can be ended and started again. */
async function control(options: Parameters<typeof startProcess>[0]) {
  let { child } = await startProcess(options);
  return {
    end: (signal: NodeJS.Signals) => stopProcess(child, signal),
    async revive() {
      ({ child } = await startProcess(options));
    },
    setRunning: (isRunning: boolean) => void child.kill(isRunning ? 'SIGCONT' : 'SIGSTOP'),
  };
}
