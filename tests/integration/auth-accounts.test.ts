import { randomUUID } from 'node:crypto';
import { hash, verify } from '@node-rs/argon2';
import { beforeEach, expect, test, vi } from 'vitest';
import { getPool } from '#db/client.ts';
import { signUp } from '#lib/auth/accounts/sign-up.ts';
import { refuseFields } from '#lib/auth/forms/form-state.ts';
import { checkLogin } from '#lib/auth/login/check-login.ts';
import { findLiveSession } from '#lib/auth/sessions/sessions.ts';
import { setUpDatabase } from '../support/database.ts';

vi.mock('@node-rs/argon2', async (load) => {
  const real = await load<typeof import('@node-rs/argon2')>();
  return { ...real, hash: vi.fn(real.hash), verify: vi.fn(real.verify) };
});

// No mail is under test: without a queue, signing up works and only logs that none was sent.
await setUpDatabase({ LOG_LEVEL: 'silent' });

const PASSWORD = 'quiet-paper-71';
const origin = { ip: '127.0.0.1', ipKey: '127.0.0.1', userAgent: 'tests', deviceId: null };

beforeEach(() => {
  vi.mocked(hash).mockClear();
  vi.mocked(verify).mockClear();
});

const register = (person: { username?: string; email?: string; password?: string }) => {
  const filled = {
    username: `n_${randomUUID().slice(0, 8)}`,
    email: `${randomUUID()}@example.com`,
    password: PASSWORD,
    ...person,
  };
  return signUp({ ...filled, confirmPassword: filled.password }, 'ko');
};

test('of two who take the same name at once, whatever its case and width, one gets it', async () => {
  const name = `twin_${randomUUID().slice(0, 8)}`;
  const spellings = [name, name.toUpperCase(), name.replace('t', 'ｔ'), name.replace('w', 'Ｗ')];
  const results = await Promise.all(spellings.map((username) => register({ username })));
  expect(results.filter(({ ok }) => ok)).toHaveLength(1);
  for (const result of results) {
    if (!result.ok) expect(result.error.fields).toEqual({ username: 'usernameTaken' });
  }
  const { rows } = await getPool().query('select count(*)::int as count from users where username_key = $1', [
    name,
  ]);
  expect(rows[0].count).toBe(1);
});

test('of two who take the same address at once, one gets it', async () => {
  const email = `${randomUUID()}@example.com`;
  const results = await Promise.all([register({ email }), register({ email: email.toUpperCase() })]);
  expect(results.filter(({ ok }) => ok)).toHaveLength(1);
  expect(results.find(({ ok }) => !ok)).toEqual(refuseFields({ email: 'emailTaken' }));
});

test('a refused sign-up tells everything at once and makes nothing', async () => {
  const taken = await register({ username: `taken_${randomUUID().slice(0, 8)}` });
  if (!taken.ok) throw new Error('not signed up');
  expect(await register({ username: taken.value.username, email: 'nowhere', password: 'password1' })).toEqual(
    refuseFields({ username: 'usernameTaken', email: 'emailInvalid', password: 'passwordCommon' }),
  );
});

test('login takes the name or the address in any case, and gives each login its session', async () => {
  const email = `${randomUUID()}@example.com`;
  const person = await register({ username: `민지_${randomUUID().slice(0, 8)}`, email });
  if (!person.ok) throw new Error('not signed up');
  const sessions = new Set<string>();
  const identifiers = [
    person.value.username,
    person.value.username.normalize('NFD'),
    ` ${email.toUpperCase()} `,
    // As a wide keyboard types it, which signing up takes too.
    email.replace('@', '＠').replace('.', '．'),
  ];
  for (const identifier of identifiers) {
    const result = await checkLogin({ identifier, password: PASSWORD }, origin);
    if (result.kind !== 'ok') throw new Error(`refused: ${identifier}`);
    expect(await findLiveSession(result.sessionId)).toMatchObject({ userId: person.value.userId });
    sessions.add(result.sessionId);
  }
  expect(sessions.size).toBe(identifiers.length);
});

test('an unknown person costs one hash like a wrong password, and is answered alike', async () => {
  const person = await register({});
  if (!person.ok) throw new Error('not signed up');
  // The hash that stands in for a missing one is made once, at the first login.
  await checkLogin({ identifier: 'warming-up', password: 'x' }, origin);
  vi.mocked(hash).mockClear();
  vi.mocked(verify).mockClear();
  const answers = [];
  for (const identifier of [person.value.username, randomUUID(), `${randomUUID()}@example.com`]) {
    answers.push(await checkLogin({ identifier, password: 'wrong-paper-17' }, origin));
  }
  expect(answers).toEqual(Array(3).fill({ kind: 'refused' }));
  expect(hash).not.toHaveBeenCalled();
  expect(verify).toHaveBeenCalledTimes(3);
  const parameters = vi.mocked(verify).mock.calls.map(([stored]) => String(stored).split('$').slice(0, 4));
  expect(new Set(parameters.map(String)).size).toBe(1);
});

test('input that no form sends is refused without a hash', async () => {
  vi.mocked(verify).mockClear();
  for (const input of [null, 'x', {}, { identifier: 'a' }, { identifier: 'a', password: 'x'.repeat(2000) }]) {
    expect(await checkLogin(input, origin)).toEqual({ kind: 'refused' });
  }
  expect(verify).not.toHaveBeenCalled();
  for (const input of [null, 'x', {}]) {
    expect(await signUp(input, 'ko')).toMatchObject({ ok: false });
  }
});
