import { readFileSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';

type Measured = { pid: number; output(): string };

const probe = pathToFileURL(fileURLToPath(new URL('./memory-probe.ts', import.meta.url))).href;
/** Environment for a process whose memory is to be measured. */
export const withMemoryProbe = { NODE_OPTIONS: `--import ${probe}` };

/** Bytes after collecting garbage: what the process keeps in objects and buffers, and its resident set. */
export type MemoryUse = { kept: number; resident: number };

/**
 * The memory of a process that has the probe. The resident set also includes memory from earlier work, so
 * it says little about a few thousand connections.
 */
export async function readMemory({ pid, output }: Measured): Promise<MemoryUse> {
  const countBefore = findAll(output()).length;
  process.kill(pid, 'SIGUSR2');
  for (let waited = 0; waited < 10_000; waited += 20) {
    const found = findAll(output());
    const last = found.at(-1);
    if (last && found.length > countBefore) return { kept: Number(last[1]), resident: Number(last[2]) };
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error('the process does not tell its memory');
}

const findAll = (output: string) => [...output.matchAll(/^memory (\d+) (\d+)$/gm)];

/** Clock ticks a second in /proc (USER_HZ, proc(5)); 100 on every Linux in use. */
const TICKS = 100;

/** Seconds of processor time that a process has used since its start (proc(5), stat: utime and stime). */
export function readCpuSeconds(pid: number): number {
  const afterName = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1] ?? '';
  const fields = afterName.split(' ');
  return (Number(fields[11]) + Number(fields[12])) / TICKS;
}
