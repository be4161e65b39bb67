import { spawn } from 'node:child_process';
import { Resolver } from 'node:dns/promises';
import { fileURLToPath } from 'node:url';
import type { DNSResolver } from 'mailauth';
import pLimit from 'p-limit';
import pTimeout from 'p-timeout';
import { CostlyMailError, type IncomingMail, type ReadJob, UnreadableMailError } from './incoming.ts';

const READER = fileURLToPath(new URL('./read-process.ts', import.meta.url));
/** What reading one mail may take. */
export type ReadLimits = {
  /**
   * Processor time in whole seconds, the start of the process included. On two busy cores that start was measured to
   * take about 1, and a mail of 13 MB with twelve pictures 0.4 more; 13 MB of HTML in short elements take 14. A
   * limit of elapsed time would give up mails because the machine is busy.
   */
  cpuSeconds: number;
  /** Total time (ms), including waiting for DNS and for a processor. After that the mail is tried again. */
  totalMs: number;
};
const LIMITS: ReadLimits = { cpuSeconds: 5, totalMs: 120_000 };
/** DNS queries for one mail: SPF may ask ten, each signature one, DMARC eight for each domain. */
const MAX_LOOKUPS = 100;
/** Heap in MiB; a mail that fills the size limit with files takes a third. */
const HEAP_MIB = 192;
/** The shell's limit becomes that of the process that takes its place. No core is left behind. */
const toCommand = ({ cpuSeconds }: ReadLimits) => `ulimit -c 0; ulimit -S -t ${cpuSeconds}; exec "$0" "$@"`;
/** Mails that are read at the same time; further ones wait. */
const MAX_READERS = 2;

export type FromReader =
  | { kind: 'ready' }
  | { kind: 'lookup'; id: number; name: string; type: string }
  | { kind: 'read'; mail: IncomingMail }
  | { kind: 'failed'; isFinal: boolean; message: string };
type Answer = {
  kind: 'answer';
  id: number;
  records?: string[] | string[][];
  error?: { code: string | undefined; message: string };
};
export type ToReader = { kind: 'job'; job: ReadJob } | Answer;

const places = pLimit(MAX_READERS);

/**
 * Reads a mail that anybody may have written, in a process of its own with limits of memory and time:
 * whatever is in it, this process goes on. A worker thread would not do, because one whose heap is full can
 * end the whole process. The reader knows no secrets and asks this process for DNS records.
 *
 * @param resolver looks DNS up; the system's own by default.
 * @throws CostlyMailError when its processor time is spent, UnreadableMailError when another limit is passed; any other
 * error means that it can be tried again.
 */
export async function readMail(
  job: ReadJob,
  resolver: DNSResolver = resolveBySystem,
  limits: ReadLimits = LIMITS,
): Promise<IncomingMail> {
  return places(() => readApart(job, resolver, limits));
}

async function readApart(job: ReadJob, resolver: DNSResolver, limits: ReadLimits): Promise<IncomingMail> {
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMail>();
  const command = [process.execPath, `--max-old-space-size=${HEAP_MIB}`, READER];
  const reader = spawn('/bin/sh', ['-c', toCommand(limits), ...command], {
    env: { NODE_ENV: 'production' },
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
  const kill = () => reader.kill('SIGKILL');
  process.once('exit', kill);
  const send = (message: ToReader) => reader.connected && reader.send(message, () => {});
  let asked = 0;
  reader.on('message', async (message: FromReader) => {
    switch (message.kind) {
      case 'ready':
        return send({ kind: 'job', job });
      case 'read':
        return resolve(message.mail);
      case 'failed':
        return reject(
          message.isFinal ? new UnreadableMailError(message.message) : new Error(message.message),
        );
      case 'lookup': {
        asked += 1;
        if (asked > MAX_LOOKUPS) return reject(new UnreadableMailError('it asks too much of DNS'));
        send(await lookUp(message, resolver));
      }
    }
  });
  reader.once('error', reject);
  // A full heap ends in SIGABRT, spent time in SIGXCPU, a machine without memory in SIGKILL; a broken
  // installation in none of them.
  reader.once('exit', (code, signal) => {
    if (signal === 'SIGXCPU') reject(new CostlyMailError('it takes too much processor time'));
    else if (signal) reject(new UnreadableMailError(`it ended in ${signal}`));
    else reject(new Error(`the reader ended with ${code}`));
  });
  try {
    const message = 'DNS or this machine takes too long';
    return await pTimeout(promise, { milliseconds: limits.totalMs, message });
  } finally {
    process.off('exit', kill);
    kill();
  }
}

async function lookUp(
  { id, name, type }: Extract<FromReader, { kind: 'lookup' }>,
  resolver: DNSResolver,
): Promise<Answer> {
  try {
    return { kind: 'answer', id, records: await resolver(name, type) };
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    return { kind: 'answer', id, error: { code, message } };
  }
}

/** Gives up on a silent name server in time for the sender to hear of it. */
function resolveBySystem(name: string, type: string): Promise<string[] | string[][]> {
  const system = new Resolver({ timeout: 3_000, tries: 2 });
  return system.resolve(name, type) as Promise<string[] | string[][]>;
}
