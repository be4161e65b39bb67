import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { getPool } from '#db/client.ts';
import { checkLogin } from '#lib/auth/login/check-login.ts';
import { hashPassword } from '#lib/auth/passwords/passwords.ts';
import { consumeLimit, LIMITS, resetLimit } from '#lib/runtime/rate-limit.ts';
import { createAccount } from '../../app/(auth)/signup/actions.ts';
import { setUpDatabase } from '../support/database.ts';
import { connectClient, startLive, type TestClient } from '../support/live.ts';
import { addPair, addPerson } from '../support/people.ts';
import { redisIsReady } from '../support/redis.ts';

/** The address that the next action's request comes from. */
let remote = '203.0.113.1';

// What Next gives an action: this request's headers and cookies.
vi.mock('next/headers', () => ({
  headers: async () => new Headers({ 'x-dandul-remote': remote, 'accept-language': 'en' }),
  cookies: async () => ({ get: () => undefined, set: () => undefined }),
}));

// Auth.js loads inside Next only; nobody gets in here.
vi.mock('#lib/auth/login/sign-in.ts', () => ({ signInWithPassword: vi.fn() }));

await setUpDatabase({ RATE_LIMITS: 'on', LOG_LEVEL: 'silent' });

let live: Awaited<ReturnType<typeof startLive>>;
const clients: TestClient[] = [];
beforeAll(async () => {
  live = await startLive();
  await redisIsReady();
});
afterEach(() => {
  for (const client of clients.splice(0)) client.disconnect();
});
afterAll(() => live.close());

const from = (ip: string) => ({ ip, ipKey: ip, userAgent: 'tests', deviceId: null });
/** Somebody with a real password. */
async function addAccount(name: string) {
  const person = await addPerson(name);
  await getPool().query('update users set password_hash = $2 where id = $1', [
    person.userId,
    await hashPassword('quiet-paper-71'),
  ]);
  return person;
}
/** An address that no other run has used: on Redis the counts outlive a test file. */
const newAddress = () => `test-${randomUUID()}`;

test('guessing one account’s password ends soon, says until when, and locks nobody else out', async () => {
  const [person, other] = [await addAccount('target'), await addAccount('other')];
  const origin = from(newAddress());
  const guess = (identifier: string, at = origin) => checkLogin({ identifier, password: 'wrong' }, at);
  for (let i = 0; i < LIMITS.login.points; i += 1)
    expect(await guess(person.username)).toEqual({ kind: 'refused' });
  // Another spelling of the name is the same account.
  const refused = await guess(` ${person.username.toUpperCase()}`);
  expect(refused).toEqual({ kind: 'refused', retryAfterMs: expect.any(Number) });
  const { retryAfterMs = 0 } = refused as { retryAfterMs?: number };
  expect(retryAfterMs).toBeGreaterThan(0);
  expect(retryAfterMs).toBeLessThanOrEqual(LIMITS.login.seconds * 1000);
  // An unknown name is limited alike, so the limit tells nothing.
  const unknown = randomUUID();
  for (let i = 0; i < LIMITS.login.points; i += 1) expect(await guess(unknown)).toEqual({ kind: 'refused' });
  expect(await guess(unknown)).toEqual({ kind: 'refused', retryAfterMs: expect.any(Number) });

  expect(await guess(other.username)).toEqual({ kind: 'refused' });
  expect(await guess(person.username, from(newAddress()))).toEqual({ kind: 'refused' });
  // When the time is over, tries are free again.
  await resetLimit('login', `${origin.ipKey} ${person.userId}`);
  expect(await guess(person.username)).toEqual({ kind: 'refused' });
});

test('tries sent all at once do not slip past the count', async () => {
  const { username } = await addAccount('stormed');
  const origin = from(newAddress());
  const tries = await Promise.all(
    Array.from({ length: LIMITS.login.points + 5 }, () =>
      checkLogin({ identifier: username, password: 'wrong' }, origin),
    ),
  );
  expect(
    tries.filter((result) => result.kind === 'refused' && result.retryAfterMs === undefined),
  ).toHaveLength(LIMITS.login.points);
});

test('sign-up names taken names only so often to one address', async () => {
  remote = newAddress();
  const form = new FormData();
  form.set('username', 'x');
  form.set('password', 'never kept');
  const ask = () => createAccount({}, form);
  for (let i = 0; i < LIMITS.signup.points; i += 1) {
    expect(await ask()).toMatchObject({ errors: { username: 'usernameLength' } });
  }
  const refused = await ask();
  expect(refused).toEqual({ retryAfterMs: expect.any(Number), values: { username: 'x' } });
  expect(refused.retryAfterMs).toBeGreaterThan(0);
  remote = newAddress();
  expect(await ask()).toMatchObject({ errors: { username: 'usernameLength' } });
});

test('a flood of messages is told when to go on; the partner and other people are not slowed', async () => {
  const { first, second, conversationId } = await addPair();
  const [sender, partner] = await Promise.all(
    [first, second].map(({ cookie }) => connectClient(live.url, cookie)),
  );
  if (!sender || !partner) throw new Error('not connected');
  clients.push(sender, partner);
  const send = (client: TestClient, clientId: string) =>
    client.emitWithAck('message:send', { conversationId, clientId, body: 'x' });
  const acks = await Promise.all(
    Array.from({ length: LIMITS.send.points + 3 }, (_, i) => send(sender, `flood-${i}`)),
  );
  const refused = acks.flatMap((ack) => (ack.ok ? [] : [ack.error]));
  expect(acks.length - refused.length).toBe(LIMITS.send.points);
  for (const error of refused) {
    expect(error).toEqual({ code: 'rate_limited', retryAfterMs: expect.any(Number) });
    expect(error.retryAfterMs).toBeGreaterThan(0);
    expect(error.retryAfterMs).toBeLessThanOrEqual(LIMITS.send.seconds * 1000);
  }
  expect(await send(partner, 'answer')).toMatchObject({ ok: true });
  await resetLimit('send', first.userId);
  expect(await send(sender, 'flood-again')).toMatchObject({ ok: true });
});

test('an allowance comes back by itself', async () => {
  const key = newAddress();
  for (let i = 0; i < LIMITS.send.points; i += 1)
    expect(await consumeLimit('send', key)).toEqual({ ok: true });
  const refused = await consumeLimit('send', key);
  expect(refused.ok).toBe(false);
  await vi.waitFor(async () => expect(await consumeLimit('send', key)).toEqual({ ok: true }), {
    timeout: (LIMITS.send.seconds + 5) * 1000,
    interval: 500,
  });
});
