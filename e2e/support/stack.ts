import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {
  findPostgresBin,
  findRedisBin,
  startPostgres,
  startRedis,
} from '../../tests/support/private-servers.ts';
import { findFreePort } from '../../tests/support/processes.ts';
import { startServer } from '../../tests/support/server.ts';
import { startMailSink } from './mail-sink.ts';
import { startTlsProxy } from './tls-proxy.ts';

/** Playwright's global set-up: starts the stack and tells the specs where it is by environment. */
export default async function setup(): Promise<() => Promise<void>> {
  const started: (() => Promise<unknown> | unknown)[] = [];
  const stopAll = async () => {
    for (const stop of started.reverse()) await stop();
  };
  try {
    process.env.DANDUL_E2E_URL =
      process.env.DANDUL_E2E_STACK === 'cluster' ? await startCluster(started) : await startLocal(started);
  } catch (error) {
    await stopAll();
    throw error;
  }
  return stopAll;
}

type Stops = (() => Promise<unknown> | unknown)[];

/** One server on its embedded database with the developer mailbox, as `npm start` gives; it also takes replies. */
async function startLocal(started: Stops): Promise<string> {
  const replyPort = String(await findFreePort());
  process.env.DANDUL_E2E_REPLY_PORT = replyPort;
  const server = await startServer({
    DATABASE_URL: undefined,
    REDIS_URL: undefined,
    LOG_LEVEL: 'warn',
    REPLY_DOMAIN: 'reply.example.com',
    REPLY_SMTP_PORT: replyPort,
    REPLY_SMTP_HOST: '127.0.0.1',
    REPLY_TRUSTED_AUTHSERV: 'mx.example.net',
    NODE_OPTIONS: `--import ${new URL('./no-dns.ts', import.meta.url)}`,
  });
  started.push(() => server.stop());
  return server.url;
}

/** Two nodes as docker-compose.yml runs them, with real mail transport, behind TLS. */
async function startCluster(started: Stops): Promise<string> {
  const postgresBin = findPostgresBin();
  const redisBin = findRedisBin();
  if (!postgresBin || !redisBin) throw new Error('the cluster needs postgresql and redis-server');
  const postgres = await startPostgres(postgresBin);
  started.push(() => postgres.stop());
  const redis = await startRedis(redisBin);
  started.push(() => redis.stop());

  const mailFolder = mkdtempSync(path.join(os.tmpdir(), 'dandul-sink-'));
  started.push(() => rmSync(mailFolder, { recursive: true, force: true }));
  const sink = await startMailSink(mailFolder);
  started.push(() => sink.stop());
  process.env.DANDUL_E2E_MAILS = mailFolder;

  const port = await findFreePort();
  const url = `https://localhost:${port}`;
  const env = {
    APP_URL: url,
    AUTH_SECRET: randomBytes(32).toString('base64'),
    DATABASE_URL: postgres.url,
    REDIS_URL: redis.url,
    SMTP_URL: sink.url,
    TRUST_PROXY: '1',
    LOG_LEVEL: 'warn',
  };
  // Both at once on an empty database: the advisory lock lets one migrate.
  const nodes = await Promise.all([startServer(env), startServer(env)]);
  for (const node of nodes) started.push(() => node.stop());
  const proxy = await startTlsProxy(
    port,
    nodes.map((node) => node.url),
  );
  started.push(() => proxy.stop());
  return url;
}
