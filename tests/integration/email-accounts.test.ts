import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { getPool } from '#db/client.ts';
import { confirmEmailChange, readChangeState, requestEmailChange } from '#lib/auth/accounts/change-email.ts';
import { findMailTrouble } from '#lib/auth/accounts/mail-trouble.ts';
import { isResetUsable, sendResetMail } from '#lib/auth/accounts/reset-password.ts';
import { sendVerifyMail, verifyEmail } from '#lib/auth/accounts/verify-email.ts';
import { refuseFields } from '#lib/auth/forms/form-state.ts';
import { checkLogin } from '#lib/auth/login/check-login.ts';
import { hashPassword } from '#lib/auth/passwords/passwords.ts';
import { issueToken } from '#lib/auth/tokens.ts';
import { moveCursor } from '#lib/chat/move-cursor.ts';
import { startConversation } from '#lib/chat/start-conversation.ts';
import { warmTemplates } from '#lib/email/content/render.ts';
import { collectMail } from '#lib/email/messages/collect.ts';
import { setUpDatabase } from '../support/database.ts';
import { eventually, listMails, readMailedSeq, say } from '../support/mail.ts';
import { startMailWorkers, stopMailWorkers } from '../support/mail-workers.ts';
import { addPerson, type Person } from '../support/people.ts';
import { startResendStandIn } from '../support/resend-stand-in.ts';

const resend = await startResendStandIn();
await setUpDatabase({
  RESEND_API_KEY: 're_test_key',
  RESEND_BASE_URL: resend.url,
  EMAIL_WINDOW_SECONDS: '0',
});
const PASSWORD = 'quiet-paper-71';
let passwordHash = '';

beforeAll(async () => {
  passwordHash = await hashPassword(PASSWORD);
  await warmTemplates();
  await startMailWorkers();
});
afterAll(async () => {
  await stopMailWorkers();
  resend.close();
});

/** Somebody who can log in. */
async function addMember(name: string, options?: { isVerified?: boolean }): Promise<Person> {
  const person = await addPerson(name, options);
  await getPool().query('update users set password_hash = $2 where id = $1', [person.userId, passwordHash]);
  return person;
}
const arrivedAt = (address: string) => resend.requestsTo(address).map(({ body }) => body);
/** The secret in the link of the last mail to an address. */
const readSecret = (address: string, name: string) =>
  new RegExp(`\\?${name}=([\\w-]+)`).exec(arrivedAt(address).at(-1)?.text ?? '')?.[1] ?? '';
async function readUser(person: Person) {
  const { rows } = await getPool().query(
    'select email, email_verified_at is not null as "isVerified", email_stop_reason as "stop" from users where id = $1',
    [person.userId],
  );
  return rows[0];
}
const ask = (person: Person, email: string, currentPassword = PASSWORD) =>
  requestEmailChange(person, { email, currentPassword });

test('mail about messages waits for the address to be confirmed, and then brings what is unread', async () => {
  const [first, second] = [await addPerson('first'), await addPerson('second', { isVerified: false })];
  const started = await startConversation({ userId: first.userId, partnerId: second.userId });
  if (!started.ok) throw new Error('no conversation');
  const { conversationId } = started.value;
  await say(first, conversationId, 'read meanwhile', 'never seen', 'nor this');
  await collectMail({ conversationId, recipientId: second.userId });
  await moveCursor({ viewerId: second.userId, conversationId, kind: 'read', seq: 1 });
  expect(await listMails(second.userId)).toEqual([]);
  expect(await readMailedSeq(conversationId, second.userId)).toBe(0);
  expect(findMailTrouble({ emailVerified: false, emailStopReason: null })).toBe('unverified');

  await sendVerifyMail({ id: second.userId, username: 'x', email: second.email, locale: 'en' });
  await eventually(() => expect(arrivedAt(second.email)).toHaveLength(1));
  expect(await verifyEmail(readSecret(second.email, 'token'))).toBe('done');
  await eventually(() => expect(arrivedAt(second.email)).toHaveLength(2));
  const text = arrivedAt(second.email)[1]?.text ?? '';
  expect(text).toMatch(/never seen\n\nnor this/);
  expect(text).not.toContain('read meanwhile');
  expect(findMailTrouble({ emailVerified: true, emailStopReason: null })).toBeNull();
});

test('the sweep finds what was held when the word of the confirmation got lost, and nothing before', async () => {
  const [first, second] = [await addPerson('first'), await addPerson('second', { isVerified: false })];
  const started = await startConversation({ userId: first.userId, partnerId: second.userId });
  if (!started.ok) throw new Error('no conversation');
  await say(first, started.value.conversationId, 'patience');
  const { sweepMail } = await import('#lib/email/delivery/sweep.ts');
  await sweepMail({ all: true });
  expect(await listMails(second.userId)).toEqual([]);
  await getPool().query('update users set email_verified_at = now() where id = $1', [second.userId]);
  await sweepMail({ all: true });
  await eventually(() => expect(arrivedAt(second.email)).toHaveLength(1));
});

test('an address changes by the link that is mailed there, and both addresses are told', async () => {
  const person = await addMember('mover');
  const fresh = `${randomUUID()}@new.example.com`;
  expect(await ask(person, fresh)).toMatchObject({ ok: true });
  await eventually(() => expect([arrivedAt(fresh).length, arrivedAt(person.email).length]).toEqual([1, 1]));
  expect(arrivedAt(person.email)[0]?.subject).toBe('단둘 이메일 주소를 바꾸려는 요청이 있었어요');
  expect(arrivedAt(person.email)[0]?.text).not.toContain(fresh);
  // The mail to the new address holds the only link.
  expect(readSecret(person.email, 'change')).toBe('');
  expect(await readUser(person)).toMatchObject({ email: person.email });

  const secret = readSecret(fresh, 'change');
  const reset = await issueToken('reset', person.userId, person.email);
  expect(await readChangeState(secret)).toBe('usable');
  expect(await Promise.all([confirmEmailChange(secret), confirmEmailChange(secret)])).toEqual([
    'done',
    'done',
  ]);
  expect(await readUser(person)).toEqual({ email: fresh, isVerified: true, stop: null });
  await eventually(() => expect(arrivedAt(person.email)).toHaveLength(2));
  expect(arrivedAt(person.email)[1]?.subject).toBe('단둘 이메일 주소가 바뀌었어요');
  // A link that was on its way to the old address opens nothing any more.
  expect(await isResetUsable(reset)).toBe(false);
});

/** Lets the database refuse mails of a kind while something runs. */
async function withoutMails(kind: string, run: () => Promise<unknown>) {
  await getPool().query(`
    create function refuse_mail() returns trigger language plpgsql as $$ begin raise exception 'no mails now'; end $$;
    create trigger refuse_mail before insert on mails for each row when (new.kind = '${kind}') execute function refuse_mail()`);
  try {
    await run();
  } finally {
    await getPool().query('drop function refuse_mail cascade');
  }
}

test('no address changes, nor is asked for, without word to the one in use', async () => {
  const person = await addMember('guarded');
  const fresh = `${randomUUID()}@new.example.com`;
  await withoutMails('changing', () => expect(ask(person, fresh)).rejects.toThrow());
  expect(await listMails(person.userId)).toEqual([]);

  await ask(person, fresh);
  await eventually(() => expect(arrivedAt(fresh)).toHaveLength(1));
  const secret = readSecret(fresh, 'change');
  await withoutMails('changed', () => expect(confirmEmailChange(secret)).rejects.toThrow());
  expect(await readUser(person)).toMatchObject({ email: person.email });
  expect(await readChangeState(secret)).toBe('usable');

  expect(await confirmEmailChange(secret)).toBe('done');
  expect(await readUser(person)).toMatchObject({ email: fresh });
  await eventually(() => expect(arrivedAt(person.email)).toHaveLength(2));
});

test('a change is refused for a wrong password or the present address, and changes nothing', async () => {
  const person = await addMember('refused');
  expect(await ask(person, 'x@new.example.com', 'wrong')).toEqual(
    refuseFields({ currentPassword: 'currentPasswordWrong' }),
  );
  expect(await ask(person, person.email)).toEqual(refuseFields({ email: 'emailSame' }));
  expect(await listMails(person.userId)).toEqual([]);
  expect(await readUser(person)).toMatchObject({ email: person.email });
});

test('a taken address is asked for with the same answer and the same word to the present one; its owner is told', async () => {
  const [person, other] = [await addMember('curious'), await addMember('neighbour', { isVerified: false })];
  const before = await ask(person, `${randomUUID()}@new.example.com`);
  expect(await ask(person, other.email.toUpperCase())).toEqual(before);
  await eventually(() => expect(arrivedAt(person.email)).toHaveLength(2));
  const [free, taken] = arrivedAt(person.email);
  expect(taken?.subject).toBe(free?.subject);
  await eventually(() => expect(arrivedAt(other.email)).toHaveLength(1));
  const [mail] = arrivedAt(other.email);
  expect(mail?.subject).toBe('이미 단둘에서 쓰고 있는 이메일 주소예요');
  expect(mail?.text).toContain(other.username);
  expect(mail?.text).not.toContain(person.username);
  expect(mail?.text).not.toContain('change=');
  expect(await readUser(person)).toMatchObject({ email: person.email });
  expect(await readUser(other)).toMatchObject({ email: other.email });
});

test('an address that somebody else took meanwhile, an older link, and a foreign one change nothing', async () => {
  const [person, other] = [await addMember('late'), await addMember('early')];
  const wanted = `${randomUUID()}@new.example.com`;
  const older = await issueToken('change', person.userId, wanted);
  await ask(person, wanted);
  await eventually(() => expect(arrivedAt(wanted)).toHaveLength(1));
  expect(await confirmEmailChange(older)).toBe('unusable');
  await ask(other, wanted);
  await eventually(() => expect(arrivedAt(wanted)).toHaveLength(2));
  expect(await confirmEmailChange(readSecret(wanted, 'change'))).toBe('done');
  const lateSecret = /change=([\w-]+)/.exec(arrivedAt(wanted)[0]?.text ?? '')?.[1] ?? '';
  expect(await confirmEmailChange(lateSecret)).toBe('unusable');
  for (const secret of [await issueToken('verify', person.userId, person.email), 'made-up', '']) {
    expect(await confirmEmailChange(secret)).toBe('unusable');
  }
  expect(await readUser(person)).toMatchObject({ email: person.email });
  expect(await readUser(other)).toMatchObject({ email: wanted });
});

test('what was held for a mistyped address goes to the one that replaces it', async () => {
  const [first, second] = [await addPerson('first'), await addMember('mistyped', { isVerified: false })];
  const started = await startConversation({ userId: first.userId, partnerId: second.userId });
  if (!started.ok) throw new Error('no conversation');
  await say(first, started.value.conversationId, 'held for you');
  const fresh = `${randomUUID()}@new.example.com`;
  await ask(second, fresh);
  await eventually(() => expect(arrivedAt(fresh)).toHaveLength(1));
  expect(await confirmEmailChange(readSecret(fresh, 'change'))).toBe('done');
  await eventually(() => expect(arrivedAt(fresh)[1]?.text).toContain('held for you'));
  expect(arrivedAt(second.email)).toEqual([]);
});

test('a new address takes mail again though the old one refused it; an unconfirmed old one is told nothing', async () => {
  const person = await addMember('typo', { isVerified: false });
  await getPool().query(
    "update users set email_stopped_at = now(), email_stop_reason = 'bounced' where id = $1",
    [person.userId],
  );
  const fresh = `${randomUUID()}@new.example.com`;
  await ask(person, fresh);
  await eventually(() => expect(arrivedAt(fresh)).toHaveLength(1));
  expect(await confirmEmailChange(readSecret(fresh, 'change'))).toBe('done');
  expect(await readUser(person)).toEqual({ email: fresh, isVerified: true, stop: null });
  await eventually(async () => {
    const states = (await listMails(person.userId)).map(({ kind, state }) => `${kind} ${state}`);
    expect(states).toEqual(['change sent', 'changing cancelled']);
  });
  expect(arrivedAt(person.email)).toEqual([]);
});

test('confirming an address that refused mail lets mail go there again', async () => {
  const person = await addMember('returned');
  await getPool().query(
    "update users set email_stopped_at = now(), email_stop_reason = 'bounced' where id = $1",
    [person.userId],
  );
  await sendVerifyMail({ id: person.userId, username: 'x', email: person.email, locale: 'en' });
  await eventually(() => expect(arrivedAt(person.email)).toHaveLength(1));
  expect(await verifyEmail(readSecret(person.email, 'token'))).toBe('done');
  expect(await readUser(person)).toEqual({ email: person.email, isVerified: true, stop: null });
});

test('a login from a new device is told by mail, one from a known device or the first of all is not', async () => {
  const person = await addMember('traveller');
  await getPool().query('delete from sessions where user_id = $1', [person.userId]);
  const logInFrom = async (
    deviceId: string | null,
    userAgent = 'Mozilla/5.0 (Windows NT 10.0) Whale/4.0',
  ) => {
    const origin = { ip: '203.0.113.7', ipKey: '203.0.113.7', userAgent, deviceId };
    const result = await checkLogin({ identifier: person.email, password: PASSWORD }, origin);
    expect(result.kind).toBe('ok');
  };
  const [home, away] = [randomUUID(), randomUUID()];
  await logInFrom(home);
  await logInFrom(home);
  await logInFrom(away);
  await eventually(() => expect(arrivedAt(person.email)).toHaveLength(1));
  await logInFrom(away, 'Mozilla/5.0 (Windows NT 10.0) Whale/5.0');
  // Without a cookie, as programs log in, the program and its address are what is known.
  await logInFrom(null, 'curl/8');
  await eventually(() => expect(arrivedAt(person.email)).toHaveLength(2));
  await logInFrom(null, 'curl/8');
  await sendResetMail(person.email);
  // The mails of one person go out in order: whatever was to come before this one has come.
  await eventually(() => expect(arrivedAt(person.email).at(-1)?.text).toContain('/reset-password?'));
  expect(arrivedAt(person.email)).toHaveLength(3);
  const [notice] = arrivedAt(person.email);
  expect(notice?.subject).toBe('새 기기에서 단둘에 로그인했어요');
  expect(notice?.text).toMatch(/기기: Whale · Windows[\s\S]*203\.0\.113\.7/);
});

test('a reset is mailed to the address of an account and to no other', async () => {
  const person = await addMember('forgetful');
  const nobody = `${randomUUID()}@example.com`;
  await Promise.all([sendResetMail(nobody), sendResetMail(person.email.toUpperCase())]);
  await eventually(() => expect(arrivedAt(person.email)).toHaveLength(1));
  expect(arrivedAt(nobody)).toEqual([]);
  expect(await isResetUsable(readSecret(person.email, 'token'))).toBe(true);
});
