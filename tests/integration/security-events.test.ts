import { randomInt, randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { getPool } from '#db/client.ts';
import { hashPassword } from '#lib/auth/passwords/passwords.ts';
import { issueToken, type TokenPurpose } from '#lib/auth/tokens.ts';
import { LIMITS } from '#lib/runtime/rate-limit.ts';
import { callAction } from '../support/actions.ts';
import { setUpDatabase } from '../support/database.ts';
import { addPerson, addSession, type Person } from '../support/people.ts';
import { TEST_SECRET } from '../support/secret.ts';
import { startServer, type TestServer } from '../support/server.ts';

const { url: databaseUrl } = await setUpDatabase();
const PASSWORD = 'quiet-paper-71';
const NEW_PASSWORD = 'other-paper-82';
const WRONG = 'my-password-in-the-wrong-field';
const passwordHash = await hashPassword(PASSWORD);

let server: TestServer;
beforeAll(async () => {
  const env = { DATABASE_URL: databaseUrl, AUTH_SECRET: TEST_SECRET, LOG_LEVEL: 'info' };
  server = await startServer({ ...env, RATE_LIMITS: 'on', TRUST_PROXY: '1' });
});
afterAll(() => server.stop());

type Line = { level: number; security: string; outcome: string; userId: string | null; client: string };

const readLines = (): Line[] =>
  server
    .output()
    .split('\n')
    .filter((line) => line.startsWith('{') && line.includes('"security"'))
    .map((line) => JSON.parse(line));

/** All that was typed, mailed or set as a cookie in these tests; nothing of it may be logged. */
const secrets = new Set([PASSWORD, NEW_PASSWORD, WRONG]);

/** An address that no other run has used: on Redis the counts outlive a test file. */
const newClient = () => `10.${randomInt(256)}.${randomInt(256)}.${randomInt(1, 255)}`;

async function addAccount(name: string): Promise<Person> {
  const person = await addPerson(name);
  await getPool().query('update users set password_hash = $2 where id = $1', [person.userId, passwordHash]);
  for (const secret of [person.username, person.email, person.cookie.split('=')[1] ?? ''])
    secrets.add(secret);
  return person;
}

async function makeToken(purpose: TokenPurpose, { userId, email }: Person, address = email): Promise<string> {
  const token = await issueToken(purpose, userId, address);
  secrets.add(token);
  return token;
}

type Fields = Record<string, string>;

/** Calls an action from `client` and returns the lines that this came to. */
async function doOnce(
  action: string,
  form: Fields,
  { cookie, client = newClient() }: { cookie?: string; client?: string } = {},
) {
  const headers = {
    'x-forwarded-for': client,
    'user-agent': 'Mozilla/5.0 (Windows NT 10.0) Chrome/140.0',
    ...(cookie && { cookie }),
  };
  const count = readLines().length;
  await callAction(server.url, action, { form }, headers);
  // Some is done after the answer.
  await expect.poll(() => readLines().length).toBeGreaterThan(count);
  return readLines()
    .slice(count)
    .map(({ security, outcome, userId, client: by }) => ({
      security,
      outcome,
      userId,
      isFrom: by === client,
    }));
}

/** The same again until its limit is reached; the last line that came of it. */
async function doUntilLimited(points: number, action: string, form: Fields, how: { cookie?: string } = {}) {
  const client = newClient();
  for (let tries = 0; tries < points; tries += 1) await doOnce(action, form, { ...how, client });
  return (await doOnce(action, form, { ...how, client })).at(-1);
}

const line = (security: string, outcome: string, person?: { userId: string }) => ({
  security,
  outcome,
  userId: person?.userId ?? null,
  isFrom: true,
});
const newPassword = { password: NEW_PASSWORD, confirmPassword: NEW_PASSWORD };

test('signup', async () => {
  const username = `n${randomUUID().slice(0, 8)}`;
  const form = { username, email: `${username}@example.com`, password: PASSWORD, confirmPassword: PASSWORD };
  for (const typed of [username, form.email]) secrets.add(typed);
  const lines = await doOnce('createAccount', form);
  const { rows } = await getPool().query('select id as "userId" from users where username = $1', [username]);
  expect(lines[0]).toEqual(line('signup', 'ok', rows[0]));
  expect(await doOnce('createAccount', form)).toEqual([line('signup', 'failed')]);
  const { points } = LIMITS.signup;
  expect(await doUntilLimited(points, 'createAccount', form)).toEqual(line('signup', 'limited'));
});

test('login', async () => {
  const person = await addAccount('login');
  const form = { identifier: person.email, password: PASSWORD };
  expect(await doOnce('logIn', form)).toEqual([line('login', 'ok', person)]);
  expect(await doOnce('logIn', { ...form, password: WRONG })).toEqual([line('login', 'failed', person)]);
  expect(await doOnce('logIn', { identifier: WRONG, password: WRONG })).toEqual([line('login', 'failed')]);
  const wrong = { ...form, password: WRONG };
  expect(await doUntilLimited(LIMITS.login.points, 'logIn', wrong)).toEqual(line('login', 'limited', person));
  const target = await addAccount('target');
  const guess = { identifier: target.email, password: WRONG };
  for (let tries = 0; tries < LIMITS.loginAccount.points; tries += 1) await doOnce('logIn', guess);
  expect(await doOnce('logIn', guess)).toEqual([line('login', 'proof', target)]);
});

test('login:link', async () => {
  const person = await addAccount('link');
  const form = { token: await makeToken('login', person) };
  expect(await doOnce('confirmLogin', form)).toEqual([line('login:link', 'ok', person)]);
  expect(await doOnce('confirmLogin', form)).toEqual([line('login:link', 'failed')]);
  const { points } = LIMITS.tokenIp;
  expect(await doUntilLimited(points, 'confirmLogin', form)).toEqual(line('login:link', 'limited'));
});

test('logout and session:end', async () => {
  const person = await addAccount('leaving');
  const other = await addSession(person.userId);
  const { cookie } = person;
  const ending = { sessionId: other.sessionId };
  expect(await doOnce('endSession', ending, { cookie })).toEqual([line('session:end', 'ok', person)]);
  expect(await doOnce('endSession', ending, { cookie })).toEqual([line('session:end', 'failed', person)]);
  expect(await doOnce('logOut', {}, { cookie })).toEqual([line('logout', 'ok', person)]);
});

test('password:change', async () => {
  const person = await addAccount('changing');
  const how = { cookie: person.cookie };
  const form = { currentPassword: WRONG, ...newPassword };
  expect(await doOnce('submitPasswordChange', form, how)).toEqual([
    line('password:change', 'failed', person),
  ]);
  const right = { ...form, currentPassword: PASSWORD };
  expect(await doOnce('submitPasswordChange', right, how)).toEqual([line('password:change', 'ok', person)]);
  const { points } = LIMITS.passwordChange;
  const limited = await doUntilLimited(points, 'submitPasswordChange', form, how);
  expect(limited).toEqual(line('password:change', 'limited', person));
});

test('reset:ask and reset', async () => {
  const person = await addAccount('forgetful');
  const asking = { email: person.email };
  expect(await doOnce('requestReset', asking)).toEqual([line('reset:ask', 'ok', person)]);
  const nobody = { email: `${randomUUID()}@example.com` };
  secrets.add(nobody.email);
  expect(await doOnce('requestReset', nobody)).toEqual([line('reset:ask', 'failed')]);
  const { points } = LIMITS.mailTarget;
  expect(await doUntilLimited(points, 'requestReset', nobody)).toEqual(line('reset:ask', 'limited'));

  const form = { token: await makeToken('reset', person), ...newPassword };
  expect(await doOnce('chooseNewPassword', form)).toEqual([line('reset', 'ok', person)]);
  expect(await doOnce('chooseNewPassword', { ...form, token: WRONG })).toEqual([line('reset', 'failed')]);
  const limited = await doUntilLimited(LIMITS.tokenIp.points, 'chooseNewPassword', { ...form, token: WRONG });
  expect(limited).toEqual(line('reset', 'limited'));
});

test('email:ask, email:change and email:verify', async () => {
  const person = await addAccount('moving');
  const how = { cookie: person.cookie };
  const email = `${randomUUID()}@example.com`;
  secrets.add(email);
  const asking = { email, currentPassword: PASSWORD };
  const wrong = { ...asking, currentPassword: WRONG };
  expect(await doOnce('submitEmailChange', asking, how)).toEqual([line('email:ask', 'ok', person)]);
  expect(await doOnce('submitEmailChange', wrong, how)).toEqual([line('email:ask', 'failed', person)]);
  const { points } = LIMITS.emailChange;
  const limited = await doUntilLimited(points, 'submitEmailChange', wrong, how);
  expect(limited).toEqual(line('email:ask', 'limited', person));

  const change = { change: await makeToken('change', person, email) };
  const verify = { token: await makeToken('verify', await addAccount('new')) };
  expect(await doOnce('confirmEmail', change)).toEqual([line('email:change', 'ok', person)]);
  expect(await doOnce('confirmEmail', verify)).toEqual([
    { ...line('email:verify', 'ok'), userId: expect.any(String) },
  ]);
  for (const [event, form] of [
    ['email:change', change],
    ['email:verify', verify],
  ] as const) {
    expect(await doOnce('confirmEmail', form)).toEqual([line(event, 'failed')]);
    const last = await doUntilLimited(LIMITS.tokenIp.points, 'confirmEmail', form);
    expect(last).toEqual(line(event, 'limited'));
  }
});

test('every event of docs/security-events.md was logged at info, and nothing that is secret', () => {
  const page = readFileSync(path.resolve(import.meta.dirname, '../../docs/security-events.md'), 'utf8');
  const [, , table = ''] = page.split(/^\| .* \|\n\|---\|---\|$/m);
  const named = [...table.matchAll(/^\| (`[^|]+) \|/gm)].flatMap(([, cell = '']) =>
    [...cell.matchAll(/`([^`]+)`/g)].map(([, name]) => name),
  );
  // No action changes a state: person-states.test.ts hears that one.
  const names = named.filter((name) => name !== 'account:state');
  expect(names.length).toBeGreaterThan(8);
  const lines = readLines();
  expect([...new Set(lines.map(({ security }) => security))].toSorted()).toEqual(names.toSorted());
  // pino's number for info.
  expect(new Set(lines.map(({ level }) => level))).toEqual(new Set([30]));
  const fields = ['client', 'device', 'level', 'msg', 'outcome', 'security', 'time', 'userId'];
  for (const one of lines) expect(Object.keys(one).toSorted()).toEqual(fields);
  const logged = server.output();
  for (const secret of secrets) expect(logged.includes(secret), secret).toBe(false);
});
