import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { getDb, getPool } from '#db/client.ts';
import { listOwed } from '#db/queries/mail-owed.ts';
import { findJudgedMail } from '#db/queries/mails.ts';
import { findReplier } from '#db/queries/repliers.ts';
import { insertSession, selectLiveSession } from '#db/queries/sessions.ts';
import { changePersonState } from '#lib/auth/accounts/change-person-state.ts';
import { resetPassword, sendResetMail } from '#lib/auth/accounts/reset-password.ts';
import { checkLogin } from '#lib/auth/login/check-login.ts';
import { logInByLink } from '#lib/auth/login/login-link.ts';
import { hashPassword } from '#lib/auth/passwords/passwords.ts';
import { findLiveSession } from '#lib/auth/sessions/sessions.ts';
import { issueToken } from '#lib/auth/tokens.ts';
import { startConversation } from '#lib/chat/start-conversation.ts';
import { collectMail } from '#lib/email/messages/collect.ts';
import { decideFate } from '#lib/email/messages/policy.ts';
import type { ClientEvents } from '#lib/realtime/events.ts';
import { clientEvents } from '#lib/realtime/handlers.ts';
import { type getLog, logSingleton } from '#lib/runtime/log.ts';
import { searchPeople } from '#lib/search/search-people.ts';
import { setUpDatabase } from '../support/database.ts';
import { connectClient, startLive, type TestClient } from '../support/live.ts';
import { listMails, say } from '../support/mail.ts';
import { addPair, addPerson, addSession, type Person } from '../support/people.ts';

await setUpDatabase({ EMAIL_WINDOW_SECONDS: '0', LOG_LEVEL: 'silent' });

const PASSWORD = 'quiet-paper-71';
const passwordHash = await hashPassword(PASSWORD);
const origin = { ip: '127.0.0.1', ipKey: '127.0.0.1', userAgent: 'tests', deviceId: null };
const SHUT_OUT = ['suspended', 'deleted'] as const;

let live: Awaited<ReturnType<typeof startLive>>;
beforeAll(async () => {
  live = await startLive();
});
afterAll(() => live.close());

async function addAccount(name: string): Promise<Person> {
  const person = await addPerson(name);
  await getPool().query('update users set password_hash = $2 where id = $1', [person.userId, passwordHash]);
  return person;
}

/** A guest as an invitation will make one: an address, and no password. */
async function addGuest(name: string): Promise<Person> {
  const person = await addPerson(name);
  await getPool().query("update users set state = 'guest', password_hash = null where id = $1", [
    person.userId,
  ]);
  return person;
}

/** As a release without states, or a hand in the database, would: the row alone. */
const setState = (person: Person, state: string) =>
  getPool().query('update users set state = $2 where id = $1', [person.userId, state]);

const logIn = (person: Person, password = PASSWORD) =>
  checkLogin({ identifier: person.username, password }, origin);

/** What the log tells operators while `act` runs, of one person. */
async function hear(person: Person, act: () => Promise<unknown>): Promise<string[]> {
  const info = vi.fn();
  const log = { info, error: vi.fn(), warn: vi.fn(), debug: vi.fn() };
  logSingleton.set(log as unknown as ReturnType<typeof getLog>);
  await act();
  logSingleton.clear();
  return info.mock.calls
    .map(([fields]) => fields)
    .filter(({ userId }) => userId === person.userId)
    .map(({ security, outcome }) => `${security} ${outcome}`);
}

test.each(SHUT_OUT)(
  '%s: a right password is answered as a wrong one, and logged as what it is',
  async (state) => {
    const person = await addAccount('out');
    await setState(person, state);
    const wrong = await logIn(person, 'wrong-paper-17');
    expect(await logIn(person)).toEqual(wrong);
    expect(wrong).toEqual({ kind: 'refused' });
    expect(await hear(person, () => logIn(person))).toEqual(['login shutOut']);
    expect(await hear(person, () => logIn(person, 'wrong-paper-17'))).toEqual(['login failed']);
    await setState(person, 'active');
    expect(await logIn(person)).toMatchObject({ kind: 'ok', userId: person.userId });
  },
);

test('a guest has no password, so none lets in, and none can be set by a mail', async () => {
  const guest = await addGuest('손님');
  for (const password of [PASSWORD, 'none', 'null']) {
    expect(await logIn(guest, password)).toEqual({ kind: 'refused' });
  }
  await sendResetMail(guest.email);
  expect(await listMails(guest.userId)).toEqual([]);
  // Even one that a release without guests has set for them.
  await getPool().query('update users set password_hash = $2 where id = $1', [guest.userId, passwordHash]);
  expect(await logIn(guest)).toEqual({ kind: 'refused' });
  // What they came in by otherwise is a session like any.
  expect(await findLiveSession(guest.sessionId)).toMatchObject({ userId: guest.userId });
});

test.each(SHUT_OUT)(
  '%s: every session ends at once with its sockets, and no other person’s',
  async (state) => {
    const { first, second, conversationId } = await addPair();
    const elsewhere = await addSession(first.userId);
    const clients = await Promise.all(
      [first, elsewhere, second].map(({ cookie }) => connectClient(live.url, cookie)),
    );
    const [own, other, partner] = clients as [TestClient, TestClient, TestClient];
    const ended = [own, other].map((client) => new Promise((resolve) => client.once('disconnect', resolve)));
    const send = (client: TestClient) =>
      client.emitWithAck('message:send', { conversationId, clientId: randomUUID(), body: '아직 있어요' });
    expect(await send(own)).toMatchObject({ ok: true });
    expect(await hear(first, () => changePersonState(first.userId, state))).toEqual(['account:state ok']);
    await Promise.all(ended);
    for (const { sessionId } of [first, elsewhere]) {
      expect(await findLiveSession(sessionId)).toBeNull();
      expect(await selectLiveSession(sessionId, 3600)).toBeUndefined();
    }
    await expect(connectClient(live.url, first.cookie)).rejects.toMatchObject({
      data: { code: 'unauthorized' },
    });
    expect(await send(partner)).toMatchObject({ ok: true });
    // Restored, they log in anew; what had ended stays ended.
    expect(await changePersonState(first.userId, 'active')).toBe(true);
    expect(await changePersonState(first.userId, 'active')).toBe(false);
    expect(await findLiveSession(first.sessionId)).toBeNull();
    expect(await insertSession({ ...origin, userId: first.userId })).toEqual(expect.any(String));
    for (const client of clients) client.disconnect();
  },
);

test.each(clientEvents.filter((event) => event !== 'message:send'))(
  '%s is refused by the row look-up where the state changed without its sessions',
  async (event) => {
    const person = await addPerson('row');
    const client = await connectClient(live.url, person.cookie);
    const gone = new Promise((resolve) => client.once('disconnect', resolve));
    await setState(person, 'suspended');
    const conversationId = randomUUID();
    const inputs: Record<keyof ClientEvents, object> = {
      'message:send': {},
      'message:edit': { conversationId, seq: 1, body: '고친 말', baseRevision: 1 },
      'message:undelete': { conversationId, seq: 1 },
      'message:react': { conversationId, seq: 1, emoji: '👍', on: true },
      'message:pin': { conversationId, seq: 1, on: true },
      'message:delete': { conversationId, seq: 1, scope: 'both' },
      'message:star': { conversationId, seq: 1, on: true },
      'conversation:clear': { conversationId, upToSeq: 1 },
      'conversation:marks': { conversationId },
      'conversation:delivered': { conversationId, seq: 1 },
      'conversation:read': { conversationId, seq: 1 },
      'conversation:typing': { conversationId },
      'conversation:typing-stopped': { conversationId },
      'conversation:history': { conversationId },
      'conversation:list': {},
      'conversation:sync': { conversationId, afterRevision: 0 },
    };
    const heard = vi.fn();
    client.emit(event as 'conversation:history', inputs[event as keyof ClientEvents] as never, heard);
    // Whoever has no live session is told so and shown out.
    await gone;
    expect(heard).toHaveBeenCalledExactlyOnceWith({ ok: false, error: { code: 'unauthorized' } });
  },
);

test('a login under way when its person is shut out starts no session', async () => {
  const person = await addAccount('racing');
  const holder = await getPool().connect();
  try {
    await holder.query('begin');
    await holder.query("update users set state = 'suspended' where id = $1", [person.userId]);
    const login = logIn(person);
    // The login has come to the row that is being changed, and waits for it.
    await vi.waitFor(async () => {
      const { rows } = await getPool().query(
        "select 1 from pg_stat_activity where wait_event_type = 'Lock' and query like '%insert into \"sessions\"%'",
      );
      expect(rows).toHaveLength(1);
    });
    await holder.query('commit');
    expect(await login).toEqual({ kind: 'refused' });
  } finally {
    holder.release();
  }
});

test.each(SHUT_OUT)(
  '%s: no mailed link does anything, neither an earlier one nor a later one',
  async (state) => {
    const person = await addAccount('links');
    const earlier = await issueToken('login', person.userId, person.email);
    await changePersonState(person.userId, state);
    const later = await issueToken('login', person.userId, person.email);
    const reset = await issueToken('reset', person.userId, person.email);
    for (const token of [earlier, later])
      expect(await logInByLink(token, origin)).toEqual({ kind: 'refused' });
    const password = 'other-paper-82';
    expect(await resetPassword({ token: reset, password })).toMatchObject({
      ok: false,
    });
    const { rows } = await getPool().query('select password_hash from users where id = $1', [person.userId]);
    expect(rows[0].password_hash).toBe(passwordHash);
    // The one from before stays useless when they are back.
    await changePersonState(person.userId, 'active');
    expect(await logInByLink(earlier, origin)).toEqual({ kind: 'refused' });
  },
);

test('only people with an account are found, and only who may be written to is written to for the first time', async () => {
  const viewer = await addPerson('viewer');
  const name = `find${randomUUID().slice(0, 8)}`;
  const [active, suspended, deleted] = [await addPerson(name), await addPerson(name), await addPerson(name)];
  const guest = await addGuest(name);
  await setState(suspended, 'suspended');
  await setState(deleted, 'deleted');
  for (const query of [name, name.slice(1), name.slice(2, 6)]) {
    const found = (await searchPeople({ viewerId: viewer.userId, query })).map(({ userId }) => userId);
    expect(found, query).toEqual([active.userId]);
  }
  const start = (partner: Person) => startConversation({ userId: viewer.userId, partnerId: partner.userId });
  expect([(await start(active)).ok, (await start(guest)).ok]).toEqual([true, true]);
  for (const partner of [suspended, deleted]) {
    expect(await start(partner)).toEqual({ ok: false, error: { code: 'not_found' } });
  }
  // A conversation that there was stays open to the other.
  await setState(active, 'deleted');
  expect(await start(active)).toMatchObject({ ok: true });
});

test.each(SHUT_OUT)(
  '%s: no mail is written to them, one that was does not go, and none comes from them',
  async (state) => {
    const { first, second, conversationId } = await addPair();
    const job = { conversationId, recipientId: second.userId };
    await say(first, conversationId, '미리 쓴 글');
    await collectMail(job);
    const [written] = await listMails(second.userId);
    await setState(second, state);
    const judged = await findJudgedMail(getDb(), written.id, 'pending');
    expect(judged && decideFate(judged)).toBe('drop');

    await say(first, conversationId, '나중에 쓴 글');
    expect(await listOwed(getDb(), { all: true, isHolding: false, userId: second.userId, limit: 9 })).toEqual(
      [],
    );
    await collectMail(job);
    await sendResetMail(second.email);
    expect(await listMails(second.userId)).toHaveLength(1);

    const { rows } = await getPool().query(
      'select low_user_id = $2 as low from conversations where id = $1',
      [conversationId, second.userId],
    );
    expect(await findReplier(getDb(), { conversationId, isLow: rows[0].low })).toBeUndefined();
    expect(await findReplier(getDb(), { conversationId, isLow: !rows[0].low })).toMatchObject({
      userId: first.userId,
    });
  },
);
