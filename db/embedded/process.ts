import { readdirSync, readlinkSync, realpathSync } from 'node:fs';

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
 * True unless the process is known not to be this cluster's PostgreSQL: after a crash
 * or a restart its number may belong to another program. PostgreSQL works in its cluster's folder;
 * without /proc the answer is yes.
 */
export function isPostgres(pid: number, cluster: string): boolean {
  try {
    return readlinkSync(`/proc/${pid}/cwd`) === realpathSync(cluster);
  } catch (error) {
    // If its folder may not be read, the process belongs to somebody else, while the cluster is ours.
    return (error as NodeJS.ErrnoException).code !== 'EACCES';
  }
}

/**
 * Every process that works in this cluster's folder, as all of PostgreSQL's do, whatever its lock file says.
 * Without /proc none can be seen; PostgreSQL's own lock on its shared memory then guards the cluster.
 */
export function listProcessesIn(cluster: string): number[] {
  const folder = realpathSync(cluster);
  const isThere = (pid: string) => {
    try {
      return readlinkSync(`/proc/${pid}/cwd`) === folder;
    } catch {
      return false;
    }
  };
  try {
    return readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name) && isThere(name))
      .map(Number);
  } catch {
    return [];
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
