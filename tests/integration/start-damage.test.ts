import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Embedded, startEmbedded } from '#db/embedded.ts';

const dataDir = mkdtempSync(path.join(os.tmpdir(), 'dandul-damage-'));
const inCluster = (name: string) => path.join(dataDir, 'postgres', name);

async function ask(url: string, text: string) {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(text)).rows;
  } finally {
    await client.end();
  }
}

async function whileRunning<T>(use: (embedded: Embedded) => Promise<T>): Promise<T> {
  const embedded = await startEmbedded(dataDir);
  try {
    return await use(embedded);
  } finally {
    await embedded.stop();
  }
}

const expectKept = () =>
  whileRunning(async ({ url }) =>
    expect(await ask(url, 'select word from kept')).toEqual([{ word: '단둘' }]),
  );

beforeAll(() =>
  whileRunning(async ({ url }) => {
    await ask(url, 'create table kept (word text)');
    await ask(url, `insert into kept values ('단둘')`);
  }),
);
afterAll(() => rmSync(dataDir, { recursive: true, force: true }));

const zeros = (count: number) => '\0'.repeat(count);
/** A process that has nothing to do with the database and outlives the tests. */
const stranger = process.ppid;

describe.each([
  ['empty', () => ''],
  ['zero-filled', () => zeros(90)],
  ['nothing but a line end', () => '\n'],
  ['garbage', () => 'x�\n\nnot a number'],
  ['cut off in the number, which is now that of process 1', () => '1'],
  ['of a stranger, whose number is all that is there', () => `${stranger}`],
  ['of a stranger, whole', () => `${stranger}\n${inCluster('')}\n1700000000\n5999\n\n127.0.0.1\n\nready\n`],
  ['of a stranger, zero-filled after the number', () => `${stranger}\n${zeros(60)}`],
  [
    'of a process that is gone',
    () => `4194303\n${inCluster('')}\n1700000000\n5999\n\n127.0.0.1\n 1 2\nready\n`,
  ],
  ['of PostgreSQL alone with one user, which is gone', () => '-4194303\n'],
])('a postmaster.pid that is %s', (_, make) => {
  test('keeps nobody from the data', async () => {
    writeFileSync(inCluster('postmaster.pid'), make());
    await expectKept();
  });
});

test('a broken postmaster.pid of a database that runs starts no second one', async () => {
  await whileRunning(async ({ url }) => {
    const file = inCluster('postmaster.pid');
    const whole = readFileSync(file);
    const log = path.join(dataDir, 'postgres.log');
    const before = readFileSync(log, 'utf8').length;
    truncateSync(file);
    const second = startEmbedded(dataDir);
    second.catch(() => {});
    // PostgreSQL itself says why the second one does not start.
    await expect.poll(() => readFileSync(log, 'utf8').slice(before)).toMatch(/lock file .* is empty/);
    expect(existsSync(file)).toBe(true);
    expect(await ask(url, 'select word from kept')).toEqual([{ word: '단둘' }]);
    writeFileSync(file, whole);
    await expect(second).rejects.toThrow(/in use by another Dandul/);
  });
});

describe.each([
  ['gone', (file: string) => rmSync(file)],
  ['empty', (file: string) => truncateSync(file)],
  ['zero-filled', (file: string) => writeFileSync(file, zeros(45))],
  ['half written', (file: string) => truncateSync(file, 40)],
  ['that of another database', (file: string) => writeFileSync(file, `${'x'.repeat(44)}\n`)],
])('a password that is %s', (_, damage) => {
  test('is set anew, and fits from then on', async () => {
    const file = path.join(dataDir, 'postgres-password');
    damage(file);
    await expectKept();
    const made = readFileSync(file, 'utf8');
    await expectKept();
    expect(readFileSync(file, 'utf8')).toBe(made);
  });
});

test('a password that is lost while the database serves another is not set anew', async () => {
  await whileRunning(async ({ url }) => {
    const file = path.join(dataDir, 'postgres-password');
    const whole = readFileSync(file);
    truncateSync(file);
    await expect(startEmbedded(dataDir)).rejects.toThrow(
      /runs with another password .*\(process \d+\): stop the Dandul/,
    );
    expect(await ask(url, 'select word from kept')).toEqual([{ word: '단둘' }]);
    writeFileSync(file, whole);
  });
  await expectKept();
});

describe.each(['PG_VERSION', 'base/5/PG_VERSION'])('%s', (name) => {
  test.each([
    ['gone', (file: string) => rmSync(file)],
    ['empty', (file: string) => truncateSync(file)],
    ['zero-filled', (file: string) => writeFileSync(file, zeros(3))],
    ['half written', (file: string) => truncateSync(file, 1)],
  ])('%s is written anew from another copy', async (_, damage) => {
    damage(inCluster(name));
    await expectKept();
  });
});

describe.each(['postgresql.conf', 'postgresql.auto.conf', 'pg_hba.conf'])('%s', (name) => {
  test.each([
    ['gone', (file: string) => rmSync(file)],
    ['empty', (file: string) => writeFileSync(file, '')],
    ['zero-filled', (file: string) => writeFileSync(file, zeros(500))],
    ['half written', (file: string) => writeFileSync(file, "host all all\ndatestyle = 'iso, m")],
  ])('%s does without', async (_, damage) => {
    damage(inCluster(name));
    await expectKept();
  });
});

describe('pg_control', () => {
  test.each([
    ['gone', (file: string) => rmSync(file)],
    ['empty', (file: string) => truncateSync(file)],
    ['zero-filled', (file: string) => writeFileSync(file, zeros(8192))],
    ['half written', (file: string) => truncateSync(file, 100)],
  ])('%s is refused with what to do, and nothing is changed', async (_, damage) => {
    const file = inCluster('global/pg_control');
    const whole = readFileSync(file);
    damage(file);
    const names = readdirSync(inCluster('base'));
    await expect(startEmbedded(dataDir)).rejects.toThrow(/damaged .*restore .* from a backup/);
    expect(readdirSync(inCluster('base'))).toEqual(names);
    writeFileSync(file, whole);
    await expectKept();
  });
});

test('a cluster without any PG_VERSION is refused, never made anew', async () => {
  const files = ['', ...readdirSync(inCluster('base')).map((name) => `base/${name}/`)].map((folder) =>
    inCluster(`${folder}PG_VERSION`),
  );
  for (const file of files) rmSync(file);
  await expect(startEmbedded(dataDir)).rejects.toThrow(/damaged .*restore it from a backup, or move/);
  expect(existsSync(inCluster('global/pg_control'))).toBe(true);
  writeFileSync(files[0] as string, '18\n');
  await expectKept();
});

test('a cluster of another PostgreSQL is refused with what to do', async () => {
  writeFileSync(inCluster('PG_VERSION'), '17\n');
  await expect(startEmbedded(dataDir)).rejects.toThrow(/belongs to PostgreSQL 17.*pg_dump/);
  writeFileSync(inCluster('PG_VERSION'), '18\n');
  await expectKept();
});

describe('a new cluster that was never complete', () => {
  const fresh = () => mkdtempSync(path.join(os.tmpdir(), 'dandul-half-'));

  test.each([
    ['of a process that is gone', () => 4_194_303],
    ['of the same process id, as in a container', () => process.pid],
  ])('%s is made again', async (_, pidOf) => {
    const folder = fresh();
    const half = path.join(folder, `postgres-new-${pidOf()}`);
    mkdirSync(half);
    writeFileSync(path.join(half, 'PG_VERSION'), '18\n');
    writeFileSync(`${half}.password`, '');
    const embedded = await startEmbedded(folder);
    await embedded.stop();
    expect(readdirSync(folder).sort()).toEqual(['postgres', 'postgres-password', 'postgres.log']);
    rmSync(folder, { recursive: true });
  });

  test('of which there is only an empty folder is made', async () => {
    const folder = fresh();
    mkdirSync(path.join(folder, 'postgres'));
    const embedded = await startEmbedded(folder);
    await embedded.stop();
    rmSync(folder, { recursive: true });
  });

  test('a file in its place is refused in plain words', async () => {
    const folder = fresh();
    writeFileSync(path.join(folder, 'postgres'), '');
    await expect(startEmbedded(folder)).rejects.toThrow(/not the folder of a database/);
    rmSync(folder, { recursive: true });
  });
});

test('a log that is zero-filled is written on', async () => {
  writeFileSync(path.join(dataDir, 'postgres.log'), zeros(1_000));
  await expectKept();
});

test('a process that works in the cluster’s folder is waited for, whatever the lock says', async () => {
  writeFileSync(inCluster('postmaster.pid'), '');
  const worker = spawn('sleep', ['600'], { cwd: inCluster('') });
  await once(worker, 'spawn');
  const starting = startEmbedded(dataDir);
  const log = path.join(dataDir, 'postgres.log');
  await expect.poll(() => readFileSync(log, 'utf8')).toMatch(/lock file .* is empty/);
  worker.kill();
  const embedded = await starting;
  await embedded.stop();
});
