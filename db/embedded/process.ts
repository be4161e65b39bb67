import { readlinkSync, realpathSync } from 'node:fs';

/** True while a process with this id exists, whoever owns it. */
export function isProcessAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/**
 * True unless the process is known to be something else than this cluster's PostgreSQL: after a crash
 * or a restart its number may belong to another program. PostgreSQL works in its cluster's folder;
 * without /proc the answer is yes.
 */
export function isPostgres(pid: number, cluster: string): boolean {
  try {
    return readlinkSync(`/proc/${pid}/cwd`) === realpathSync(cluster);
  } catch (error) {
    // A process whose folder may not be asked for belongs to somebody else, and the cluster to us.
    return (error as NodeJS.ErrnoException).code !== 'EACCES';
  }
}

/** Waits until the process is gone; false when it is still there after `milliseconds`. */
export async function waitForExit(pid: number, milliseconds: number): Promise<boolean> {
  const deadline = Date.now() + milliseconds;
  while (isProcessAlive(pid)) {
    if (Date.now() > deadline) return false;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  return true;
}
