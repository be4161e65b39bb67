import type { AddressInfo } from 'node:net';
import { type ParsedMail, simpleParser } from 'mailparser';
import { SMTPServer } from 'smtp-server';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { warmTemplates } from '#lib/email/render.ts';
import { startMailWorkers, stopMailWorkers } from '#lib/email/workers.ts';
import { setUpDatabase } from '../support/database.ts';
import { eventually, listMails, say } from '../support/mail.ts';
import { addPair } from '../support/people.ts';

type Refusal = Error & { responseCode: number };

const arrived: ParsedMail[] = [];
/** Refusals to give next to a recipient. */
const refusals = new Map<string, { at: 'rcpt' | 'data'; code: number }[]>();
const refuse = (address: string, at: 'rcpt' | 'data'): Refusal | undefined => {
  const next = refusals.get(address)?.[0];
  if (next?.at !== at) return undefined;
  refusals.get(address)?.shift();
  return Object.assign(new Error('told so'), { responseCode: next.code });
};
const server = new SMTPServer({
  authOptional: true,
  disableReverseLookup: true,
  disabledCommands: ['STARTTLS'],
  onRcptTo: ({ address }, _session, done) => done(refuse(address, 'rcpt')),
  onData: async (stream, session, done) => {
    const mail = await simpleParser(stream);
    const refusal = refuse(session.envelope.rcptTo[0]?.address ?? '', 'data');
    arrived.push(mail);
    done(refusal);
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
  expect(mail?.subject).toBe(`${first.username}님의 메시지: 안녕`);
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

test('an unknown recipient is given up', async () => {
  const { first, second, conversationId } = await addPair();
  refusals.set(second.email, [{ at: 'rcpt', code: 550 }]);
  await say(first, conversationId, 'nobody there');
  const mail = await waitForState(second.userId, 'failed');
  expect(mail.last_error).toContain('550');
});
