import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { findFreePort, startProcess, stopProcess } from './processes.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

export type TestServer = {
  url: string;
  pid: number;
  output(): string;
  stop(): Promise<void>;
  kill(): Promise<void>;
};

/** Starts a real `server.ts` of the present build on a free port; `env` decides its database and Redis. */
export async function startServer(env: Record<string, string | undefined> = {}): Promise<TestServer> {
  const dataDir = mkdtempSync(path.join(os.tmpdir(), 'dandul-data-'));
  // With a public address the server announces that one; its own port must be known beforehand.
  const knownPort = env.APP_URL ? String(await findFreePort()) : undefined;
  const { child, match, output } = await startProcess({
    command: [process.execPath, 'server.ts'],
    cwd: root,
    ready: /Dandul is ready at (\S+)/,
    env: {
      NODE_ENV: 'production',
      PORT: knownPort ?? '0',
      HOST: '127.0.0.1',
      DATA_DIR: dataDir,
      RATE_LIMITS: 'off',
      ...env,
    },
  });
  const port = knownPort ?? new URL(match[1] as string).port;
  let isEnding = false;
  child.once('exit', (code, signal) => {
    if (!isEnding) console.error(`The server ended by itself (${signal ?? code}):\n${output()}`);
  });
  const end = async (signal: NodeJS.Signals) => {
    isEnding = true;
    await stopProcess(child, signal);
    rmSync(dataDir, { recursive: true, force: true });
  };
  return {
    url: `http://127.0.0.1:${port}`,
    pid: child.pid as number,
    output,
    stop: () => end('SIGTERM'),
    kill: () => end('SIGKILL'),
  };
}
