import { expect, test } from 'vitest';
import { getPool } from '#db/client.ts';
import { changePassword } from '#lib/auth/accounts/change-password.ts';
import { refuseFields } from '#lib/auth/forms/form-state.ts';
import { hashPassword } from '#lib/auth/passwords/passwords.ts';
import { listSessions } from '#lib/auth/sessions/list-sessions.ts';
import {
  createSession,
  findLiveSession,
  findLiveSessionIds,
  revokeSession,
  revokeUserSessions,
  touchSession,
} from '#lib/auth/sessions/sessions.ts';
import { readSession } from '#lib/auth/sessions/socket-session.ts';
import { setUpDatabase } from '../support/database.ts';
import { addPerson, addSession } from '../support/people.ts';

await setUpDatabase({ SESSION_IDLE_SECONDS: '3600' });

const origin = { userAgent: 'tests', ip: '127.0.0.1' };

async function age(sessionId: string, seconds: number): Promise<void> {
  await getPool().query(
    'update sessions set last_seen_at = now() - make_interval(secs => $2) where id = $1',
    [sessionId, seconds],
  );
}

async function readAge(sessionId: string): Promise<number> {
  const { rows } = await getPool().query(
    'select extract(epoch from now() - last_seen_at)::float as seconds from sessions where id = $1',
    [sessionId],
  );
  return rows[0].seconds;
}

test('a session ends when it was not used for the idle time, and use moves that end', async () => {
  const { sessionId, userId } = await addPerson('idle');
  await age(sessionId, 3590);
  expect(await findLiveSession(sessionId)).toEqual({ sessionId, userId });
  await touchSession(sessionId);
  expect(await readAge(sessionId)).toBeLessThan(30);

  await age(sessionId, 3601);
  expect(await findLiveSession(sessionId)).toBeNull();
  expect(await findLiveSessionIds([sessionId])).toEqual(new Set());
  // Use comes too late for a session that has ended.
  await touchSession(sessionId);
  expect(await findLiveSession(sessionId)).toBeNull();
});

test('use within the last minute is not written again', async () => {
  const { sessionId } = await addPerson('busy');
  await age(sessionId, 40);
  await touchSession(sessionId);
  expect(await readAge(sessionId)).toBeGreaterThan(39);
  await age(sessionId, 61);
  await touchSession(sessionId);
  expect(await readAge(sessionId)).toBeLessThan(30);
});

test('ending a session ends that one only, once, and for nobody else', async () => {
  const person = await addPerson('owner');
  const other = await addSession(person.userId);
  const stranger = await addPerson('stranger');
  expect(await revokeSession(person.sessionId, stranger.userId)).toBe(false);
  expect(await revokeSession('not-an-id', person.userId)).toBe(false);
  expect(await readSession(person.cookie)).toMatchObject({ userId: person.userId });
  expect(await revokeSession(person.sessionId, person.userId)).toBe(true);
  expect(await revokeSession(person.sessionId, person.userId)).toBe(false);
  expect(await readSession(person.cookie)).toBeNull();
  expect(await readSession(other.cookie)).toMatchObject({ userId: person.userId });
});

test('all sessions of a person end, or all but one', async () => {
  const person = await addPerson('many');
  const [second, third] = [await addSession(person.userId), await addSession(person.userId)];
  const bystander = await addPerson('bystander');
  expect(await revokeUserSessions(person.userId, second.sessionId)).toBe(2);
  const ids = [person.sessionId, second.sessionId, third.sessionId, bystander.sessionId];
  expect(await findLiveSessionIds(ids)).toEqual(new Set([second.sessionId, bystander.sessionId]));
  expect(
    (await listSessions({ ...person, sessionId: second.sessionId })).map(({ isHere }) => isHere),
  ).toEqual([true]);
  expect(await revokeUserSessions(person.userId)).toBe(1);
  expect(await findLiveSessionIds(ids)).toEqual(new Set([bystander.sessionId]));
});

test('a login that was checked against the old password starts no session after it changed', async () => {
  const person = await addPerson('changer');
  const [old, phone] = [await hashPassword('quiet-paper-71'), await addSession(person.userId)];
  await getPool().query('update users set password_hash = $2 where id = $1', [person.userId, old]);
  expect(await createSession(person.userId, origin, old)).toEqual(expect.any(String));
  const change = { password: 'other-paper-82' };
  expect(await changePassword(person, { ...change, currentPassword: 'wrong-paper-17' })).toEqual(
    refuseFields({ currentPassword: 'currentPasswordWrong' }),
  );
  expect(await findLiveSession(phone.sessionId)).not.toBeNull();
  expect(await changePassword(person, { ...change, currentPassword: 'quiet-paper-71' })).toMatchObject({
    ok: true,
  });
  expect(await createSession(person.userId, origin, old)).toBeNull();
  expect(await listSessions(person)).toHaveLength(1);
  expect(await findLiveSession(phone.sessionId)).toBeNull();
  expect(await findLiveSession(person.sessionId)).not.toBeNull();
});
