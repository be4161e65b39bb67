import pTimeout from 'p-timeout';
import { getRedis } from '#lib/runtime/redis.ts';
import { type ChatServer, userRoom } from '../io.ts';

/** A node that dies stops refreshing; another tells that its people are gone when this has passed. */
const EXPIRY_MS = 60_000;
/** People of a dead node that one round tells of; the next takes the rest. */
const MAX_EXPIRED = 200;

/** A Redis that hangs answers nothing; after this long (ms) this node goes by its own connections. */
const REDIS_LIMIT_MS = 1_000;
/** A little more than the adapter itself waits for the other nodes' answers, once Redis has taken the question. */
const NODES_LIMIT_MS = 6_000;

/** A sorted set: who is online on any node, by the time (ms since 1970) until when that holds. */
const KEY = 'dandul:online';

/** Whether a person has a connection to this node. */
export function isOnlineHere(io: ChatServer, userId: string): boolean {
  return (io.sockets.adapter.rooms.get(userRoom(userId))?.size ?? 0) > 0;
}

/** Whether any node holds a connection of this person; undefined when the others cannot be asked. */
export async function isOnlineAnywhere(io: ChatServer, userId: string): Promise<boolean | undefined> {
  const sockets = await waitBriefly(io.in(userRoom(userId)).fetchSockets(), NODES_LIMIT_MS);
  return sockets && sockets.length > 0;
}

/** Those of these people who are online, here or as the shared set says. */
export async function findOnline(io: ChatServer, userIds: string[]): Promise<Set<string>> {
  const online = new Set(userIds.filter((userId) => isOnlineHere(io, userId)));
  const others = userIds.filter((userId) => !online.has(userId));
  const redis = getRedis();
  if (redis && others.length > 0) {
    const until = (await waitBriefly(redis.zmScore(KEY, others))) ?? [];
    const now = Date.now();
    for (const [index, score] of until.entries()) {
      if (score !== null && score > now) online.add(others[index] as string);
    }
  }
  return online;
}

/** Tells the other nodes that these people are online, for `EXPIRY_MS`. */
export async function markOnline(userIds: string[]): Promise<void> {
  const redis = getRedis();
  if (!redis || userIds.length === 0) return;
  const score = Date.now() + EXPIRY_MS;
  const members = userIds.map((value) => ({ score, value }));
  await waitBriefly(redis.zAdd(KEY, members));
}

/** Tells the other nodes that somebody is not online any more. */
export async function markOffline(userId: string): Promise<void> {
  await waitBriefly(getRedis()?.zRem(KEY, userId));
}

/** People whose node has stopped vouching for them; each is given to one node only. */
export async function takeExpired(): Promise<string[]> {
  const redis = getRedis();
  if (!redis?.isReady) return [];
  const limit = { offset: 0, count: MAX_EXPIRED };
  const expired = await redis.zRangeByScore(KEY, '-inf', Date.now(), { LIMIT: limit });
  const taken = await Promise.all(expired.map((userId) => redis.zRem(KEY, userId)));
  return expired.filter((_, index) => taken[index] === 1);
}

/** What Redis, or who is asked through it, answers; undefined when it is away or too slow. */
async function waitBriefly<T>(answer?: Promise<T>, milliseconds = REDIS_LIMIT_MS): Promise<T | undefined> {
  return answer && pTimeout(answer, { milliseconds, message: false }).catch(() => undefined);
}
