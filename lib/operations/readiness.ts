import pTimeout from 'p-timeout';
import { getPool } from '#db/client.ts';
import { getRedis, isPubSubReady, type Redis } from '#lib/runtime/redis.ts';

/** A load balancer asks every few seconds; a part that is slower than this serves nobody. */
const PATIENCE_MS = 2_000;

export type Readiness = { database: 'ok' | 'unavailable'; redis?: 'ok' | 'unavailable' };

/** Asks the database and, when configured, Redis whether they answer now. Never throws. */
export async function checkReadiness(patienceMs: number = PATIENCE_MS): Promise<Readiness> {
  const redis = getRedis();
  const [database, cache] = await Promise.all([
    answers(() => getPool().query('select 1'), patienceMs),
    redis ? answers(() => askRedis(redis), patienceMs) : undefined,
  ]);
  return cache ? { database, redis: cache } : { database };
}

async function askRedis(redis: Redis): Promise<void> {
  await redis.ping();
  if (!isPubSubReady()) throw new Error('not yet subscribed');
}

async function answers(ask: () => Promise<unknown>, patienceMs: number): Promise<'ok' | 'unavailable'> {
  try {
    await pTimeout(ask(), { milliseconds: patienceMs });
    return 'ok';
  } catch {
    return 'unavailable';
  }
}
