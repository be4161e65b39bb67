import { fileURLToPath } from 'node:url';
import { startProcess, stopProcess } from '../../tests/support/processes.ts';

const serverFile = fileURLToPath(new URL('./echo-server.ts', import.meta.url));

/** Starts the bare echo server in a process of its own. */
export async function startEcho(env: Record<string, string> = {}) {
  const { child, match, output } = await startProcess({
    command: [process.execPath, serverFile],
    ready: /echo at (\S+)/,
    env: { NODE_ENV: 'production', ...env },
  });
  return {
    url: match[1] as string,
    pid: child.pid as number,
    output,
    stop: () => stopProcess(child),
  };
}
