import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { startEmbedded } from '#db/embedded.ts';
import { migrateDatabase } from '#db/migrate.ts';
import { startMailServer } from '../../tests/faults/mail-server.ts';
import {
  findPostgresBin,
  findRedisBin,
  startPostgres,
  startRedis,
} from '../../tests/support/private-servers.ts';
import { TEST_SECRET } from '../../tests/support/secret.ts';
import { startServer, type TestServer } from '../../tests/support/server.ts';

/** A migrated database of a scenario's own. */
export type BenchDatabase = { url: string; pool: pg.Pool };

/** The servers of one run: PostgreSQL (fsync on), Redis where it is used, and a stand-in for Resend. */
export type World = {
  versions: { postgres: string; redis: string };
  /** Mails that the stand-in took, a repeat of one not counted. */
  countMails(): number;
  createDatabase(): Promise<BenchDatabase>;
  /** Starts the production build on a database, its mails going to the stand-in. */
  startNode(database: BenchDatabase, env?: Record<string, string>): Promise<TestServer>;
  stop(): Promise<void>;
};

/** Which PostgreSQL and whether Redis: `servers` of this machine, or what `npm start` has by itself. */
export type StackName = 'servers' | 'embedded';

/** @throws when `servers` is asked for and PostgreSQL or Redis is not on this machine. */
export async function startWorld(stack: StackName): Promise<World> {
  const { url, redisUrl, stop } = await (stack === 'servers' ? startServers() : startOwn());
  const admin = new pg.Pool({ connectionString: url, max: 1 });
  admin.on('error', () => {});
  const pools: pg.Pool[] = [admin];
  const mail = await startMailServer();
  const [version] = (await admin.query('show server_version')).rows as { server_version: string }[];
  let made = 0;
  return {
    versions: {
      postgres: version?.server_version.split(' ')[0] ?? 'unknown',
      redis: redisUrl ? readRedisVersion() : 'none',
    },
    countMails: () => new Set(mail.seen.map(({ key }) => key)).size,
    async createDatabase() {
      made += 1;
      await admin.query(`create database bench_${made}`);
      const own = new URL(url);
      own.pathname = `/bench_${made}`;
      await migrateDatabase(own.href);
      const pool = new pg.Pool({ connectionString: own.href, max: 4 });
      pool.on('error', () => {});
      pools.push(pool);
      return { url: own.href, pool };
    },
    startNode: (database, env) =>
      startServer({
        DATABASE_URL: database.url,
        REDIS_URL: redisUrl,
        AUTH_SECRET: TEST_SECRET,
        LOG_LEVEL: 'error',
        RESEND_API_KEY: 'bench',
        RESEND_BASE_URL: mail.url,
        ...env,
      }),
    async stop() {
      await Promise.all(pools.map((pool) => pool.end()));
      mail.close();
      await stop();
    },
  };
}

function readRedisVersion(): string {
  const told = execFileSync(findRedisBin() ?? '', ['--version'], { encoding: 'utf8' });
  return /v=(\S+)/.exec(told)?.[1] ?? 'unknown';
}

async function startServers() {
  const [postgresBin, redisBin] = [findPostgresBin(), findRedisBin()];
  if (!postgresBin || !redisBin) {
    throw new Error('needs postgresql (15 or newer) and redis-server on this machine, or --stack embedded');
  }
  const [postgres, redis] = await Promise.all([
    startPostgres(postgresBin, ['fsync=on', 'shared_buffers=1GB', 'max_wal_size=4GB']),
    startRedis(redisBin),
  ]);
  return {
    url: postgres.url,
    redisUrl: redis.url,
    stop: async () => void (await Promise.all([postgres.stop(), redis.stop()])),
  };
}

async function startOwn() {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'dandul-bench-'));
  const embedded = await startEmbedded(folder);
  return {
    url: embedded.url,
    redisUrl: undefined,
    async stop() {
      await embedded.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
