import { randomUUID } from 'node:crypto';
import net from 'node:net';
import tls from 'node:tls';
import { generate } from 'selfsigned';
import { beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import { getEnv } from '#lib/env.ts';
import { setMemo } from '#lib/memo.ts';
import { closeRedis, getPubSub } from '#lib/redis.ts';
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
  setMemo('env', { ...getEnv(), REDIS_URL: url });
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
    subscribe: (rooms: string[]) => rooms.map((room) => subscriber.sSubscribe(room, listen, true)),
    async publish(rooms: string[]) {
      for (const room of rooms) await publisher.sPublish(room, room);
    },
  };
}

const makeRooms = (count: number) => Array.from({ length: count }, () => `socket.io#/#user:${randomUUID()}#`);

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
  test(`${protocol}: a node with the rooms of ten thousand people hears each again after a restart`, async () => {
    const port = Number(new URL(redis.url).port);
    vi.stubEnv('NODE_TLS_REJECT_UNAUTHORIZED', '0');
    onTestFinished(() => void vi.unstubAllEnvs());
    const own = await connect(
      protocol === 'redis' ? redis.url : `rediss://127.0.0.1:${await listenTls(port)}`,
    );
    const rooms = makeRooms(20_000);
    await Promise.all(own.subscribe(rooms));
    await redis.crash();
    await own.waitFor(false);
    await redis.revive();
    await own.waitFor(true);
    await own.publish(rooms);
    await expect.poll(() => own.heard.length, LIMIT).toBe(rooms.length);
    expect(own.heard.toSorted()).toEqual(rooms.toSorted());
  });
}

test('rooms that were entered while Redis hung are heard although it died before it answered', async () => {
  const own = await connect(redis.url);
  const rooms = makeRooms(500);
  redis.setRunning(false);
  const entered = own.subscribe(rooms);
  // Let the commands go out, so that only the answers are missing.
  await new Promise((resolve) => setImmediate(resolve));
  await redis.crash();
  await own.waitFor(false);
  await redis.revive();
  await Promise.all(entered);
  await own.waitFor(true);
  await own.publish(rooms);
  await expect.poll(() => own.heard.length, LIMIT).toBe(rooms.length);
});
