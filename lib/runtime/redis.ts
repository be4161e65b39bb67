import pRetry from 'p-retry';
import pTimeout from 'p-timeout';
import { createClient } from 'redis';
import { getEnv } from './env.ts';
import { getLog } from './log.ts';
import { defineSingleton } from './singleton.ts';

export type Redis = ReturnType<typeof makeClient>;

const MAX_RECONNECT_DELAY_MS = 2_000;
/** Commands without an answer: some seconds of a busy node's events, which are best effort, some 10 MB. */
const MAX_WAITING = 10_000;
/**
 * Bytes of resubscriptions that a subscriber takes at once when Redis comes back. At the stream's usual limit
 * (64 kB, some 800 rooms) the client waits for a drain that it does not act on before it is ready: it would
 * stay deaf. 64 MB are more rooms than any node has.
 */
const RESUBSCRIBE_BYTES = 64 * 1024 * 1024;
/** A subscription that Redis did not confirm is tried again every half second for as long as it is wanted. */
const RESUBSCRIBE = { retries: Number.POSITIVE_INFINITY, minTimeout: 500, factor: 1, unref: true };
/** Redis confirms within a millisecond or so; after this long (ms) nobody waits for it. */
const SUBSCRIBE_LIMIT_MS = 1_000;

function makeClient(url: string, isSubscriber = false) {
  const client = createClient({
    url,
    // A request must not wait for a Redis that is away; callers have a way without it.
    disableOfflineQueue: !isSubscriber,
    // The client's own limit is an AbortSignal for each command, which costs more than the command.
    commandOptions: { timeout: 0 },
    // With a Redis that takes nothing in, commands would pile up instead. A subscriber has as many as rooms.
    ...(!isSubscriber && { commandsQueueMaxLength: MAX_WAITING }),
    socket: {
      ...(isSubscriber && { highWaterMark: RESUBSCRIBE_BYTES }),
      connectTimeout: 3_000,
      reconnectStrategy: (retries) => Math.min(50 * 2 ** Math.min(retries, 10), MAX_RECONNECT_DELAY_MS),
    },
  });
  let isAway = false;
  client.on('error', (error) => {
    if (!isAway) getLog().warn({ err: error }, 'Redis is away');
    isAway = true;
  });
  client.on('ready', () => {
    if (isAway) getLog().info('Redis is back');
    isAway = false;
  });
  // A failed first attempt is retried by the strategy and reported by the listener above.
  client.connect().catch(() => {});
  return client;
}

const redisSingleton = defineSingleton('redis', () => makeClient(String(getEnv().REDIS_URL)));
const pubSubSingleton = defineSingleton('pubSub', () => makePubSub(String(getEnv().REDIS_URL)));

/** The process's Redis connection for commands; null when REDIS_URL is unset. It reconnects by itself. */
export function getRedis(): Redis | null {
  return getEnv().REDIS_URL ? redisSingleton.get() : null;
}

/**
 * Two further connections for events between nodes; null when REDIS_URL is unset. What is subscribed
 * to while Redis is away waits for it, or this node would stay deaf to that room; what is published
 * is dropped.
 */
export function getPubSub(): PubSub | null {
  return getEnv().REDIS_URL ? pubSubSingleton.get() : null;
}

type PubSub = {
  publisher: Redis;
  subscriber: Redis;
  /** Subscriptions that Redis has not yet confirmed. */
  pending: Set<Promise<void>>;
};

function makePubSub(url: string): PubSub {
  const pending = new Set<Promise<void>>();
  return { publisher: makeClient(url), subscriber: makeSubscriber(url, pending), pending };
}

type Listener = (...args: never[]) => unknown;
type Subscribing = Record<
  'sSubscribe' | 'sUnsubscribe',
  (channel: string, listener?: Listener, returnBuffers?: boolean) => Promise<void>
>;

/**
 * The subscriber for Socket.IO's adapter. An unsubscription names its listener: without, the client
 * keeps the listener until Redis answers, takes somebody who comes back meanwhile for subscribed, and
 * then forgets them, so that the node would be deaf to that room. So it would be where the connection breaks
 * between a subscription and its answer, which is asked for again. What waits in its queue when the process
 * stops is given up, which nobody needs to hear of.
 */
function makeSubscriber(url: string, pending: Set<Promise<void>>): Redis {
  const client = makeClient(url, true);
  const { sSubscribe, sUnsubscribe } = client as unknown as Subscribing;
  const listeners = new Map<string, Listener>();
  const giveUp = (error: unknown) => getLog().debug({ err: error }, 'subscription given up');
  const subscribe: Subscribing['sSubscribe'] = (channel, listener, returnBuffers) => {
    const isWanted = () => client.isOpen && listeners.get(channel) === listener;
    const attempt = async (count: number) => {
      if (count === 1 || isWanted()) await sSubscribe.call(client, channel, listener, returnBuffers);
    };
    return pRetry(attempt, { ...RESUBSCRIBE, shouldRetry: isWanted }).catch(giveUp);
  };
  Object.assign(client, {
    sSubscribe(channel: string, listener: Listener, returnBuffers?: boolean) {
      listeners.set(channel, listener);
      const done = subscribe(channel, listener, returnBuffers);
      pending.add(done);
      return done.finally(() => pending.delete(done));
    },
    sUnsubscribe(channel: string) {
      const listener = listeners.get(channel);
      listeners.delete(channel);
      // The adapter takes its messages as buffers, and it must be named as it was given.
      return sUnsubscribe.call(client, channel, listener, true).catch(giveUp);
    },
  });
  return client;
}

/** Resolves when what this process has subscribed to so far is confirmed; at once while Redis is away. */
export async function subscriptionsStand(): Promise<void> {
  const pending = getPubSub()?.pending;
  if (!pending?.size || !isPubSubReady()) return;
  await pTimeout(Promise.all(pending), { milliseconds: SUBSCRIBE_LIMIT_MS, message: false });
}

/** True while events of this node reach the others and theirs reach it. */
export function isPubSubReady(): boolean {
  const clients = getPubSub();
  return !clients || (clients.publisher.isReady && clients.subscriber.isReady);
}

/** Ends the process's connections: each finishes what it has sent; one that is away ends at once. */
export async function closeRedis(): Promise<void> {
  const clients = getPubSub();
  if (!clients) return;
  await Promise.all([clients.publisher, clients.subscriber, getRedis()].map(closeClient));
  redisSingleton.clear();
  pubSubSingleton.clear();
}

async function closeClient(client: Redis | null): Promise<void> {
  if (!client?.isOpen) return;
  if (client.isReady) await client.close().catch(() => {});
  if (client.isOpen) client.destroy();
}
