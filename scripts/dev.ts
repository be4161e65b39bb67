import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { watchedPaths } from './dev/watched-paths.ts';

/**
 * The server with hot reload: Next re-renders pages by itself, and a change to what server.ts loads restarts
 * the process.
 */

const root = path.resolve(import.meta.dirname, '..');
const watching = watchedPaths
  .filter((name) => existsSync(path.join(root, name)))
  .map((name) => `--watch-path=${name}`);
const child = spawn(process.execPath, [...watching, '--watch-preserve-output', 'server.ts'], {
  cwd: root,
  stdio: 'inherit',
  env: { ...process.env, NODE_ENV: 'development', NEXT_TELEMETRY_DISABLED: '1' },
});
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => child.kill(signal));
child.on('exit', (code) => process.exit(code ?? 1));
