import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';

/** A TCP port of the loopback that nobody listens on now. */
export async function findFreePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as { port: number };
  probe.close();
  await once(probe, 'close');
  return port;
}

/**
 * Runs a program until its output matches `ready`.
 *
 * @throws with the program's output when it ends before, or after `timeoutMs`.
 */
export async function startProcess(input: {
  command: string[];
  ready: RegExp;
  env?: Record<string, string | undefined>;
  cwd?: string;
  timeoutMs?: number;
}): Promise<{ child: ChildProcess; match: RegExpExecArray; output: () => string }> {
  const [command = '', ...args] = input.command;
  const child = spawn(command, args, {
    cwd: input.cwd,
    env: { ...process.env, ...input.env } as NodeJS.ProcessEnv,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  const match = await new Promise<RegExpExecArray>((resolve, reject) => {
    const give = (why: string) => {
      child.kill('SIGKILL');
      reject(new Error(`${input.command.join(' ')} ${why}:\n${output}`));
    };
    const timer = setTimeout(() => give('was not ready in time'), input.timeoutMs ?? 180_000);
    const listen = (chunk: Buffer) => {
      output += chunk.toString();
      const found = input.ready.exec(output);
      if (!found) return;
      clearTimeout(timer);
      resolve(found);
    };
    child.stdout?.on('data', listen);
    child.stderr?.on('data', listen);
    child.once('error', (error) => give(`did not start: ${error.message}`));
    child.once('exit', (code, signal) => {
      clearTimeout(timer);
      give(`ended (${signal ?? code})`);
    });
  });
  return { child, match, output: () => output };
}

/** Ends a process this session started and waits until it is gone. */
export async function stopProcess(child: ChildProcess, signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill(signal);
  await once(child, 'exit');
}
