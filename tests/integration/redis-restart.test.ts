import { randomUUID } from 'node:crypto';
import { afterAll, expect, test } from 'vitest';
import { closeRedis, getPubSub } from '#lib/redis.ts';
import { setUpDatabase } from '../support/database.ts';
import { findRedisBin, startRedis } from '../support/private-servers.ts';

const redis = await startRedis(findRedisBin() as string);
await setUpDatabase({ REDIS_URL: redis.url });
afterAll(async () => {
  await closeRedis();
  await redis.stop();
});

test('a node with the rooms of ten thousand people hears each again after a restart of Redis', async () => {
  const clients = getPubSub();
  if (!clients) throw new Error('no Redis');
  const { publisher, subscriber } = clients;
  const areReady = () => publisher.isReady && subscriber.isReady;
  await expect.poll(areReady).toBe(true);
  const rooms = Array.from({ length: 20_000 }, () => `socket.io#/#user:${randomUUID()}#`);
  const heard: string[] = [];
  const listen = (message: Buffer) => heard.push(message.toString());
  await Promise.all(rooms.map((room) => subscriber.sSubscribe(room, listen, true)));

  await redis.crash();
  await expect.poll(areReady).toBe(false);
  await redis.revive();
  await expect.poll(areReady, { timeout: 60_000 }).toBe(true);
  for (const room of rooms) await publisher.sPublish(room, room);
  await expect.poll(() => heard.length, { timeout: 60_000 }).toBe(rooms.length);
  expect(heard.toSorted()).toEqual(rooms.toSorted());
});
