import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { AudienceOrder, CaughtUp } from './audience.ts';
import type { TalkOrder, TalkResult } from './talk.ts';
import type { OpenOrder, Orders } from './worker.ts';

const workerFile = fileURLToPath(new URL('./worker.ts', import.meta.url));

/** Plays people in a process of their own, so that the measuring process is not held up. */
export type Crowd = {
  open(order: OpenOrder): Promise<void>;
  talk(order: TalkOrder): Promise<TalkResult>;
  closeLines(): Promise<void>;
  gather(order: AudienceOrder): Promise<void>;
  catchUp(order: { revision: number }): Promise<CaughtUp>;
  stop(): void;
};

export function startCrowd(): Crowd {
  const child = fork(workerFile, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  const waiting = new Map<number, (reply: { result?: unknown; error?: string }) => void>();
  let nextId = 0;
  child.on('message', (reply: { id: number; result?: unknown; error?: string }) => {
    waiting.get(reply.id)?.(reply);
    waiting.delete(reply.id);
  });
  child.on('exit', (code) => {
    for (const done of waiting.values()) done({ error: `the load's process ended (${code})` });
  });
  const ask = <Name extends keyof Orders>(name: Name, order: Orders[Name]): Promise<unknown> =>
    new Promise((resolve, reject) => {
      const id = nextId++;
      waiting.set(id, ({ result, error }) => (error ? reject(new Error(error)) : resolve(result)));
      child.send({ id, name, order });
    });
  return {
    open: async (order) => void (await ask('open', order)),
    talk: (order) => ask('talk', order) as Promise<TalkResult>,
    closeLines: async () => void (await ask('close', null)),
    gather: async (order) => void (await ask('gather', order)),
    catchUp: (order) => ask('catchUp', order) as Promise<CaughtUp>,
    stop: () => void child.kill(),
  };
}
