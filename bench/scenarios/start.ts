import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { median } from '../core/stats.ts';
import type { Scenario } from '../core/types.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

/**
 * `npm start` with a finished build and nothing else set, up to "Dandul is ready": cold makes the embedded
 * database, warm finds it, and one more comes after a kill.
 */
export const start: Scenario = async ({ isSmoke, say }) => {
  const repeats = isSmoke ? 1 : 5;
  const times = { cold: [] as number[], warm: [] as number[], killed: [] as number[] };
  for (let i = 0; i < repeats; i++) {
    const dataDir = mkdtempSync(path.join(os.tmpdir(), 'dandul-start-'));
    try {
      times.cold.push(await run(dataDir, 'SIGTERM'));
      times.warm.push(await run(dataDir, 'SIGKILL'));
      times.killed.push(await run(dataDir, 'SIGTERM'));
    } finally {
      rmSync(dataDir, { recursive: true, force: true });
    }
  }
  say(
    Object.entries(times)
      .map(([name, list]) => `${name} ${median(list).toFixed(0)} ms`)
      .join(', '),
  );
  return [
    { what: 'first start: database made and migrated', value: median(times.cold), unit: 'ms' },
    { what: 'next start', value: median(times.warm), unit: 'ms' },
    { what: 'start after kill -9', value: median(times.killed), unit: 'ms' },
  ];
};

/** Milliseconds from `npm start` to readiness; then the server is ended by a signal. */
async function run(dataDir: string, ending: NodeJS.Signals): Promise<number> {
  const before = performance.now();
  const { DATABASE_URL: _, REDIS_URL: __, ...env } = process.env;
  const child = spawn('npm', ['start', '--silent'], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...env, DATA_DIR: dataDir, PORT: '0', HOST: '127.0.0.1' },
    // A group of its own, so that the ending reaches the server and not npm alone.
    detached: true,
  });
  const exited = once(child, 'exit');
  let output = '';
  const took = await new Promise<number>((resolve, reject) => {
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk) => {
        output += chunk;
        if (output.includes('Dandul is ready')) resolve(performance.now() - before);
      });
    }
    child.once('exit', () => reject(new Error(`ended before it was ready:\n${output}`)));
  });
  process.kill(-(child.pid as number), ending);
  await exited;
  return took;
}
