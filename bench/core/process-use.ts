import { readFileSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';

type Measured = { pid: number; output(): string };

const probe = pathToFileURL(fileURLToPath(new URL('./memory-probe.ts', import.meta.url))).href;
/** Environment for a process whose memory is to be measured. */
export const withMemoryProbe = { NODE_OPTIONS: `--import ${probe}` };

/** Bytes that a process with the probe keeps (resident set after collecting garbage). */
export async function readMemory({ pid, output }: Measured): Promise<number> {
  const countBefore = findAll(output()).length;
  process.kill(pid, 'SIGUSR2');
  for (let waited = 0; waited < 10_000; waited += 20) {
    const found = findAll(output());
    if (found.length > countBefore) return Number(found.at(-1)?.[1]);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error('the process does not tell its memory');
}

const findAll = (output: string) => [...output.matchAll(/^memory (\d+)$/gm)];

/** Clock ticks a second in /proc (USER_HZ, proc(5)); 100 on every Linux in use. */
const TICKS = 100;

/** Seconds of processor time that a process has used since its start (proc(5), stat: utime and stime). */
export function readCpuSeconds(pid: number): number {
  const afterName = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1] ?? '';
  const fields = afterName.split(' ');
  return (Number(fields[11]) + Number(fields[12])) / TICKS;
}
