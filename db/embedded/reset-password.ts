import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { ROLE } from './cluster.ts';
import type { Runner } from './runner.ts';

/**
 * Sets the password of the embedded database without the old one: whoever may write its files may do so.
 * PostgreSQL runs in single-user mode for this, on no port, under the same lock as a postmaster.
 */
export async function resetPassword(runner: Runner, password: string): Promise<void> {
  const [command = '', ...args] = [
    ...runner.prefix,
    runner.binaries.postgres,
    '--single',
    '-D',
    runner.cluster,
    'postgres',
  ];
  const child = spawn(command, args, {
    stdio: ['pipe', 'ignore', 'ignore'],
    cwd: path.dirname(runner.cluster),
    env: { ...process.env, LC_ALL: 'C', TZ: 'UTC' },
    ...runner.user,
  });
  // The login that follows shows whether it worked.
  child.stdin.on('error', () => {});
  child.stdin.end(`alter role ${ROLE} password '${password}'\n`);
  await once(child, 'close');
}
