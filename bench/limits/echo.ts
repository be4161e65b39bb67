import { fileURLToPath } from 'node:url';
import { startProcess, stopProcess } from '../../tests/support/processes.ts';

const serverFile = fileURLToPath(new URL('./echo-server.ts', import.meta.url));

/** Starts the bare echo server in a process of its own. */
export async function startEcho(): Promise<{ url: string; pid: number; stop(): Promise<void> }> {
  const { child, match } = await startProcess({
    command: [process.execPath, serverFile],
    ready: /echo at (\S+)/,
    env: { NODE_ENV: 'production' },
  });
  return { url: match[1] as string, pid: child.pid as number, stop: () => stopProcess(child) };
}
