import { createClient } from 'redis';
import { getEnv } from './env.ts';
import { getLog } from './log.ts';
import { memo } from './memo.ts';

export type Redis = ReturnType<typeof makeClient>;

const MAX_RECONNECT_DELAY_MS = 2_000;

function makeClient(url: string, queuesOffline = false) {
  const client = createClient({
    url,
    // A request must not wait for a Redis that is away; callers have a way without it.
    disableOfflineQueue: !queuesOffline,
    socket: {
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

/** The process's Redis connection for commands; null when REDIS_URL is unset. It reconnects by itself. */
export function getRedis(): Redis | null {
  const url = getEnv().REDIS_URL;
  return url ? memo('redis', () => makeClient(url)) : null;
}

/**
 * Two further connections for events between nodes; the caller ends them. What is subscribed to while
 * Redis is away waits for it, or this node would stay deaf to that room; what is published is dropped.
 */
export function makePubSub(): { publisher: Redis; subscriber: Redis } | null {
  const url = getEnv().REDIS_URL;
  return url ? { publisher: makeClient(url), subscriber: makeClient(url, true) } : null;
}

/** Lets a connection finish what it has sent, then ends it; one that is away is ended at once. */
export async function closeRedis(client: Redis | null): Promise<void> {
  if (!client?.isOpen) return;
  if (client.isReady) await client.close().catch(() => {});
  if (client.isOpen) client.destroy();
}
