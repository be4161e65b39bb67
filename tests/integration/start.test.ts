import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findEmbedded } from '#db/embedded.ts';
import { startProcess, stopProcess } from '../support/processes.ts';
import { runServer } from '../support/run-server.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const dataDir = mkdtempSync(path.join(os.tmpdir(), 'dandul-start-'));
afterAll(() => rmSync(dataDir, { recursive: true, force: true }));

const start = async () => {
  const started = await startProcess({
    command: [process.execPath, 'server.ts'],
    cwd: root,
    ready: /Dandul is ready at (http:\/\/localhost:\d+)/,
    env: {
      NODE_ENV: 'production',
      HOST: '127.0.0.1',
      PORT: '0',
      DATA_DIR: dataDir,
      DATABASE_URL: '',
      REDIS_URL: '',
      APP_URL: '',
      AUTH_SECRET: '',
    },
  });
  return { ...started, url: started.match[1] as string };
};

/** Asks the embedded database of the running server. */
async function ask(text: string) {
  const client = new pg.Client({ connectionString: findEmbedded(dataDir) });
  await client.connect();
  try {
    return (await client.query(text)).rows;
  } finally {
    await client.end();
  }
}

describe('a server on its own data', () => {
  let server: Awaited<ReturnType<typeof start>>;
  beforeAll(async () => {
    server = await start();
  }, 120_000);
  afterAll(() => stopProcess(server.child));

  test('says where it is and where mails are kept', async () => {
    expect(server.output()).toContain(`${server.url}/dev/mailbox`);
    expect(await (await fetch(`${server.url}/api/health`)).json()).toEqual({ status: 'ok' });
    expect(await (await fetch(`${server.url}/api/ready`)).json()).toEqual({ status: 'ok', database: 'ok' });
  });

  test('shows its mailbox under its own names and no other, whoever’s name leads here', async () => {
    const { port } = new URL(server.url);
    const open = (host: string, path: string) =>
      new Promise<number | undefined>((resolve, reject) => {
        const options = { port, host: '127.0.0.1', path, headers: { host } };
        request(options, (answer) => resolve(answer.resume().statusCode))
          .once('error', reject)
          .end();
      });
    for (const path of ['/dev/mailbox', '/dev/mailbox?_rsc=1']) {
      expect(await open(`localhost:${port}`, path)).toBe(200);
      expect(await open(`127.0.0.1:${port}`, path)).toBe(200);
      for (const host of [`attacker.example:${port}`, 'attacker.example', 'localhost.attacker.example']) {
        expect(await open(host, path)).toBe(404);
      }
    }
  });

  test('shows a mail of which nothing is left as damaged', async () => {
    const name = '20260301T093015250Z-0195f1de-0000-7000-8000-000000000000.eml';
    const mailbox = path.join(dataDir, 'mailbox');
    mkdirSync(mailbox, { recursive: true });
    writeFileSync(path.join(mailbox, name), '\0'.repeat(500));
    for (const address of ['/dev/mailbox', `/dev/mailbox/${name}`]) {
      const answer = await fetch(`${server.url}${address}`);
      expect(answer.status).toBe(200);
      expect(await answer.text()).toContain('(damaged email)');
    }
    rmSync(path.join(mailbox, name));
  });

  test('keeps its secrets for its own user only', () => {
    for (const name of ['auth-secret', 'postgres-password']) {
      const file = path.join(dataDir, name);
      expect(statSync(file).mode & 0o777).toBe(0o600);
      expect(readFileSync(file, 'utf8').trim().length).toBeGreaterThanOrEqual(32);
    }
  });

  test('writes through to the disk and listens on the loopback only', async () => {
    expect(await ask('show fsync')).toEqual([{ fsync: 'on' }]);
    expect(await ask('show listen_addresses')).toEqual([{ listen_addresses: '127.0.0.1' }]);
    expect(await ask('show server_encoding')).toEqual([{ server_encoding: 'UTF8' }]);
  });

  test('refuses a second server on the same data in one line', async () => {
    const { code, lines } = await runServer({ DATA_DIR: dataDir, DATABASE_URL: '', AUTH_SECRET: '' });
    expect(code).toBe(1);
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(new RegExp(`in use by another Dandul \\(process ${server.child.pid}\\)`));
  });

  test('comes back with its data and secret after it was killed', async () => {
    const secret = readFileSync(path.join(dataDir, 'auth-secret'), 'utf8');
    await ask('create table kept (word text)');
    await ask(`insert into kept values ('단둘')`);
    await stopProcess(server.child, 'SIGKILL');

    server = await start();
    expect(await ask('select word from kept')).toEqual([{ word: '단둘' }]);
    expect(readFileSync(path.join(dataDir, 'auth-secret'), 'utf8')).toBe(secret);
  }, 60_000);

  test('serves again after its database was killed', async () => {
    const pid = Number(readFileSync(path.join(dataDir, 'postgres', 'postmaster.pid'), 'utf8').split('\n')[0]);
    process.kill(pid, 'SIGKILL');
    await expect
      .poll(async () => (await fetch(`${server.url}/api/ready`)).json(), { timeout: 20_000 })
      .toEqual({ status: 'ok', database: 'ok' });
    expect(await ask('select word from kept')).toEqual([{ word: '단둘' }]);
  }, 30_000);

  test('stops with its database on SIGINT, and exits 0', async () => {
    await stopProcess(server.child, 'SIGINT');
    expect(server.child.exitCode).toBe(0);
    expect(findEmbedded(dataDir)).toBeUndefined();
    expect(readdirSync(path.join(dataDir, 'postgres'))).not.toContain('postmaster.pid');
  }, 20_000);
});
