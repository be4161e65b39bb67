import { expect, test } from 'vitest';
import { getPool } from '#db/client.ts';
import { isResetUsable, resetPassword } from '#lib/auth/accounts/reset-password.ts';
import { readVerifyState, verifyEmail } from '#lib/auth/accounts/verify-email.ts';
import { refuseFields } from '#lib/auth/forms/form-state.ts';
import { hashPassword, verifyPassword } from '#lib/auth/passwords/passwords.ts';
import { findLiveSession } from '#lib/auth/sessions/sessions.ts';
import { hashToken, issueToken } from '#lib/auth/tokens.ts';
import { err } from '#lib/runtime/result.ts';
import { setUpDatabase } from '../support/database.ts';
import { addPerson, addSession } from '../support/people.ts';

await setUpDatabase();

const UNUSABLE = err({ code: 'unusable' });
const choose = (token: string, password = 'other-paper-82') => resetPassword({ token, password });

async function readUser(userId: string): Promise<{ password_hash: string; email_verified_at: Date | null }> {
  const { rows } = await getPool().query('select password_hash, email_verified_at from users where id = $1', [
    userId,
  ]);
  return rows[0];
}

test('a reset link works once: new password, no session left, no other link left', async () => {
  const person = await addPerson('forgetful', { isVerified: false });
  const other = await addSession(person.userId);
  const [token, earlier] = [
    await issueToken('reset', person.userId, person.email),
    await issueToken('reset', person.userId, person.email),
  ];
  expect(await isResetUsable(token)).toBe(true);
  // A refusal does not use it up.
  expect(await choose(token, 'password1')).toEqual(refuseFields({ password: 'passwordCommon' }));
  expect(await choose(token)).toMatchObject({ ok: true });
  const { password_hash: hash, email_verified_at: verifiedAt } = await readUser(person.userId);
  expect(await verifyPassword(hash, 'other-paper-82')).toBe(true);
  expect(verifiedAt).not.toBeNull();
  for (const { sessionId } of [person, other]) expect(await findLiveSession(sessionId)).toBeNull();
  expect(await choose(token, 'third-paper-93')).toEqual(UNUSABLE);
  expect(await isResetUsable(earlier)).toBe(false);
  expect((await readUser(person.userId)).password_hash).toBe(hash);
});

test('of two who use a reset link at once, one sets the password', async () => {
  const person = await addPerson('racer');
  const token = await issueToken('reset', person.userId, person.email);
  const passwords = ['other-paper-82', 'third-paper-93'];
  const results = await Promise.all(passwords.map((password) => choose(token, password)));
  expect(results.filter(({ ok }) => ok)).toHaveLength(1);
  const winner = passwords[results.findIndex(({ ok }) => ok)] as string;
  expect(await verifyPassword((await readUser(person.userId)).password_hash, winner)).toBe(true);
});

test('an expired, foreign-purpose, unknown or re-addressed link does nothing', async () => {
  const person = await addPerson('late', { isVerified: false });
  const hash = await hashPassword('quiet-paper-71');
  await getPool().query('update users set password_hash = $2 where id = $1', [person.userId, hash]);
  const expired = await issueToken('reset', person.userId, person.email);
  await getPool().query("update tokens set expires_at = now() - interval '1 second' where hash = $1", [
    hashToken(expired),
  ]);
  const verify = await issueToken('verify', person.userId, person.email);
  const moved = await issueToken('reset', person.userId, 'former@example.com');
  for (const token of [expired, verify, moved, 'unknown', '']) {
    expect(await isResetUsable(token)).toBe(false);
    expect(await choose(token)).toEqual(UNUSABLE);
  }
  const reset = await issueToken('reset', person.userId, person.email);
  expect(await verifyEmail(reset)).toBe('unusable');
  expect(await readUser(person.userId)).toEqual({ password_hash: hash, email_verified_at: null });
  expect(await isResetUsable(reset)).toBe(true);
  expect(await readVerifyState(verify)).toBe('usable');
});

test('a verify link confirms its address; pressing again says so again', async () => {
  const person = await addPerson('confirmer', { isVerified: false });
  const token = await issueToken('verify', person.userId, person.email);
  expect(await readVerifyState(token)).toBe('usable');
  expect((await readUser(person.userId)).email_verified_at).toBeNull();
  expect(await Promise.all([verifyEmail(token), verifyEmail(token)])).toEqual(['done', 'done']);
  expect((await readUser(person.userId)).email_verified_at).not.toBeNull();
  expect(await verifyEmail(token)).toBe('done');
});

test('the database keeps no token that opens anything', async () => {
  const person = await addPerson('leaked');
  const token = await issueToken('reset', person.userId, person.email);
  const { rows } = await getPool().query('select * from tokens where user_id = $1', [person.userId]);
  expect(JSON.stringify(rows)).not.toContain(token);
  expect(await choose(rows[0].hash)).toEqual(UNUSABLE);
});
