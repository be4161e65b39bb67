import { expect, vi } from 'vitest';
import { getRedis } from '#lib/runtime/redis.ts';

/**
 * Resolves when this process's Redis answers, or none is configured. Until then the process counts limits for
 * itself, and a count would be split in two.
 */
export async function redisIsReady(): Promise<void> {
  await vi.waitFor(() => expect(getRedis()?.isReady ?? true).toBe(true), 20_000);
}
