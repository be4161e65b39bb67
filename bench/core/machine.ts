import { execFileSync } from 'node:child_process';
import os from 'node:os';

/** What the figures were measured on; they compare within one run only. */
export type Machine = {
  cpu: string;
  cores: number;
  memoryGb: number;
  system: string;
  node: string;
  postgres: string;
  redis: string;
  commit: string;
};

const run = (command: string, ...args: string[]) => {
  try {
    return execFileSync(command, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
  } catch {
    return 'unknown';
  }
};

export function describeMachine(versions: { postgres: string; redis: string }): Machine {
  const isDirty = run('git', 'status', '--porcelain', '--untracked-files=no') !== '';
  return {
    cpu: os.cpus()[0]?.model.trim() ?? 'unknown',
    cores: os.availableParallelism(),
    memoryGb: Math.round(os.totalmem() / 2 ** 30),
    system: `${os.type()} ${os.release()} ${os.arch()}`,
    node: process.version,
    ...versions,
    commit: `${run('git', 'rev-parse', '--short', 'HEAD')}${isDirty ? ' with changes' : ''}`,
  };
}
