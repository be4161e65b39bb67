import pg from 'pg';
import { dbSingleton, getPool, poolSingleton, setDatabaseUrl } from '#db/client.ts';
import { migrateDatabase } from '#db/migrate.ts';
import {
  findPostgresBin,
  findRedisBin,
  type Running,
  startPostgres,
  startRedis,
} from '../support/private-servers.ts';
import { TEST_SECRET } from '../support/secret.ts';
import { type MailServer, startMailServer } from './mail-server.ts';
import { FaultNode } from './node.ts';
import { startTcpProxy, type TcpProxy } from './tcp-proxy.ts';

/** What a round is played on: running nodes, and a look at their database. */
export type Stage = {
  nodes: FaultNode[];
  /** Every address that a person has had, by user id: mail to any other is a leak. */
  addresses: Map<string, Set<string>>;
  /** The harness's own look at the database. */
  pool: pg.Pool;
  /** A relay for one client: to its home node, or to the other one while that is down. */
  openLine(home: number): Promise<TcpProxy>;
  stop(): Promise<void>;
};

/** Two real nodes, PostgreSQL, Redis behind a line to each node, and a mail service: all to be broken. */
export type World = Stage & {
  postgres: Running;
  redis: Running;
  /** The lines from each node to Redis. */
  redisLines: TcpProxy[];
  mail: MailServer;
};

/** Mails of one conversation go at most this often (seconds), so that a run sees many. */
const MAIL_WINDOW = '1';

/** @throws when PostgreSQL or Redis is not on this machine. */
export async function startWorld(sabotage = ''): Promise<World> {
  const postgresBin = findPostgresBin();
  const redisBin = findRedisBin();
  if (!postgresBin || !redisBin) throw new Error('needs postgresql (15 or newer) and redis-server');
  const [postgres, redis, mail] = await Promise.all([
    startPostgres(postgresBin),
    startRedis(redisBin),
    startMailServer(),
  ]);
  const redisPort = Number(new URL(redis.url).port);
  const redisLines = await Promise.all([0, 1].map(() => startTcpProxy(() => redisPort)));
  await migrateDatabase(postgres.url);
  const nodes = redisLines.map(
    (line) =>
      new FaultNode({
        DATABASE_URL: postgres.url,
        REDIS_URL: `redis://127.0.0.1:${line.port}`,
        AUTH_SECRET: TEST_SECRET,
        RATE_LIMITS: 'off',
        RESEND_API_KEY: 'faults',
        RESEND_BASE_URL: mail.url,
        EMAIL_WINDOW_SECONDS: MAIL_WINDOW,
        FAULTS_SABOTAGE: sabotage,
      }),
  );
  await Promise.all(nodes.map((node) => node.start()));
  const stage = makeStage(nodes, postgres.url);
  return {
    ...stage,
    postgres,
    redis,
    redisLines,
    mail,
    async stop() {
      await stage.stop();
      for (const line of redisLines) line.close();
      await redis.stop();
      await postgres.stop();
      mail.close();
    },
  };
}

/** Nodes that run already, with the lines to them. */
export function makeStage(nodes: FaultNode[], databaseUrl: string): Stage {
  const pool = new pg.Pool({ connectionString: databaseUrl, max: 2 });
  pool.on('error', () => {});
  // For what the harness itself does through the product's code: adding people.
  Object.assign(process.env, { DATABASE_URL: databaseUrl, AUTH_SECRET: TEST_SECRET, LOG_LEVEL: 'fatal' });
  setDatabaseUrl(databaseUrl);
  const lines: TcpProxy[] = [];
  return {
    nodes,
    addresses: new Map(),
    pool,
    async openLine(home) {
      const line = await startTcpProxy(() => {
        const node = nodes[home]?.isUp ? nodes[home] : nodes.find(({ isUp }) => isUp);
        return node?.port ?? 1;
      });
      lines.push(line);
      return line;
    },
    async stop() {
      for (const line of lines) line.close();
      await Promise.all(nodes.map((node) => node.remove()));
      await Promise.all([pool.end(), getPool().end()]);
      for (const singleton of [poolSingleton, dbSingleton]) singleton.clear();
    },
  };
}
