import { setTimeout as sleep } from 'node:timers/promises';
import { selectPartners, updateLastSeen } from '#db/queries/presence.ts';
import { getLog } from '../log.ts';
import { createLookup } from '../lookup.ts';
import { getRedis } from '../redis.ts';
import { type ChatServer, type ChatSocket, userRoom } from './io.ts';
import { getRealtime } from './port.ts';

/** How long a person stays online after their last connection, which covers a reload. */
const GRACE_MS = 4_000;
const REFRESH_MS = 20_000;
/** A node that dies stops refreshing; another tells that its people are gone when this has passed. */
const EXPIRY_MS = 60_000;
/** People of a dead node that one round tells of; the next takes the rest. */
const MAX_EXPIRED = 200;

/** People whose partners are looked up together, when many come or go at once. */
const PEOPLE_AT_ONCE = 100;

/** A Redis that hangs answers nothing; after this long (ms) this node goes by its own connections. */
const REDIS_LIMIT_MS = 1_000;
/** A little more than the adapter itself waits for the other nodes' answers, once Redis has taken the question. */
const NODES_LIMIT_MS = 6_000;

/** A stop does not wait longer for the word to go round. */
const CLOSE_LIMIT_MS = 1_000;

/** A sorted set: who is online on any node, by the time (ms since 1970) until when that holds. */
const KEY = 'dandul:online';

/**
 * Who is online, told to partners only. This node knows its own connections; with Redis a shared set
 * says so to the other nodes, and shows whom a node that died has left behind.
 */
export function createPresence(io: ChatServer) {
  const leaving = new Map<string, NodeJS.Timeout>();
  /** Told to be gone while the other nodes could not be asked. */
  const unsure = new Set<string>();
  let isMakingSure = false;
  const findPartners = createLookup(
    async (userIds) => Map.groupBy(await selectPartners(userIds), (row) => row.memberId),
    PEOPLE_AT_ONCE,
  );
  const refresh = setInterval(() => void refreshOnline().catch(warn), REFRESH_MS);

  async function announce(userId: string, online: boolean, lastSeenAt: Date | null) {
    const partners = (await findPartners(userId)) ?? [];
    const event = { userId, online, lastSeenAt: lastSeenAt?.toISOString() ?? null };
    if (partners.length > 0) {
      getRealtime().publish(
        partners.map((partner) => partner.userId),
        'presence',
        event,
      );
    }
    return partners;
  }

  async function arrive(socket: ChatSocket) {
    const { userId } = socket.data;
    await setOnline([userId]);
    const partners = await announce(userId, true, null);
    const online = await findOnline(
      io,
      partners.map((partner) => partner.userId),
    );
    for (const partner of partners) {
      const isOnline = online.has(partner.userId);
      const lastSeenAt = isOnline ? null : (partner.lastSeenAt?.toISOString() ?? null);
      socket.emit('presence', { userId: partner.userId, online: isOnline, lastSeenAt });
    }
  }

  async function leave(userId: string) {
    leaving.delete(userId);
    const elsewhere = await isAnywhere(userId);
    if (elsewhere || isLocal(io, userId)) return;
    await forget(userId);
    const now = new Date();
    await updateLastSeen(userId, now);
    // Back meanwhile: their arrival was announced, so this must not be, and the key is set again.
    if (isLocal(io, userId)) return setOnline([userId]);
    await announce(userId, false, now);
    if (elsewhere === undefined) unsure.add(userId);
  }

  /** Another node may hold a connection of the same person; undefined when it cannot be asked. */
  async function isAnywhere(userId: string): Promise<boolean | undefined> {
    const sockets = await briefly(io.in(userRoom(userId)).fetchSockets(), NODES_LIMIT_MS);
    return sockets && sockets.length > 0;
  }

  /** Takes back what was told too early, once the other nodes can be asked again. */
  async function makeSure() {
    if (isMakingSure) return;
    isMakingSure = true;
    try {
      for (const userId of unsure) {
        const isOnline = await isAnywhere(userId);
        if (isOnline === undefined) return;
        if (isOnline) {
          await setOnline([userId]);
          await announce(userId, true, null);
        }
        unsure.delete(userId);
      }
    } finally {
      isMakingSure = false;
    }
  }

  async function refreshOnline() {
    void makeSure().catch(warn);
    await setOnline([...new Set([...io.sockets.sockets.values()].map((socket) => socket.data.userId))]);
    for (const userId of await takeExpired()) await leave(userId);
  }

  return {
    connect(socket: ChatSocket) {
      const { userId } = socket.data;
      clearTimeout(leaving.get(userId));
      leaving.delete(userId);
      void arrive(socket).catch(warn);
      socket.on('disconnect', () => {
        if (isLocal(io, userId)) return;
        clearTimeout(leaving.get(userId));
        leaving.set(
          userId,
          setTimeout(() => void leave(userId).catch(warn), GRACE_MS),
        );
      });
    },
    /** Called once this node's connections are closed: their people are gone unless another node has them. */
    async close(userIds: readonly string[]) {
      clearInterval(refresh);
      for (const timer of leaving.values()) clearTimeout(timer);
      const gone = Promise.allSettled([...new Set([...leaving.keys(), ...userIds])].map(leave));
      await Promise.race([gone, sleep(CLOSE_LIMIT_MS)]);
    },
  };
}

async function forget(userId: string): Promise<void> {
  await briefly(getRedis()?.zRem(KEY, userId));
}

function isLocal(io: ChatServer, userId: string): boolean {
  return (io.sockets.adapter.rooms.get(userRoom(userId))?.size ?? 0) > 0;
}

async function setOnline(userIds: string[]): Promise<void> {
  const redis = getRedis();
  if (!redis || userIds.length === 0) return;
  const score = Date.now() + EXPIRY_MS;
  const members = userIds.map((value) => ({ score, value }));
  await briefly(redis.zAdd(KEY, members));
}

/** People whose node has stopped vouching for them; each is given to one node only. */
async function takeExpired(): Promise<string[]> {
  const redis = getRedis();
  if (!redis?.isReady) return [];
  const limit = { offset: 0, count: MAX_EXPIRED };
  const expired = await redis.zRangeByScore(KEY, '-inf', Date.now(), { LIMIT: limit });
  const taken = await Promise.all(expired.map((userId) => redis.zRem(KEY, userId)));
  return expired.filter((_, index) => taken[index] === 1);
}

async function findOnline(io: ChatServer, userIds: string[]): Promise<Set<string>> {
  const online = new Set(userIds.filter((userId) => isLocal(io, userId)));
  const others = userIds.filter((userId) => !online.has(userId));
  const redis = getRedis();
  if (redis && others.length > 0) {
    const until = (await briefly(redis.zmScore(KEY, others))) ?? [];
    const now = Date.now();
    for (const [index, score] of until.entries()) {
      if (score !== null && score > now) online.add(others[index] as string);
    }
  }
  return online;
}

/** What Redis, or who is asked through it, answers; undefined when it is away or too slow. */
async function briefly<T>(answer?: Promise<T>, limitMs = REDIS_LIMIT_MS): Promise<T | undefined> {
  return Promise.race([answer?.catch(() => undefined), sleep(limitMs, undefined, { ref: false })]);
}

function warn(error: unknown): void {
  getLog().warn({ err: error }, 'presence failed');
}
