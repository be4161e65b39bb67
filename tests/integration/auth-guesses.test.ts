import { randomUUID } from 'node:crypto';
import { afterEach, expect, test, vi } from 'vitest';
import { getPool } from '#db/client.ts';
import { accountMailerSingleton } from '#lib/auth/accounts/account-mailer.ts';
import { changePassword } from '#lib/auth/accounts/change-password.ts';
import { toMailTarget } from '#lib/auth/accounts/mail-target.ts';
import { resetPassword } from '#lib/auth/accounts/reset-password.ts';
import { checkLogin } from '#lib/auth/login/check-login.ts';
import { isLoginLinkUsable, logInByLink } from '#lib/auth/login/login-link.ts';
import { hashPassword } from '#lib/auth/passwords/passwords.ts';
import { findLiveSession, revokeSession, revokeUserSessions } from '#lib/auth/sessions/sessions.ts';
import { issueToken } from '#lib/auth/tokens.ts';
import { accountMailer } from '#lib/email/account.ts';
import { type getLog, logSingleton } from '#lib/runtime/log.ts';
import { consumeLimit, LIMITS } from '#lib/runtime/rate-limit.ts';
import { setUpDatabase } from '../support/database.ts';
import { eventually } from '../support/mail.ts';
import { addPerson, type Person } from '../support/people.ts';
import { redisIsReady } from '../support/redis.ts';

const queueMail = vi.fn();

await setUpDatabase({ RATE_LIMITS: 'on', LOG_LEVEL: 'silent' });
accountMailerSingleton.set({ ...accountMailer, queue: queueMail });
await redisIsReady();

const PASSWORD = 'quiet-paper-71';
const passwordHash = await hashPassword(PASSWORD);
afterEach(() => {
  queueMail.mockReset();
  logSingleton.clear();
});

async function addAccount(name: string): Promise<Person> {
  const person = await addPerson(name);
  await getPool().query('update users set password_hash = $2 where id = $1', [person.userId, passwordHash]);
  return person;
}

/** A browser at an address that no other run has used: on Redis the counts outlive a test file. */
const newBrowser = (deviceId: string | null = randomUUID()) => {
  const ip = `test-${randomUUID()}`;
  return { ip, ipKey: ip, userAgent: 'Mozilla/5.0 (Windows NT 10.0) Chrome/140.0', deviceId };
};

/** Wrong passwords from as many addresses as it takes to stay below the limit of each. */
async function guess(identifiers: string[], times: number) {
  const answers = [];
  for (let i = 0; i < times; i += 1) {
    const identifier = identifiers[i % identifiers.length] as string;
    answers.push(await checkLogin({ identifier, password: `wrong-paper-${i}` }, newBrowser()));
  }
  return answers;
}

const PROOF = { kind: 'challenge', by: 'mail', retryAfterMs: expect.any(Number) };
const REFUSED = { kind: 'refused' };

test('guesses at one account from many addresses end, whichever of its names is typed', async () => {
  const person = await addAccount('target');
  const spellings = [person.username, person.email, person.username.toUpperCase(), ` ${person.email}`];
  const answers = await guess(spellings, LIMITS.loginAccount.points);
  expect(new Set(answers.map((answer) => JSON.stringify(answer)))).toEqual(
    new Set([JSON.stringify(REFUSED)]),
  );
  expect(await guess(spellings, 4)).toEqual([PROOF, PROOF, PROOF, PROOF]);
  // A name that nobody has is answered alike.
  const nobody = `${randomUUID()}@example.com`;
  await guess([nobody], LIMITS.loginAccount.points);
  expect(await guess([nobody, nobody.toUpperCase()], 2)).toEqual([PROOF, PROOF]);
});

test('at one address the name and the e-mail have one count', async () => {
  const person = await addAccount('twonames');
  const browser = newBrowser(null);
  for (let i = 0; i < LIMITS.login.points; i += 1) {
    const identifier = i % 2 ? person.email : person.username;
    expect(await checkLogin({ identifier, password: 'wrong' }, browser)).toEqual(REFUSED);
  }
  for (const identifier of [person.email, person.username]) {
    expect(await checkLogin({ identifier, password: PASSWORD }, browser)).toEqual({
      ...REFUSED,
      retryAfterMs: expect.any(Number),
    });
  }
});

test('past the ceiling the owner gets in from a browser that logged in before, and no other does', async () => {
  const person = await addAccount('owner');
  const [known, logged, ended] = [newBrowser(), newBrowser(), newBrowser()];
  const logIn = (browser: ReturnType<typeof newBrowser>) =>
    checkLogin({ identifier: person.email, password: PASSWORD }, browser);
  for (const [browser, reason] of [
    [known, null],
    [logged, 'logout'],
    [ended, 'elsewhere'],
  ] as const) {
    const result = await logIn(browser);
    if (result.kind !== 'ok') throw new Error('not logged in');
    if (reason) await revokeSession(result.sessionId, person.userId, reason);
  }
  await guess([person.username], LIMITS.loginAccount.points);
  // Somebody else's browser is no better for being known elsewhere.
  const other = await addAccount('other');
  const foreign = newBrowser();
  expect(await checkLogin({ identifier: other.email, password: PASSWORD }, foreign)).toMatchObject({
    kind: 'ok',
  });
  for (const browser of [newBrowser(), newBrowser(null), foreign, ended]) {
    expect(await logIn(browser)).toEqual(PROOF);
  }
  // From another address, and while that one is used up by others.
  expect(await logIn({ ...newBrowser(), deviceId: known.deviceId })).toMatchObject({ kind: 'ok' });
  const crowded = newBrowser(null);
  for (let i = 0; i <= LIMITS.login.points; i += 1) {
    await checkLogin({ identifier: person.username, password: 'wrong' }, crowded);
  }
  expect(await logIn({ ...crowded, deviceId: logged.deviceId })).toMatchObject({ kind: 'ok' });
});

type Browser = ReturnType<typeof newBrowser>;
type Login = { userId: string; sessionId: string };
const NEW_PASSWORD = 'other-paper-82';
const newPassword = { password: NEW_PASSWORD, confirmPassword: NEW_PASSWORD };

/** Logs in past any count but the ceiling, which nobody has used up yet. */
async function enter(person: Person, browser: Browser, password = PASSWORD): Promise<Login> {
  const result = await checkLogin({ identifier: person.email, password }, browser);
  if (result.kind !== 'ok') throw new Error('not logged in');
  return result;
}

/** What throws a browser out; the password is the new one afterwards where that is what was done. */
const THROWN_OUT: [
  what: string,
  password: string,
  act: (person: Person, login: Login) => Promise<unknown>,
][] = [
  [
    'its session ended from another device',
    PASSWORD,
    ({ userId }, { sessionId }) => revokeSession(sessionId, userId),
  ],
  [
    'all others logged out from another device',
    PASSWORD,
    async (person) => revokeUserSessions(person.userId, (await enter(person, newBrowser())).sessionId),
  ],
  [
    'the password changed from another device',
    NEW_PASSWORD,
    async (person) =>
      changePassword(await enter(person, newBrowser()), { currentPassword: PASSWORD, ...newPassword }),
  ],
  [
    'the password set by a mailed link',
    NEW_PASSWORD,
    async ({ userId, email }) =>
      resetPassword({ token: await issueToken('reset', userId, email), ...newPassword }),
  ],
  [
    'the password changed after it had logged out by itself',
    NEW_PASSWORD,
    async (person, { userId, sessionId }) => {
      await revokeSession(sessionId, userId, 'logout');
      await changePassword(await enter(person, newBrowser()), { currentPassword: PASSWORD, ...newPassword });
    },
  ],
];

test.each(THROWN_OUT)('a browser is known no more past the ceiling: %s', async (_, password, act) => {
  const person = await addAccount('thrown');
  const browser = newBrowser();
  // An earlier login of the same browser, which it ended itself, does not count any more either.
  const earlier = await enter(person, browser);
  await revokeSession(earlier.sessionId, person.userId, 'logout');
  await act(person, await enter(person, browser));
  await guess([person.username], LIMITS.loginAccount.points);
  const again = { ...newBrowser(), deviceId: browser.deviceId };
  expect(await checkLogin({ identifier: person.email, password }, again)).toEqual(PROOF);
});

test('a browser that was thrown out is known again once it has logged in anew', async () => {
  const person = await addAccount('back');
  const browser = newBrowser();
  await revokeSession((await enter(person, browser)).sessionId, person.userId);
  await enter(person, browser);
  await guess([person.username], LIMITS.loginAccount.points);
  const again = { ...newBrowser(), deviceId: browser.deviceId };
  expect(await checkLogin({ identifier: person.email, password: PASSWORD }, again)).toMatchObject({
    kind: 'ok',
  });
});

test('guessing from a known browser ends as well', async () => {
  const person = await addAccount('lost-phone');
  const { deviceId } = newBrowser();
  const from = () => ({ ...newBrowser(), deviceId });
  expect(await checkLogin({ identifier: person.email, password: PASSWORD }, from())).toMatchObject({
    kind: 'ok',
  });
  for (let i = 0; i < LIMITS.login.points; i += 1) {
    expect(await checkLogin({ identifier: person.email, password: 'wrong' }, from())).toEqual(REFUSED);
  }
  expect(await checkLogin({ identifier: person.email, password: 'wrong' }, from())).toEqual({
    ...REFUSED,
    retryAfterMs: expect.any(Number),
  });
});

/** What was mailed to a person; mails are written a moment after the answer, so others' may come in between. */
const mailsTo = ({ userId }: Person) =>
  queueMail.mock.calls.map(([mail]) => mail).filter((mail) => mail.userId === userId);

test('past the ceiling a right password mails a link, says nothing of it, and the link lets in once', async () => {
  const person = await addAccount('newphone');
  await guess([person.username], LIMITS.loginAccount.points);
  const browser = newBrowser();
  const [right, wrong] = await Promise.all([
    checkLogin({ identifier: person.username, password: PASSWORD }, browser),
    checkLogin({ identifier: person.username, password: 'wrong' }, newBrowser()),
  ]);
  expect(right).toEqual(PROOF);
  expect(wrong).toEqual(PROOF);
  await eventually(() => expect(mailsTo(person)).toHaveLength(1));
  const [mail] = mailsTo(person);
  expect(mail).toMatchObject({ kind: 'login', address: person.email });
  const token = new URL(mail.url).searchParams.get('token') ?? '';
  expect(await isLoginLinkUsable(token)).toBe(true);
  expect(await isLoginLinkUsable(token)).toBe(true);
  const entered = await Promise.all([logInByLink(token, browser), logInByLink(token, browser)]);
  const sessions = entered.filter(({ kind }) => kind === 'ok') as Login[];
  expect(sessions).toHaveLength(1);
  expect(await findLiveSession(sessions[0]?.sessionId ?? '')).toMatchObject({ userId: person.userId });
  expect(await isLoginLinkUsable(token)).toBe(false);
  // The browser is known from then on.
  expect(await checkLogin({ identifier: person.username, password: PASSWORD }, browser)).toMatchObject({
    kind: 'ok',
  });
  for (const foreign of [await issueToken('verify', person.userId, person.email), 'made-up', '']) {
    expect(await logInByLink(foreign, browser)).toEqual(REFUSED);
  }
});

test('no more links are mailed than a mailbox bears', async () => {
  const person = await addAccount('flooded');
  await guess([person.username], LIMITS.loginAccount.points);
  for (let i = 0; i < LIMITS.loginLink.points + 3; i += 1) {
    expect(await checkLogin({ identifier: person.username, password: PASSWORD }, newBrowser())).toEqual(
      PROOF,
    );
  }
  await eventually(async () => {
    const { rows } = await getPool().query(
      "select count(*)::int as count from tokens where user_id = $1 and purpose = 'login'",
      [person.userId],
    );
    expect(rows[0].count).toBe(LIMITS.loginLink.points);
  });
});

test('an unconfirmed address gets no more login links than its mailbox bears of all mails', async () => {
  const stranger = await addAccount('stranger');
  const owner = await addAccount('owner');
  await getPool().query('update users set email_verified_at = null where id = $1', [stranger.userId]);
  for (const { userId, username, email } of [stranger, owner]) {
    await guess([username], LIMITS.loginAccount.points);
    // All but one mail of the hour went there before, under another spelling.
    const target = toMailTarget(email.replace('@', '+tag@').toUpperCase());
    for (let i = 1; i < LIMITS.mailTarget.points; i += 1) await consumeLimit('mailTarget', target);
    for (let i = 0; i < 2; i += 1)
      expect(await checkLogin({ identifier: username, password: PASSWORD }, newBrowser())).toEqual(PROOF);
    const count = userId === owner.userId ? 2 : 1;
    await eventually(() => expect(mailsTo({ userId } as Person)).toHaveLength(count));
  }
  // The owner's two were asked for later, so the stranger's second would have gone by now.
  expect(mailsTo(stranger)).toHaveLength(1);
  expect(mailsTo(stranger)[0]).toMatchObject({ kind: 'login', isProven: false });
  expect(mailsTo(owner)[0]).toMatchObject({ kind: 'login', isProven: true });
});

test('who sets a new password by a mailed link logs in with it at once', async () => {
  const person = await addAccount('forgetful');
  const browser = newBrowser(null);
  await guess([person.username], LIMITS.loginAccount.points);
  for (let i = 0; i <= LIMITS.login.points; i += 1) {
    await checkLogin({ identifier: person.username, password: 'wrong' }, browser);
  }
  const token = await issueToken('reset', person.userId, person.email);
  const link = await issueToken('login', person.userId, person.email);
  const password = 'other-paper-82';
  expect(await resetPassword({ token, password }, browser)).toMatchObject({ ok: true });
  expect(await checkLogin({ identifier: person.email, password }, browser)).toMatchObject({ kind: 'ok' });
  // A link that was mailed for the old password opens nothing.
  expect(await logInByLink(link, browser)).toEqual(REFUSED);
});

test('each try is logged with its person and outcome, and with nothing that was typed', async () => {
  const info = vi.fn();
  const log = { info, error: vi.fn(), warn: vi.fn(), debug: vi.fn() };
  logSingleton.set(log as unknown as ReturnType<typeof getLog>);
  const person = await addAccount('logged');
  const browser = newBrowser();
  const secret = 'my-password-in-the-wrong-field';
  await checkLogin({ identifier: secret, password: secret }, browser);
  await checkLogin({ identifier: person.email, password: secret }, browser);
  await checkLogin({ identifier: person.email, password: PASSWORD }, browser);
  const shape = { security: 'login', client: browser.ipKey, device: 'Chrome · Windows' };
  expect(info.mock.calls.map(([fields]) => fields)).toEqual([
    { ...shape, outcome: 'failed', userId: null },
    { ...shape, outcome: 'failed', userId: person.userId },
    { ...shape, outcome: 'ok', userId: person.userId },
  ]);
  expect(JSON.stringify(info.mock.calls)).not.toMatch(/my-password|quiet-paper|@/);
});
