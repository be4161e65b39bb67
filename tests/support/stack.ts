import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { TestProject } from 'vitest/node';
import { startEmbedded } from '#db/embedded.ts';
import { findPostgresBin, findRedisBin, startPostgres, startRedis } from './private-servers.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** A PostgreSQL on which tests make databases of their own. */
    databaseUrl: string;
    /** Set on the stack `servers`. */
    redisUrl: string | undefined;
  }
}

/** Vitest's global set-up: starts what the chosen stack consists of and tells the tests where it is. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const stack = process.env.DANDUL_TEST_STACK ?? 'embedded';
  if (stack === 'embedded') {
    const folder = mkdtempSync(path.join(os.tmpdir(), 'dandul-test-'));
    const embedded = await startEmbedded(folder);
    project.provide('databaseUrl', embedded.url);
    project.provide('redisUrl', undefined);
    return async () => {
      await embedded.stop();
      rmSync(folder, { recursive: true, force: true });
    };
  }
  const postgresBin = findPostgresBin();
  const redisBin = findRedisBin();
  if (!postgresBin || !redisBin) {
    throw new Error(
      'DANDUL_TEST_STACK=servers needs postgresql (15 or newer) and redis-server on this machine',
    );
  }
  const [postgres, redis] = await Promise.all([startPostgres(postgresBin), startRedis(redisBin)]);
  project.provide('databaseUrl', postgres.url);
  project.provide('redisUrl', redis.url);
  return async () => {
    await Promise.all([postgres.stop(), redis.stop()]);
  };
}
