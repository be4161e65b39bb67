import { randomUUID } from 'node:crypto';
import net from 'node:net';
import tls from 'node:tls';
import { generate } from 'selfsigned';
import { beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import { envSingleton, getEnv } from '#lib/runtime/env.ts';
import { closeRedis, getPubSub } from '#lib/runtime/redis.ts';
import { setUpDatabase } from '../support/database.ts';
import { findRedisBin, type Running, startRedis } from '../support/private-servers.ts';

await setUpDatabase();

const LIMIT = { timeout: 60_000 };
let redis: Running;
beforeEach(async () => {
  redis = await startRedis(findRedisBin() as string);
  onTestFinished(() => redis.stop());
});

/** Connections of this process to that Redis, and how to subscribe by them and to ask who hears. */
async function connect(url: string) {
  envSingleton.set({ ...getEnv(), REDIS_URL: url });
  const clients = getPubSub();
  if (!clients) throw new Error('no Redis');
  onTestFinished(() => closeRedis());
  const { publisher, subscriber } = clients;
  const heard: string[] = [];
  const listen = (message: Buffer) => heard.push(message.toString());
  const waitFor = (isReady: boolean) =>
    expect.poll(() => publisher.isReady && subscriber.isReady, LIMIT).toBe(isReady);
  await waitFor(true);
  return {
    heard,
    waitFor,
    subscribe: (conversations: string[]) =>
      conversations.map((conversation) => subscriber.sSubscribe(conversation, listen, true)),
    async publish(conversations: string[]) {
      for (const conversation of conversations) await publisher.sPublish(conversation, conversation);
    },
  };
}

const makeConversations = (count: number) =>
  Array.from({ length: count }, () => `socket.io#/#user:${randomUUID()}#`);

/** A line to a server that speaks TLS to whoever calls. */
async function listenTls(target: number): Promise<number> {
  const { private: key, cert } = await generate([{ name: 'commonName', value: 'localhost' }]);
  const server = tls.createServer({ key, cert }, (line) => {
    const inner = net.connect(target, '127.0.0.1');
    for (const one of [line, inner]) one.on('error', () => {});
    line.pipe(inner).pipe(line);
    line.on('close', () => inner.destroy());
    inner.on('close', () => line.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  return (server.address() as net.AddressInfo).port;
}

for (const protocol of ['redis', 'rediss']) {
  test(`${protocol}: a node with the conversations of ten thousand people hears each again after a restart`, async () => {
    const port = Number(new URL(redis.url).port);
    vi.stubEnv('NODE_TLS_REJECT_UNAUTHORIZED', '0');
    onTestFinished(() => void vi.unstubAllEnvs());
    const own = await connect(
      protocol === 'redis' ? redis.url : `rediss://127.0.0.1:${await listenTls(port)}`,
    );
    const conversations = makeConversations(20_000);
    await Promise.all(own.subscribe(conversations));
    await redis.crash();
    await own.waitFor(false);
    await redis.revive();
    await own.waitFor(true);
    await own.publish(conversations);
    await expect.poll(() => own.heard.length, LIMIT).toBe(conversations.length);
    expect(own.heard.toSorted()).toEqual(conversations.toSorted());
  });
}

test('conversations that were entered while Redis hung are heard although it died before it answered', async () => {
  const own = await connect(redis.url);
  const conversations = makeConversations(500);
  redis.setRunning(false);
  const entered = own.subscribe(conversations);
  // Let the commands go out, so that only the answers are missing.
  await new Promise((resolve) => setImmediate(resolve));
  await redis.crash();
  await own.waitFor(false);
  await redis.revive();
  await Promise.all(entered);
  await own.waitFor(true);
  await own.publish(conversations);
  await expect.poll(() => own.heard.length, LIMIT).toBe(conversations.length);
});
