import { randomUUID } from 'node:crypto';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { drizzle } from 'drizzle-orm/node-postgres';
import { migrate } from 'drizzle-orm/node-postgres/migrator';
import { v7 as uuidv7 } from 'uuid';
import { expect, onTestFinished, test } from 'vitest';
import { getPool } from '#db/client.ts';
import { migrateDatabase } from '#db/migrate.ts';
import { signUp } from '#lib/auth/accounts/sign-up.ts';
import { refuseFields } from '#lib/auth/forms/form-state.ts';
import { checkLogin } from '#lib/auth/login/check-login.ts';
import { hashPassword } from '#lib/auth/passwords/passwords.ts';
import { foldUsername } from '#lib/text/fold.ts';
import { peopleKeys } from '#lib/text/people-keys.ts';
import { toSkeleton } from '#lib/text/skeleton.ts';
import { setUpDatabase } from '../support/database.ts';

// No mail is under test: without a queue, signing up works and only logs that none was sent.
const { url } = await setUpDatabase({ LOG_LEVEL: 'silent' });

const PASSWORD = 'quiet-paper-71';
const register = (username: string, email = `${randomUUID()}@example.com`) =>
  signUp({ username, email, password: PASSWORD, confirmPassword: PASSWORD }, 'ko');
const unique = (name: string) => `${name}_${randomUUID().slice(0, 8)}`;

test('a name that looks like a taken one is refused, also when both are asked for at once', async () => {
  const name = unique('paul');
  expect(await register(name)).toMatchObject({ ok: true });
  for (const alike of [name.replace('l', 'I'), name.replace('l', '1')]) {
    expect(await register(alike)).toEqual(refuseFields({ username: 'usernameAlike' }));
  }
  expect(await register(name.toUpperCase())).toEqual(refuseFields({ username: 'usernameTaken' }));

  const twin = unique('modern');
  const results = await Promise.all([register(twin), register(twin.replace('m', 'rn'))]);
  expect(results.filter(({ ok }) => ok)).toHaveLength(1);
  expect(results).toContainEqual(refuseFields({ username: 'usernameAlike' }));
});

test('mixed scripts and names of those who run the product are refused beside the other faults', async () => {
  expect(await register('аdam_kim', 'nowhere')).toEqual(
    refuseFields({ username: 'usernameScripts', email: 'emailInvalid' }),
  );
  expect(await register('운영자_')).toEqual(refuseFields({ username: 'usernameReserved' }));
});

test('an address of an internationalised domain is one account, however it is typed', async () => {
  const local = unique('a');
  const person = await register(unique('idn'), `${local}@예시.한국`);
  expect(person).toMatchObject({ ok: true });
  expect(await register(unique('idn'), `${local}@xn--vv4b11d.XN--3E0B707E`)).toEqual(
    refuseFields({ email: 'emailTaken' }),
  );
  const { rows } = await getPool().query('select email from users where id = $1', [
    person.ok ? person.value.userId : '',
  ]);
  expect(rows[0].email).toBe(`${local}@xn--vv4b11d.xn--3e0b707e`);
  const origin = { ip: null, ipKey: 'tests', userAgent: null, deviceId: null };
  expect(await checkLogin({ identifier: `${local}@예시.한국`, password: PASSWORD }, origin)).toMatchObject({
    kind: 'ok',
  });
});

/** A database as the first release left it. */
async function migrateToFirst(): Promise<void> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'dandul-first-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  cpSync(path.join(import.meta.dirname, '../../db/migrations'), folder, { recursive: true });
  const journal = path.join(folder, 'meta/_journal.json');
  const { entries, ...rest } = JSON.parse(readFileSync(journal, 'utf8'));
  writeFileSync(journal, JSON.stringify({ ...rest, entries: entries.slice(0, 1) }));
  await getPool().query('drop schema public cascade; drop schema drizzle cascade; create schema public');
  await migrate(drizzle(getPool()), { migrationsFolder: folder });
}

test('an upgrade keeps every account, its name and its login; of old names that look alike the oldest counts', async () => {
  await migrateToFirst();
  const passwordHash = await hashPassword(PASSWORD);
  for (const name of ['paul_kim', 'pauI_kim', 'admin', 'аdam']) {
    await getPool().query(
      `insert into users (id, username, username_key, search_keys, email, email_key, password_hash, locale)
       values ($1, $2, $3, $4, $6, $6, $5, 'ko')`,
      [uuidv7(), name, foldUsername(name), peopleKeys(name), passwordHash, `${randomUUID()}@example.com`],
    );
  }
  await Promise.all([migrateDatabase(url), migrateDatabase(url)]);
  await migrateDatabase(url);
  const { rows } = await getPool().query(
    'select username, username_skeleton as skeleton from users order by id',
  );
  expect(rows.map(({ skeleton }) => skeleton)).toEqual([
    toSkeleton('paul_kim'),
    null,
    toSkeleton('admin'),
    toSkeleton('аdam'),
  ]);
  const origin = { ip: null, ipKey: 'tests', userAgent: null, deviceId: null };
  for (const { username } of rows) {
    expect(await checkLogin({ identifier: username, password: PASSWORD }, origin)).toMatchObject({
      kind: 'ok',
    });
  }
  expect(await register('pau1_kim')).toEqual(refuseFields({ username: 'usernameAlike' }));
});
