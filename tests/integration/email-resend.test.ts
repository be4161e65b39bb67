import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { getPool } from '#db/client.ts';
import { createResendTransport } from '#lib/email/transports/resend.ts';
import { setUpDatabase } from '../support/database.ts';
import { eventually, listMails, say } from '../support/mail.ts';
import { runMailWorkers } from '../support/mail-workers.ts';
import { addPair } from '../support/people.ts';
import { startResendStandIn } from '../support/resend-stand-in.ts';

const resend = await startResendStandIn();
await setUpDatabase({
  RESEND_API_KEY: 're_test_key',
  RESEND_BASE_URL: resend.url,
  EMAIL_FROM: 'Dandul <hello@chat.example.com>',
});

runMailWorkers(() => resend.close());

const waitForState = (userId: string, state: string) =>
  eventually(async () => {
    const [mail] = await listMails(userId);
    expect(mail?.state).toBe(state);
    return mail;
  }, 20_000);

test('a mail is one request with key, idempotency key, both parts and the headers', async () => {
  const { first, second, conversationId } = await addPair();
  await say(first, conversationId, 'through Resend');
  const mail = await waitForState(second.userId, 'sent');
  const [request, ...others] = resend.requestsTo(second.email);
  expect(others).toEqual([]);
  expect(request).toMatchObject({
    method: 'POST',
    path: '/emails',
    headers: { authorization: 'Bearer re_test_key', 'idempotency-key': `mail-${mail.id}` },
    body: {
      from: `"${first.username} · 단둘" <hello@chat.example.com>`,
      to: second.email,
      subject: `${first.username}님의 메시지`,
      headers: {
        'Auto-Submitted': 'auto-generated',
        'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
        'X-Auto-Response-Suppress': 'All',
        References: `<${conversationId}.${second.userId}@chat.example.com>`,
      },
      tags: [{ name: 'mail_id', value: mail.id }],
    },
  });
  expect(request?.body.html).toContain('through Resend');
  expect(request?.body.text).toContain('through Resend');
  expect(request?.body.headers['Message-ID']).toBeUndefined();
});

test('after a server error the very same request is made again', async () => {
  const { first, second, conversationId } = await addPair();
  resend.answer(second.email, { status: 500 });
  await say(first, conversationId, 'try me twice');
  const mail = await waitForState(second.userId, 'sent');
  const [one, two, ...others] = resend.requestsTo(second.email);
  expect(others).toEqual([]);
  expect(two?.raw).toBe(one?.raw);
  expect(two?.headers['idempotency-key']).toBe(one?.headers['idempotency-key']);
  expect(mail.attempts).toBe(2);
});

test('a full quota is waited for as long as it says', async () => {
  const { first, second, conversationId } = await addPair();
  resend.answer(second.email, {
    status: 429,
    headers: { 'Retry-After': '7' },
    body: { name: 'rate_limit_exceeded', message: 'slow down', statusCode: 429 },
  });
  await say(first, conversationId, 'later then');
  await waitForState(second.userId, 'sent');
  const [one, two, ...others] = resend.requestsTo(second.email);
  expect(others).toEqual([]);
  expect((two?.at ?? 0) - (one?.at ?? 0)).toBeGreaterThanOrEqual(6_900);
  const { id } = (await listMails(second.userId))[0];
  await eventually(async () => {
    const { rows } = await getPool().query(
      "select state from pgboss.job where name = 'mail.deliver' and data->>'mailId' = $1",
      [id],
    );
    expect(rows).toEqual([{ state: 'completed' }]);
  });
});

test('a mail that is refused as such is given up at once', async () => {
  const { first, second, conversationId } = await addPair();
  resend.answer(second.email, {
    status: 422,
    body: { name: 'validation_error', message: 'bad address', statusCode: 422 },
  });
  await say(first, conversationId, 'never accepted');
  const mail = await waitForState(second.userId, 'failed');
  expect(mail.last_error).toContain('validation_error');
  expect(resend.requestsTo(second.email)).toHaveLength(1);
});

/** A mail that is refused for now, and whose recipient changes something before the retry. */
async function changeBeforeRetry(statement: string, value: string) {
  const { first, second, conversationId } = await addPair();
  resend.answer(second.email, { status: 503 }, { status: 503 });
  await say(first, conversationId, 'for the old state');
  await eventually(() => expect(resend.requestsTo(second.email)).toHaveLength(1));
  await getPool().query(statement, [second.userId, value]);
  await waitForState(second.userId, 'cancelled');
  expect(resend.requestsTo(second.email)).toHaveLength(1);
  return second;
}

test('a retry is cancelled when the address has changed meanwhile, and what it told goes to the new one', async () => {
  const fresh = `${randomUUID()}@example.com`;
  const second = await changeBeforeRetry('update users set email = $2, email_key = $2 where id = $1', fresh);
  await eventually(() => expect(resend.requestsTo(fresh)).toHaveLength(1));
  const [before] = resend.requestsTo(second.email);
  const [after] = resend.requestsTo(fresh);
  expect(after?.body.text).toContain('for the old state');
  expect(after?.headers['idempotency-key']).not.toBe(before?.headers['idempotency-key']);
});

test('a retry is cancelled when the preference has changed meanwhile', async () => {
  const second = await changeBeforeRetry('update users set email_preference = $2 where id = $1', 'never');
  expect((await listMails(second.userId)).map(({ state }) => state)).toEqual(['cancelled']);
});

test('after a day of failures a mail is given up', async () => {
  const { first, second, conversationId } = await addPair();
  resend.answer(second.email, { status: 500 }, { status: 500 });
  await say(first, conversationId, 'a long outage');
  await eventually(() => expect(resend.requestsTo(second.email)).toHaveLength(1));
  await getPool().query(
    "update mails set created_at = created_at - interval '25 hours' where recipient_id = $1",
    [second.userId],
  );
  await waitForState(second.userId, 'failed');
});

test('a server that hangs is given up in time', async () => {
  resend.answer('hang@example.com', 'hang');
  const mail = {
    id: '01940000-0000-7000-8000-000000000001',
    address: 'hang@example.com',
    payload: { subject: 's', html: '<p>h</p>', text: 't', headers: {} },
    idempotencyKey: 'mail-1',
    createdAt: new Date(),
  };
  await expect(createResendTransport(200).send(mail)).rejects.toMatchObject({
    code: 'MAIL_TRANSPORT',
    permanent: false,
  });
});
