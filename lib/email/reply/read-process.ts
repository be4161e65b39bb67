import type { ReadJob } from './incoming.ts';
import type { FromReader, ToReader } from './read-mail.ts';
import { readRawMail } from './read-raw-mail.ts';

/** The other side of read-mail.ts: reads the one mail that it is given, and asks back for DNS records. */
const waiting = new Map<number, PromiseWithResolvers<string[] | string[][]>>();
let lastId = 0;
const tell = (message: FromReader) => process.send?.(message);

function resolver(name: string, type: string): Promise<string[] | string[][]> {
  const lookup = Promise.withResolvers<string[] | string[][]>();
  lastId += 1;
  waiting.set(lastId, lookup);
  tell({ kind: 'lookup', id: lastId, name, type });
  return lookup.promise;
}

async function read(job: ReadJob): Promise<void> {
  try {
    tell({ kind: 'read', mail: await readRawMail(job, resolver) });
  } catch (error) {
    const { code, message } = error as { code?: string; message: string };
    tell({ kind: 'failed', isFinal: code !== 'DNS_SILENT', message });
  }
}

process.on('message', (message: ToReader) => {
  if (message.kind === 'job') return void read(message.job);
  const lookup = waiting.get(message.id);
  waiting.delete(message.id);
  const { records, error } = message;
  if (error) lookup?.reject(Object.assign(new Error(error.message), { code: error.code }));
  else lookup?.resolve(records ?? []);
});
process.on('disconnect', () => process.exit());
tell({ kind: 'ready' });
