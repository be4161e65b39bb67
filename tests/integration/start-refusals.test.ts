import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { afterAll, expect, inject, onTestFinished, test } from 'vitest';
import { migrateDatabase } from '#db/migrate.ts';
import { makeDatabase } from '../support/database.ts';
import { runServer } from '../support/run-server.ts';

const folder = mkdtempSync(path.join(os.tmpdir(), 'dandul-refusal-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const AUTH_SECRET = 'x'.repeat(40);
const databaseAt = (change: (url: URL) => void) => {
  const url = new URL(inject('databaseUrl'));
  change(url);
  return url.href;
};

async function expectRefusal(env: Record<string, string>, ...says: RegExp[]) {
  const { code, lines } = await runServer({ DATA_DIR: path.join(folder, 'data'), ...env });
  expect(code).toBe(1);
  expect(lines).toHaveLength(1);
  expect(lines[0]).toMatch(/^Dandul cannot start\. /);
  for (const what of says) expect(lines[0]).toMatch(what);
}

test('a short AUTH_SECRET is refused with the way to make one', () =>
  expectRefusal({ AUTH_SECRET: 'short' }, /AUTH_SECRET: .*32 characters.*openssl rand/));

test('DATABASE_URL without AUTH_SECRET is refused with the way to make one', () =>
  expectRefusal({ DATABASE_URL: inject('databaseUrl'), AUTH_SECRET: '' }, /AUTH_SECRET: .*openssl rand/));

test('a port in use is refused with another port to try', async () => {
  const holder = createServer().listen(0, '127.0.0.1');
  await once(holder, 'listening');
  const { port } = holder.address() as AddressInfo;
  await expectRefusal({ PORT: String(port) }, new RegExp(`Port ${port} is in use`), /PORT=\d+ npm start/);
  holder.close();
});

test('an address that this machine does not have is refused', () =>
  expectRefusal({ HOST: '203.0.113.1' }, /HOST: 203\.0\.113\.1 is no address of this machine/));

test('a DATA_DIR that cannot be written is refused', () =>
  expectRefusal(
    { DATA_DIR: '/proc/dandul' },
    /DATA_DIR: \/proc\/dandul cannot be written/,
    /another folder/,
  ));

test('a DATA_DIR that is a file is refused', async () => {
  const file = path.join(folder, 'file');
  writeFileSync(file, '');
  await expectRefusal({ DATA_DIR: file }, /DATA_DIR: .*is not a folder/);
});

test('a damaged secret in DATA_DIR is not used', async () => {
  const dataDir = mkdtempSync(path.join(folder, 'damaged-'));
  writeFileSync(path.join(dataDir, 'auth-secret'), 'cut off');
  await expectRefusal(
    { DATA_DIR: dataDir, AUTH_SECRET: '' },
    /auth-secret is damaged: restore it .* or delete it/,
  );
});

test('a DATABASE_URL that is none is refused with an example', () =>
  expectRefusal(
    { DATABASE_URL: 'mysql://localhost/x', AUTH_SECRET },
    /DATABASE_URL: must look like postgres:/,
  ));

test('a DATABASE_URL where nobody listens is refused', async () => {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, 'close');
  const url = `postgres://dandul:secret-word@127.0.0.1:${port}/dandul`;
  await expectRefusal(
    { DATABASE_URL: url, AUTH_SECRET },
    /DATABASE_URL: 127\.0\.0\.1:\d+\/dandul cannot be reached/,
    /^(?!.*secret-word)/,
  );
});

test('a DATABASE_URL of a database that does not exist is refused', () =>
  expectRefusal(
    { DATABASE_URL: databaseAt((url) => (url.pathname = '/nowhere')), AUTH_SECRET },
    /DATABASE_URL: .*no such database.*createdb/,
  ));

test('a database that a newer release has migrated is refused with what to do', async () => {
  const { url, drop } = await makeDatabase();
  onTestFinished(drop);
  await migrateDatabase(url);
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(
    `insert into drizzle.__drizzle_migrations (hash, created_at) values ('of tomorrow', 4102444800000)`,
  );
  await client.end();
  await expectRefusal(
    { DATABASE_URL: url, AUTH_SECRET },
    /changed by a newer release of Dandul.*start that release again, or restore a backup from before it/,
  );
});

test('a DATABASE_URL with an unknown user is refused', () =>
  expectRefusal(
    { DATABASE_URL: databaseAt((url) => (url.username = 'stranger')), AUTH_SECRET },
    /DATABASE_URL: .*refuses the user or password/,
  ));
