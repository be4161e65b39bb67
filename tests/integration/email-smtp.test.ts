import type { AddressInfo } from 'node:net';
import { type ParsedMail, simpleParser } from 'mailparser';
import { SMTPServer } from 'smtp-server';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { getPool } from '#db/client.ts';
import { warmTemplates } from '#lib/email/content/render.ts';
import { releaseHeldMail } from '#lib/email/messages/release-held.ts';
import { setUpDatabase } from '../support/database.ts';
import { eventually, listMails, say } from '../support/mail.ts';
import { startMailWorkers, stopMailWorkers } from '../support/mail-workers.ts';
import { addPair } from '../support/people.ts';

type Refusal = Error & { responseCode: number };
type Stage = 'from' | 'rcpt' | 'data';

const arrived: ParsedMail[] = [];
/** Refusals to give next to a recipient, or to anybody at MAIL FROM. */
const refusals = new Map<string, { at: Stage; code: number; text?: string }[]>();
const refuse = (address: string, at: Stage): Refusal | undefined => {
  const next = refusals.get(address)?.[0];
  if (next?.at !== at) return undefined;
  refusals.get(address)?.shift();
  return Object.assign(new Error(next.text ?? 'told so'), { responseCode: next.code });
};
/** How long (ms) the answer to a mail takes, by recipient. */
const delays = new Map<string, number>();
const server = new SMTPServer({
  authOptional: true,
  disableReverseLookup: true,
  disabledCommands: ['STARTTLS'],
  onMailFrom: (_address, _session, done) => done(refuse('anybody', 'from')),
  onRcptTo: ({ address }, _session, done) => done(refuse(address, 'rcpt')),
  onData: async (stream, session, done) => {
    const to = session.envelope.rcptTo[0]?.address ?? '';
    const mail = await simpleParser(stream);
    const refusal = refuse(to, 'data');
    arrived.push(mail);
    setTimeout(() => done(refusal), delays.get(to) ?? 0);
  },
});
await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
await setUpDatabase({ SMTP_URL: `smtp://127.0.0.1:${(server.server.address() as AddressInfo).port}` });

beforeAll(async () => {
  await warmTemplates();
  await startMailWorkers();
});
afterAll(async () => {
  await stopMailWorkers();
  await new Promise<void>((resolve) => server.close(() => resolve()));
});

const waitForState = (userId: string, state: string) =>
  eventually(async () => {
    const [mail] = await listMails(userId);
    expect(mail?.state).toBe(state);
    return mail;
  }, 20_000);
const arrivedAt = (address: string) =>
  arrived.filter(({ to }) => to && !Array.isArray(to) && to.value[0]?.address === address);

test('an SMTP server receives the whole mail', async () => {
  const { first, second, conversationId } = await addPair();
  await say(first, conversationId, '안녕\n<b>굵게</b>');
  const { id } = await waitForState(second.userId, 'sent');
  const [mail] = arrivedAt(second.email);
  expect(mail?.subject).toBe(`${first.username}님의 메시지`);
  expect(mail?.from?.value).toEqual([{ name: `${first.username} · 단둘`, address: 'dandul@localhost' }]);
  expect(mail?.text).toContain('안녕\n<b>굵게</b>');
  expect(mail?.html).toContain('&lt;b&gt;굵게');
  expect(mail?.messageId).toBe(`<${id}@localhost>`);
  expect(mail?.headers.get('list')).toMatchObject({ unsubscribe: expect.anything() });
});

test('a busy server is tried again with the same Message-ID', async () => {
  const { first, second, conversationId } = await addPair();
  refusals.set(second.email, [{ at: 'data', code: 451 }]);
  await say(first, conversationId, 'twice');
  await waitForState(second.userId, 'sent');
  const [one, two, ...others] = arrivedAt(second.email);
  expect(others).toEqual([]);
  expect(two?.messageId).toBe(one?.messageId);
  expect(two?.date).toEqual(one?.date);
});

test('what waits for an address that was mistyped goes to the new one as soon as that is confirmed', async () => {
  const { first, second, conversationId } = await addPair();
  refusals.set(
    second.email,
    Array.from({ length: 50 }, () => ({ at: 'data', code: 451 })),
  );
  await say(first, conversationId, 'to whichever address');
  await eventually(() => expect(arrivedAt(second.email).length).toBeGreaterThan(0));
  const email = `new-${second.email}`;
  await getPool().query('update users set email = $2, email_key = $2 where id = $1', [second.userId, email]);
  await releaseHeldMail(second.userId);
  await eventually(() => expect(arrivedAt(email)).toHaveLength(1));
  expect(arrivedAt(email)[0]?.text).toContain('to whichever address');
  await eventually(async () => {
    const states = (await listMails(second.userId)).map(({ state }) => state);
    expect(states.sort()).toEqual(['cancelled', 'sent']);
  });
});

async function readStop(userId: string) {
  const { rows } = await getPool().query('select email_stop_reason as reason from users where id = $1', [
    userId,
  ]);
  return rows[0].reason;
}

test.each([
  ['an unknown mailbox', 'rcpt', 550, '5.1.1 no such user here', 'bounced'],
  ['an unknown mailbox, told without a code', 'rcpt', 550, 'No such user', 'bounced'],
  ['a server that does not relay', 'rcpt', 550, 'relay not permitted', null],
  ['a policy', 'rcpt', 554, '5.7.1 Service unavailable; client host blocked', null],
  ['the content, whatever code it has', 'data', 550, '5.1.1 not like this', null],
] as const)(
  '%s ends the mail, says why, and stops the address only where it is at fault',
  async (...given) => {
    const [, at, code, text, reason] = given;
    const { first, second, conversationId } = await addPair();
    refusals.set(second.email, [{ at, code, text }]);
    await say(first, conversationId, 'refused');
    const mail = await waitForState(second.userId, 'failed');
    expect(mail.last_error).toContain(`${code} ${text}`);
    expect(mail.last_error).toContain(at === 'rcpt' ? 'RCPT TO' : 'DATA');
    await eventually(async () => expect(await readStop(second.userId)).toBe(reason));
  },
);

test('a refused sender is nobody’s fault: the mail is tried again and its reader is not stopped', async () => {
  const { first, second, conversationId } = await addPair();
  refusals.set('anybody', [{ at: 'from', code: 550, text: '5.1.8 sender address rejected' }]);
  await say(first, conversationId, 'once the sender is mended');
  const mail = await waitForState(second.userId, 'sent');
  expect(mail.attempts).toBe(2);
  expect(await readStop(second.userId)).toBe(null);
  expect(arrivedAt(second.email)).toHaveLength(1);
});

test('a server that takes its time after a mail gets it once', async () => {
  const { first, second, conversationId } = await addPair();
  delays.set(second.email, 17_000);
  await say(first, conversationId, 'slowly');
  const mail = await eventually(async () => {
    const [row] = await listMails(second.userId);
    expect(row?.state).toBe('sent');
    return row;
  }, 60_000);
  expect(mail.attempts).toBe(1);
  expect(arrivedAt(second.email)).toHaveLength(1);
}, 90_000);

test('two hundred conversations that begin at once are mailed without a pause between', async () => {
  const pairs: Awaited<ReturnType<typeof addPair>>[] = [];
  for (let index = 0; index < 200; index += 1) pairs.push(await addPair());
  await Promise.all(pairs.map(({ first, conversationId }) => say(first, conversationId, 'good morning')));
  const emails = new Set(pairs.map(({ second }) => second.email));
  await eventually(() => {
    const mailed = arrived.flatMap(({ to }) => (to && !Array.isArray(to) ? [to.value[0]?.address] : []));
    expect(mailed.filter((address) => emails.has(address ?? ''))).toHaveLength(200);
  }, 30_000);
}, 120_000);
