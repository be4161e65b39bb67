import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { getPool } from '#db/client.ts';
import { moveCursor } from '#lib/chat/move-cursor.ts';
import { readMessageDetails } from '#lib/chat/read-message-details.ts';
import { queueAccountMail } from '#lib/email/account.ts';
import { resumeMail } from '#lib/email/delivery/resume-mail.ts';
import { MAX_TEXTS } from '#lib/email/messages/fit-texts.ts';
import { envSingleton } from '#lib/runtime/env.ts';
import { POST } from '../../app/api/webhooks/resend/route.ts';
import { setUpDatabase } from '../support/database.ts';
import { eventually, listMails, readMailedSeq, say } from '../support/mail.ts';
import { runMailWorkers, startMailWorkers, stopMailWorkers } from '../support/mail-workers.ts';
import { addPair, addPerson, type Person } from '../support/people.ts';
import { startResendStandIn } from '../support/resend-stand-in.ts';
import { signWebhook, WEBHOOK_SECRET } from '../support/svix.ts';

const resend = await startResendStandIn();
await setUpDatabase({
  RESEND_API_KEY: 're_test_key',
  RESEND_BASE_URL: resend.url,
  RESEND_WEBHOOK_SECRET: WEBHOOK_SECRET,
  EMAIL_FROM: 'Dandul <hello@chat.example.com>',
  EMAIL_WINDOW_SECONDS: '0',
});

runMailWorkers(() => resend.close());

const AT = '2026-11-24T15:04:05.000Z';

/** An event as Resend documents it, about a mail of ours. */
const makeEvent = (type: string, mailId: string, more: object = {}) =>
  JSON.stringify({
    type,
    created_at: AT,
    data: {
      email_id: randomUUID(),
      message_id: '<x@amazonses.com>',
      created_at: AT,
      from: 'Dandul <hello@chat.example.com>',
      to: ['somebody@example.com'],
      subject: 'a subject',
      tags: { mail_id: mailId },
      ...more,
    },
  });
const permanent = { bounce: { type: 'Permanent', subType: 'General', message: 'no such mailbox' } };
const transient = { bounce: { type: 'Transient', subType: 'MailboxFull', message: 'full' } };

function call(payload: string, headers: Record<string, string>): Promise<Response> {
  return POST(
    new Request('http://localhost:3000/api/webhooks/resend', { method: 'POST', body: payload, headers }),
  );
}
const tell = async (payload: string, id = `msg_${randomUUID()}`) =>
  expect((await call(payload, signWebhook(payload, { id }))).status).toBe(200);

async function sendOne(first: Person, second: Person, conversationId: string, text = 'hello') {
  const { length } = await listMails(second.userId);
  await say(first, conversationId, text);
  return eventually(async () => {
    const mail = (await listMails(second.userId))[length];
    expect(mail?.state).toBe('sent');
    return mail;
  });
}
async function readStanding(person: Person) {
  const { rows } = await getPool().query(
    'select email_stop_reason as reason, email_stopped_at is not null as "isStopped" from users where id = $1',
    [person.userId],
  );
  return rows[0];
}
const readDetails = async (viewer: Person, conversationId: string, seq: number) => {
  const answer = await readMessageDetails({ viewerId: viewer.userId, conversationId, seq });
  return answer.ok ? answer.value.details : answer.error.code;
};

test('the sender’s details climb the ladder as far as is known, and say nothing of the address', async () => {
  const { first, second, conversationId } = await addPair();
  const mail = await sendOne(first, second, conversationId);
  const sentAt = expect.stringMatching(/^2\d{3}-.+Z$/);
  expect(await readDetails(first, conversationId, 1)).toEqual({ sentAt, mail: { sentAt } });
  await tell(makeEvent('email.delivered', mail.id));
  const arrived = { sentAt, deliveredAt: AT };
  expect(await readDetails(first, conversationId, 1)).toEqual({ sentAt, mail: arrived });

  await moveCursor({ viewerId: second.userId, conversationId, kind: 'delivered', seq: 1 });
  const delivered = { at: sentAt };
  expect(await readDetails(first, conversationId, 1)).toEqual({ sentAt, delivered, mail: arrived });
  await moveCursor({ viewerId: second.userId, conversationId, kind: 'read', seq: 1 });
  const details = await readDetails(first, conversationId, 1);
  expect(details).toEqual({ sentAt, delivered, read: { at: sentAt }, mail: arrived });
  expect(JSON.stringify(details)).not.toContain('example.com');
});

test('a step whose time is not known any more is told without one, never with another’s', async () => {
  const { first, second, conversationId } = await addPair();
  await say(first, conversationId, 'one', 'two');
  await moveCursor({ viewerId: second.userId, conversationId, kind: 'read', seq: 1 });
  await getPool().query('delete from receipts where conversation_id = $1', [conversationId]);
  await moveCursor({ viewerId: second.userId, conversationId, kind: 'read', seq: 2 });
  expect(await readDetails(first, conversationId, 1)).toMatchObject({
    delivered: { at: null },
    read: { at: null },
  });
  expect(await readDetails(first, conversationId, 2)).toMatchObject({ read: { at: expect.any(String) } });
});

test('the way of a message is its sender’s alone; a stranger gets what a missing message gives', async () => {
  const { first, second, conversationId } = await addPair();
  const stranger = await addPerson('stranger');
  await say(first, conversationId, 'mine');
  expect(await readDetails(first, conversationId, 2)).toBe('not_found');
  expect(await readDetails(second, conversationId, 1)).toEqual({ sentAt: expect.any(String) });
  expect(await readDetails(stranger, conversationId, 1)).toBe('not_found');
});

test('each text of several mails is said to be mailed, the last one too', async () => {
  const { first, second, conversationId } = await addPair();
  await stopMailWorkers();
  await say(first, conversationId, ...Array.from({ length: MAX_TEXTS + 1 }, (_, index) => `text ${index}`));
  await startMailWorkers();
  await eventually(async () =>
    expect((await listMails(second.userId)).map(({ state }) => state)).toEqual(['sent', 'sent']),
  );
  expect(await readDetails(first, conversationId, 1)).toHaveProperty('mail');
  expect(await readDetails(first, conversationId, MAX_TEXTS + 1)).toHaveProperty('mail');
});

test('a hard bounce stops mail to the address; a new mail is not written, and the sender learns of it', async () => {
  const { first, second, conversationId } = await addPair();
  const mail = await sendOne(first, second, conversationId);
  await tell(makeEvent('email.bounced', mail.id, permanent));
  expect(await readStanding(second)).toEqual({ reason: 'bounced', isStopped: true });
  expect(await readDetails(first, conversationId, 1)).toMatchObject({ mail: { bouncedAt: AT } });

  await say(first, conversationId, 'into the void');
  await eventually(async () => expect(await readMailedSeq(conversationId, second.userId)).toBe(2));
  expect(await listMails(second.userId)).toHaveLength(1);
  await queueAccountMail({
    kind: 'reset',
    isProven: true,
    userId: second.userId,
    address: second.email,
    locale: 'en',
    username: second.username,
    url: 'http://localhost:3000/reset-password?token=x',
  });
  await eventually(async () => expect((await listMails(second.userId))[1]?.state).toBe('cancelled'));
  // What proves the address anew is what still goes.
  await queueAccountMail({
    kind: 'verify',
    userId: second.userId,
    address: second.email,
    locale: 'en',
    username: second.username,
    url: 'http://localhost:3000/verify-email?token=x',
  });
  await eventually(async () => expect((await listMails(second.userId))[2]?.state).toBe('sent'));
});

test('a passing bounce is told to the sender and stops nothing', async () => {
  const { first, second, conversationId } = await addPair();
  const mail = await sendOne(first, second, conversationId);
  await tell(makeEvent('email.bounced', mail.id, transient));
  expect(await readStanding(second)).toEqual({ reason: null, isStopped: false });
  expect(await readDetails(first, conversationId, 1)).toMatchObject({ mail: { bouncedAt: AT } });
});

test('a complaint stops mails about messages until its owner wants them again, and then from then on', async () => {
  const { first, second, conversationId } = await addPair();
  const mail = await sendOne(first, second, conversationId);
  await tell(makeEvent('email.complained', mail.id));
  expect(await readStanding(second)).toEqual({ reason: 'complained', isStopped: true });
  expect(JSON.stringify(await readDetails(first, conversationId, 1))).not.toContain('complain');
  await say(first, conversationId, 'not mailed');
  await eventually(async () => expect(await readMailedSeq(conversationId, second.userId)).toBe(2));
  await resumeMail(second.userId);
  const next = await sendOne(first, second, conversationId, 'mailed again');
  expect([next.fromSeq, next.toSeq]).toEqual([3, 3]);
});

test('a bounce of a mail to a former address does not stop the present one', async () => {
  const { first, second, conversationId } = await addPair();
  const mail = await sendOne(first, second, conversationId);
  await getPool().query('update users set email = $2, email_key = $2 where id = $1', [
    second.userId,
    `${second.userId}@elsewhere.example.com`,
  ]);
  await tell(makeEvent('email.bounced', mail.id, permanent));
  expect(await readStanding(second)).toEqual({ reason: null, isStopped: false });
});

test('an address on Resend’s own list of suppressed ones is stopped, and a failure is listed as failed', async () => {
  const { first, second, conversationId } = await addPair();
  const mail = await sendOne(first, second, conversationId);
  await tell(makeEvent('email.failed', mail.id, { failed: { reason: 'reached_daily_quota' } }));
  const [failed] = await listMails(second.userId);
  expect([failed.state, failed.last_error]).toEqual(['failed', 'Resend: reached_daily_quota']);
  expect(await readDetails(first, conversationId, 1)).not.toHaveProperty('mail');
  const next = await sendOne(first, second, conversationId, 'again');
  await tell(makeEvent('email.suppressed', next.id, { suppressed: { type: 'bounce', message: 'listed' } }));
  expect(await readStanding(second)).toMatchObject({ reason: 'bounced' });
});

test('a call that is unsigned, signed by another, changed, or too old changes nothing', async () => {
  const { first, second, conversationId } = await addPair();
  const mail = await sendOne(first, second, conversationId);
  const payload = makeEvent('email.bounced', mail.id, permanent);
  const id = `msg_${randomUUID()}`;
  const other = `whsec_${Buffer.from('a secret of somebody else here').toString('base64')}`;
  const signed = signWebhook(payload, { id });
  const bad: [string, Record<string, string>][] = [
    [payload, {}],
    [payload, { ...signed, 'svix-signature': '' }],
    [payload, signWebhook(payload, { id, secret: other })],
    [payload.replace('Permanent', 'permanent'), signed],
    [payload, { ...signed, 'svix-id': 'msg_another' }],
    [payload, signWebhook(payload, { id, at: new Date(Date.now() - 10 * 60_000) })],
    [payload, signWebhook(payload, { id, at: new Date(Date.now() + 10 * 60_000) })],
  ];
  for (const [body, headers] of bad) expect((await call(body, headers)).status).toBe(401);
  expect(await readStanding(second)).toEqual({ reason: null, isStopped: false });
});

test('the same call again, however soon, changes nothing', async () => {
  const { first, second, conversationId } = await addPair();
  const mail = await sendOne(first, second, conversationId);
  const payload = makeEvent('email.complained', mail.id);
  const id = `msg_${randomUUID()}`;
  await Promise.all([tell(payload, id), tell(payload, id)]);
  await resumeMail(second.userId);
  await tell(payload, id);
  expect(await readStanding(second)).toEqual({ reason: null, isStopped: false });
});

test('an event about nothing of ours, or of no known kind, is taken and changes nothing', async () => {
  const person = await addPerson('bystander');
  for (const payload of [
    makeEvent('email.bounced', randomUUID(), permanent),
    makeEvent('email.bounced', 'not-a-uuid', permanent),
    makeEvent('email.opened', randomUUID()),
    JSON.stringify({ type: 'domain.updated', created_at: AT, data: { id: 'x' } }),
    JSON.stringify([]),
  ]) {
    await tell(payload);
  }
  expect(await readStanding(person)).toEqual({ reason: null, isStopped: false });
});

test('without a secret the route is not there', async () => {
  const { getEnv } = await import('#lib/runtime/env.ts');
  const env = getEnv();
  envSingleton.set({ ...env, RESEND_WEBHOOK_SECRET: undefined });
  try {
    const payload = makeEvent('email.bounced', randomUUID(), permanent);
    expect((await call(payload, signWebhook(payload, { id: 'msg_1' }))).status).toBe(404);
  } finally {
    envSingleton.set(env);
  }
});
