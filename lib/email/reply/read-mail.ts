import { fork } from 'node:child_process';
import { Resolver } from 'node:dns/promises';
import { fileURLToPath } from 'node:url';
import type { DNSResolver } from 'mailauth';
import { type IncomingMail, type ReadJob, UnreadableMailError } from './incoming.ts';

const READER = fileURLToPath(new URL('./read-process.ts', import.meta.url));
/** Time (ms) that a mail may take, not counting what it waits for DNS; one with a dozen pictures takes a tenth. */
const WORK_MS = 5_000;
/** Together with that wait (ms). */
const TOTAL_MS = 60_000;
/** Questions to DNS about one mail: SPF may ask ten, each signature one, DMARC eight for each domain. */
const MAX_LOOKUPS = 100;
/** Heap in MiB; a mail that fills the size limit with files takes a third. */
const HEAP_MIB = 192;
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

let running = 0;
const queue: (() => void)[] = [];

/**
 * Reads a mail that anybody may have written, in a process of its own with limits of memory and time:
 * whatever is in it, this one goes on. A worker thread would not do, since one whose heap is full can
 * end the whole process. The reader knows no secrets and asks here for what stands in DNS.
 *
 * @param resolver looks DNS up; the system's own by default.
 * @throws UnreadableMailError when a limit is passed; any other error means that it can be tried again.
 */
export async function readMail(job: ReadJob, resolver: DNSResolver = resolveBySystem): Promise<IncomingMail> {
  if (running >= MAX_READERS) await new Promise<void>((resolve) => queue.push(resolve));
  else running += 1;
  try {
    return await readApart(job, resolver);
  } finally {
    const next = queue.shift();
    if (next) next();
    else running -= 1;
  }
}

async function readApart(job: ReadJob, resolver: DNSResolver): Promise<IncomingMail> {
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMail>();
  const reader = fork(READER, {
    execArgv: [`--max-old-space-size=${HEAP_MIB}`],
    env: { NODE_ENV: 'production' },
    serialization: 'advanced',
    stdio: 'ignore',
  });
  const kill = () => reader.kill('SIGKILL');
  process.once('exit', kill);
  const send = (message: ToReader) => reader.connected && reader.send(message, () => {});
  const clock = startClock(WORK_MS, () => reject(new UnreadableMailError('it takes too long to read')));
  const deadline = setTimeout(() => reject(new Error('DNS takes too long')), TOTAL_MS);
  let asked = 0;
  let open = 0;
  reader.on('message', async (message: FromReader) => {
    switch (message.kind) {
      case 'ready':
        clock.run();
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
        open += 1;
        clock.pause();
        send(await lookUp(message, resolver));
        open -= 1;
        if (open === 0) clock.run();
      }
    }
  });
  reader.once('error', reject);
  // A full heap ends in SIGABRT, a machine without memory in SIGKILL; a broken installation in neither.
  reader.once('exit', (code, signal) =>
    reject(
      signal ? new UnreadableMailError(`it ended in ${signal}`) : new Error(`the reader ended with ${code}`),
    ),
  );
  try {
    return await promise;
  } finally {
    clock.stop();
    clearTimeout(deadline);
    process.off('exit', kill);
    kill();
  }
}

/** Counts down only while it runs. */
function startClock(limitMs: number, onEnd: () => void) {
  let left = limitMs;
  let since: number | undefined;
  let timer: NodeJS.Timeout | undefined;
  let isStopped = false;
  const pause = () => {
    clearTimeout(timer);
    if (since !== undefined) left -= performance.now() - since;
    since = undefined;
  };
  return {
    pause,
    run() {
      pause();
      if (isStopped) return;
      since = performance.now();
      timer = setTimeout(onEnd, Math.max(0, left));
    },
    stop() {
      isStopped = true;
      pause();
    },
  };
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
