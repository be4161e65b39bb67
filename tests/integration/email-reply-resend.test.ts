import { randomUUID } from 'node:crypto';
import { Resolver } from 'node:dns/promises';
import type { GetReceivingEmailResponseSuccess } from 'resend';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { getPool } from '#db/client.ts';
import { readHistory } from '#lib/chat/read-history.ts';
import { setBlocked } from '#lib/chat/set-blocked.ts';
import { warmTemplates } from '#lib/email/render.ts';
import { readReplyAddress } from '#lib/email/reply/address.ts';
import { receiveFromResend } from '#lib/email/reply/from-resend.ts';
import { startMailWorkers, stopMailWorkers } from '#lib/email/workers.ts';
import { getEnv } from '#lib/env.ts';
import { setMemo } from '#lib/memo.ts';
import { POST } from '../../app/api/webhooks/resend/route.ts';
import { setUpDatabase } from '../support/database.ts';
import { connectClient, nextEvent, startLive } from '../support/live.ts';
import { eventually, listMails, say } from '../support/mail.ts';
import { addPair, addPerson, type Person } from '../support/people.ts';
import { startResendStandIn } from '../support/resend-stand-in.ts';
import { composeSigned, resolveTestDns, type TestMail } from '../support/signed-mail.ts';
import { signWebhook, WEBHOOK_SECRET } from '../support/svix.ts';

const resend = await startResendStandIn();
await setUpDatabase({
  RESEND_API_KEY: 're_test_key',
  RESEND_BASE_URL: resend.url,
  RESEND_WEBHOOK_SECRET: WEBHOOK_SECRET,
  REPLY_DOMAIN: 'reply.example.com',
  EMAIL_FROM: 'Dandul <hello@chat.example.com>',
  EMAIL_WINDOW_SECONDS: '0',
});
const live = await startLive();
vi.spyOn(Resolver.prototype, 'resolve').mockImplementation(resolveTestDns as Resolver['resolve']);

beforeAll(async () => {
  await warmTemplates();
  await startMailWorkers();
});
afterAll(async () => {
  await stopMailWorkers();
  await live.close();
  resend.close();
});

/** Mails a text and returns the address that replies to it go to. */
async function mailOut(first: Person, second: Person, conversationId: string, ...texts: string[]) {
  const { length } = await listMails(second.userId);
  await say(first, conversationId, ...texts);
  await eventually(async () => expect((await listMails(second.userId))[length]?.state).toBe('sent'));
  return resend.requestsTo(second.email).at(-1)?.body.reply_to as string;
}

/** With what Resend tells of it besides. */
type ArrivingMail = TestMail & { told?: Partial<GetReceivingEmailResponseSuccess> };

/** Resend receives a mail and tells us so; returns when we have taken note. */
async function arrive(from: string, to: string, { told, ...mail }: ArrivingMail = {}): Promise<string> {
  const id = randomUUID();
  const raw = await composeSigned({ from, to, subject: 'Re: a message', ...mail });
  resend.receivedRaw.set(id, raw);
  resend.received.set(id, {
    object: 'email',
    id,
    to: [to],
    from,
    created_at: new Date().toISOString(),
    subject: 'Re: a message',
    bcc: [],
    cc: [],
    reply_to: [],
    received_for: [to],
    html: null,
    text: null,
    headers: {},
    message_id: `<${id}@mail.example.com>`,
    attachments: [],
    ...told,
  });
  const payload = JSON.stringify({
    type: 'email.received',
    created_at: new Date().toISOString(),
    data: { email_id: id, from, to: [to], subject: 'Re: a message', attachments: [] },
  });
  const headers = signWebhook(payload, { id: `msg_${id}` });
  const url = 'http://localhost:3000/api/webhooks/resend';
  expect((await POST(new Request(url, { method: 'POST', body: payload, headers }))).status).toBe(200);
  await eventually(async () => {
    const { rows } = await getPool().query(
      "select state from pgboss.job where name = 'mail.receive' and data->>'emailId' = $1",
      [id],
    );
    expect(rows).toEqual([{ state: 'completed' }]);
  });
  return id;
}

async function listMessages(viewer: Person, conversationId: string) {
  const page = await readHistory({ viewerId: viewer.userId, conversationId });
  return page.ok ? page.messages : [];
}
const listRefusals = (address: string) => resend.requestsTo(address).filter(({ body }) => !body.reply_to);

test('a mail names a reply address of its conversation; a reply to it appears live, marked as by e-mail', async () => {
  const { first, second, conversationId } = await addPair();
  const replyTo = await mailOut(first, second, conversationId, '토요일에 볼까요?', '두 시 어때요?');
  const target = readReplyAddress(replyTo);
  expect(target).toMatchObject({ conversationId });
  const client = await connectClient(live.url, first.cookie);
  const arrived = nextEvent(client, 'message:new');
  const isRead = nextEvent(
    client,
    'conversation:cursor',
    ({ readSeq }) => readSeq >= (target?.quotedSeq ?? 0),
  );
  await arrive(`Junho <${second.email}>`, replyTo, {
    text: '네 좋아요\n두 시에 봐요\n\n2026년 11월 24일 (화) 오후 3:04, 단둘 <hello@chat.example.com>님이 작성:\n\n> 토요일에 볼까요?\n',
  });
  expect(await arrived).toMatchObject({
    conversationId,
    senderId: second.userId,
    body: '네 좋아요\n두 시에 봐요',
    via: 'email',
  });
  expect(await isRead).toMatchObject({ userId: second.userId });
  client.disconnect();
  const stored = await listMessages(first, conversationId);
  expect(stored.at(-1)).toMatchObject({ via: 'email', senderId: second.userId });
  expect(stored[0]).not.toHaveProperty('via');
});

test('a reply marks read up to what its mail showed and not what came since', async () => {
  const { first, second, conversationId } = await addPair();
  const replyTo = await mailOut(first, second, conversationId, 'one');
  await mailOut(first, second, conversationId, 'two');
  await arrive(second.email, replyTo, { text: 'an answer to one' });
  const { rows } = await getPool().query(
    'select read_seq from members where conversation_id = $1 and user_id = $2',
    [conversationId, second.userId],
  );
  expect(rows).toEqual([{ read_seq: 1 }]);
});

test('a reply cancels what still waits to be mailed of the texts that it quotes, and only that', async () => {
  const { first, second, conversationId } = await addPair();
  resend.answer(second.email, { status: 200, body: { id: 'x' } }, { status: 503 }, { status: 503 });
  const replyTo = await mailOut(first, second, conversationId, 'one');
  // An answer that got lost on its way: the mail arrived, and is to be sent again.
  await getPool().query("update mails set state = 'pending', sent_at = null where recipient_id = $1", [
    second.userId,
  ]);
  await arrive(second.email, replyTo, { text: 'got it' });
  expect((await listMails(second.userId))[0].state).toBe('cancelled');
  await say(first, conversationId, 'two');
  await eventually(async () => expect((await listMails(second.userId))[1]?.state).toBe('sent'), 20_000);
});

test('the same reply twice, also under another id of Resend’s, is one message', async () => {
  const { first, second, conversationId } = await addPair();
  const replyTo = await mailOut(first, second, conversationId, 'hello');
  const same = { text: 'only once', messageId: `<${randomUUID()}@mail.example.com>` };
  await arrive(second.email, replyTo, same);
  await arrive(second.email, replyTo, same);
  await arrive(second.email, replyTo, { ...same, messageId: `<${randomUUID()}@mail.example.com>` });
  const bodies = (await listMessages(first, conversationId)).map(({ body }) => body);
  expect(bodies).toEqual(['hello', 'only once', 'only once']);
});

test('files are named and HTML alone is read', async () => {
  const { first, second, conversationId } = await addPair();
  const replyTo = await mailOut(first, second, conversationId, 'send me the plan');
  const attachments = ['평면도.pdf', 'photo\r\n.jpg', false as const].map((filename) => ({
    filename,
    content: 'x',
  }));
  await arrive(second.email, replyTo, {
    html: '<div>여기 <b>있어요</b></div><div class="gmail_quote">인용</div>',
    attachments,
  });
  expect((await listMessages(first, conversationId)).at(-1)?.body).toBe(
    '여기 있어요\n\n메일에 첨부했지만 전하지 못한 파일: 평면도.pdf, photo  .jpg, file',
  );
  await arrive(second.email, replyTo, { text: '> quoted', attachments: attachments.slice(0, 1) });
  expect((await listMessages(first, conversationId)).at(-1)?.body).toBe(
    '메일에 첨부했지만 전하지 못한 파일: 평면도.pdf',
  );
});

test('a long reply becomes several messages in order, with nothing lost; a longer one is answered', async () => {
  const { first, second, conversationId } = await addPair();
  const replyTo = await mailOut(first, second, conversationId, 'tell me all');
  const lines = Array.from({ length: 900 }, (_, index) => `line ${index} of a long story`);
  await arrive(second.email, replyTo, { text: lines.join('\n') });
  await eventually(() => expect(listRefusals(second.email)).toHaveLength(1));
  expect(await listMessages(first, conversationId)).toHaveLength(1);
  lines.length = 600;
  await arrive(second.email, replyTo, { text: lines.join('\n') });
  const parts = (await listMessages(first, conversationId)).slice(1).map(({ body }) => body);
  expect(parts.length).toBeGreaterThan(3);
  expect(parts.join('\n')).toBe(lines.join('\n'));
});

test.each([
  ['somebody else’s', 'stranger'],
  ['the partner’s own', 'partner'],
])('a reply from %s address is not taken and politely answered, once', async (_, who) => {
  const { first, second, conversationId } = await addPair();
  const sender = who === 'partner' ? first.email : (await addPerson('stranger')).email;
  const replyTo = await mailOut(first, second, conversationId, 'private');
  const same = { text: 'I am not who I seem', messageId: `<${randomUUID()}@mail.example.com>` };
  await arrive(sender, replyTo, same);
  await arrive(sender, replyTo, same);
  expect(await listMessages(first, conversationId)).toHaveLength(1);
  await eventually(() => expect(listRefusals(sender)).toHaveLength(1));
  const [refusal] = listRefusals(sender);
  expect(refusal?.body.headers['Auto-Submitted']).toBe('auto-replied');
  expect(refusal?.body.headers['In-Reply-To']).toBe(same.messageId);
  expect(refusal?.body.text).not.toContain('I am not who I seem');
  // Neither whose conversation it is nor what was said in it.
  expect(refusal?.raw).not.toContain(second.email);
  expect(refusal?.raw).not.toContain(first.username);
  expect(refusal?.raw).not.toContain('private');
});

test.each([
  ['that nobody signed, though its domain’s DMARC wants that', { signedBy: 'none' }],
  ['that another domain signed', { signedBy: 'elsewhere.example' }],
  ['that was changed on its way', { tamper: (mail: string) => mail.replace('forged', 'altered') }],
  [
    'that calls itself genuine',
    {
      signedBy: 'none',
      headers: { 'Authentication-Results': 'amazonses.com; spf=pass; dkim=pass; dmarc=pass' },
    },
  ],
])('a reply %s is neither taken nor answered', async (_, more) => {
  const { first, second, conversationId } = await addPair();
  const replyTo = await mailOut(first, second, conversationId, 'hello');
  const before = resend.requestsTo(second.email).length;
  await arrive(second.email, replyTo, { text: 'forged', ...more });
  expect(await listMessages(first, conversationId)).toHaveLength(1);
  expect((await listMails(second.userId)).filter(({ kind }) => kind === 'refusal')).toEqual([]);
  expect(resend.requestsTo(second.email)).toHaveLength(before);
});

test('a mail that Resend does not keep as it was sent is taken from what it tells, once', async () => {
  const { first, second, conversationId } = await addPair();
  const replyTo = await mailOut(first, second, conversationId, 'hello');
  const file = { id: 'f', size: 1, content_type: 'x/y', content_id: null, content_disposition: null };
  const told = {
    from: `Junho <${second.email}>`,
    text: '여기요\n\n> hello\n',
    message_id: '<told@mail.example.com>',
    attachments: [{ ...file, filename: '평면도.pdf' }],
  };
  await arrive(second.email, replyTo, { told: { ...told, raw: null } });
  await arrive(second.email, replyTo, { told: { ...told, raw: null } });
  const bodies = (await listMessages(first, conversationId)).map(({ body }) => body);
  expect(bodies).toEqual(['hello', '여기요\n\n메일에 첨부했지만 전하지 못한 파일: 평면도.pdf']);
});

test('so is one whose download is gone; one whose download fails otherwise is tried again', async () => {
  const { first, second, conversationId } = await addPair();
  const replyTo = await mailOut(first, second, conversationId, 'hello');
  const tell = (id: string, text: string) =>
    resend.received.set(id, {
      ...{ object: 'email', id, to: [replyTo], from: second.email, subject: 'Re:', headers: {} },
      ...{ text, html: null, cc: null, received_for: [], message_id: `<${id}@m.example>`, attachments: [] },
    });
  const [gone, broken] = [randomUUID(), randomUUID()];
  tell(gone, 'from what is told');
  resend.rawStatus.set(gone, 404);
  await receiveFromResend(gone);
  tell(broken, 'never read');
  resend.receivedRaw.set(broken, await composeSigned({ from: second.email, to: replyTo, text: 'as sent' }));
  for (const status of [403, 500]) {
    resend.rawStatus.set(broken, status);
    await expect(receiveFromResend(broken)).rejects.toThrow(`could not be fetched (${status})`);
  }
  resend.rawStatus.delete(broken);
  await receiveFromResend(broken);
  const bodies = (await listMessages(first, conversationId)).map(({ body }) => body);
  expect(bodies).toEqual(['hello', 'from what is told', 'as sent']);
});

test.each<[string, (owner: string) => Partial<GetReceivingEmailResponseSuccess>]>([
  ['found forged', () => ({ headers: { 'authentication-results': 'amazonses.com; spf=none; dmarc=fail' } })],
  ['with two authors', (owner) => ({ from: `${owner}, a@attacker.example` })],
])('a mail that is told of, %s, is neither taken nor answered', async (_, more) => {
  const { first, second, conversationId } = await addPair();
  const replyTo = await mailOut(first, second, conversationId, 'hello');
  await arrive(second.email, replyTo, { told: { text: 'forged', raw: null, ...more(second.email) } });
  expect(await listMessages(first, conversationId)).toHaveLength(1);
  expect((await listMails(second.userId)).filter(({ kind }) => kind === 'refusal')).toEqual([]);
});

test('where proof is required, what is told is none: its writer hears so', async () => {
  const { first, second, conversationId } = await addPair();
  const replyTo = await mailOut(first, second, conversationId, 'hello');
  setMemo('env', { ...getEnv(), REPLY_PROOF: 'required' });
  try {
    await arrive(second.email, replyTo, { told: { text: 'is it me?', raw: null } });
  } finally {
    setMemo('env', { ...getEnv(), REPLY_PROOF: 'given' });
  }
  expect(await listMessages(first, conversationId)).toHaveLength(1);
  await eventually(() => expect(listRefusals(second.email)).toHaveLength(1));
  expect(listRefusals(second.email)[0]?.body.text).not.toContain('is it me?');
});

test.each([
  ['as it was sent', undefined],
  ['as Resend tells of it', null],
])(
  'a wrong sender of whom nothing is given is politely answered, once, without their words: %s',
  async (_, raw) => {
    const { first, second, conversationId } = await addPair();
    const stranger = `stranger-${randomUUID()}@silent.example`;
    const replyTo = await mailOut(first, second, conversationId, 'private');
    const messageId = `<${randomUUID()}@silent.example>`;
    const text = 'I am not who I seem';
    const told = { text, message_id: messageId, ...(raw === null && { raw }) };
    const mail = { text, messageId, signedBy: 'none', told };
    await arrive(stranger, replyTo, mail);
    await arrive(stranger, replyTo, mail);
    expect(await listMessages(first, conversationId)).toHaveLength(1);
    await eventually(() => expect(listRefusals(stranger)).toHaveLength(1));
    expect((await listMails(second.userId)).filter(({ kind }) => kind === 'refusal')).toHaveLength(1);
    const [refusal] = listRefusals(stranger);
    expect(refusal?.body.headers['In-Reply-To']).toBe(messageId);
    expect(refusal?.raw).not.toContain(text);
    expect(refusal?.raw).not.toContain(second.email);
  },
);

test.each([
  ['an out-of-office answer', { headers: { 'Auto-Submitted': 'auto-replied' } }],
  [
    'a delivery report',
    {
      edit: (mail: string) =>
        mail.replace(/^Content-Type: .*$/m, 'Content-Type: multipart/report; report-type=delivery-status'),
    },
  ],
  ['a list', { headers: { Precedence: 'list' } }],
  ['an empty return path', { headers: { 'Return-Path': '<>' } }],
])('%s makes no message and no answer', async (_, more) => {
  const { first, second, conversationId } = await addPair();
  const replyTo = await mailOut(first, second, conversationId, 'hello');
  await arrive(second.email, replyTo, { text: 'I am away until Monday', ...more });
  expect(await listMessages(first, conversationId)).toHaveLength(1);
  expect((await listMails(second.userId)).filter(({ kind }) => kind === 'refusal')).toEqual([]);
});

test('an empty reply, and one to somebody who blocked its writer, are politely answered', async () => {
  const { first, second, conversationId } = await addPair();
  const replyTo = await mailOut(first, second, conversationId, 'hello');
  await arrive(second.email, replyTo, { text: '\n\n> hello\n' });
  await setBlocked({ viewerId: first.userId, conversationId, blocked: true });
  await arrive(second.email, replyTo, { text: 'can you hear me' });
  expect(await listMessages(first, conversationId)).toHaveLength(1);
  await eventually(() => expect(listRefusals(second.email)).toHaveLength(2));
  const texts = listRefusals(second.email).map(({ body }) => body.text);
  expect(texts.some((text) => text.includes('새로 적으신 글을 찾지 못했어요'))).toBe(true);
  expect(texts.some((text) => text.includes('메시지를 받지 않고 있어요'))).toBe(true);
});

test('few answers an hour are sent about one person’s reply addresses, however many strangers write', async () => {
  const { first, second, conversationId } = await addPair();
  const replyTo = await mailOut(first, second, conversationId, 'hello');
  setMemo('env', { ...getEnv(), RATE_LIMITS: 'on' });
  try {
    for (const name of ['a', 'b', 'c', 'd', 'e']) {
      await arrive(`${name}-${randomUUID()}@example.com`, replyTo, { text: 'an advertisement' });
    }
  } finally {
    setMemo('env', { ...getEnv(), RATE_LIMITS: 'off' });
  }
  const refusals = (await listMails(second.userId)).filter(({ kind }) => kind === 'refusal');
  expect(refusals).toHaveLength(3);
  for (const { payload } of refusals) expect(payload.text).not.toContain('advertisement');
});

test('what only looks like one address gets no answer', async () => {
  const { first, second, conversationId } = await addPair();
  const replyTo = await mailOut(first, second, conversationId, 'hello');
  const from = String.raw`"x\"<victim@example.org>"@example.com`;
  const edit = (mail: string) => mail.replace(/^From: .*$/m, `From: ${from}`);
  await arrive('somebody@example.com', replyTo, { text: 'hi', edit });
  expect((await listMails(second.userId)).filter(({ kind }) => kind === 'refusal')).toEqual([]);
});

test('a mail that no limit is enough to read is left, and the next one is taken', async () => {
  const { first, second, conversationId } = await addPair();
  const replyTo = await mailOut(first, second, conversationId, 'hello');
  const openLinks = '<a href="'.repeat(6_000);
  await arrive(second.email, replyTo, {
    text: 'x',
    html: openLinks,
    edit: (mail) => mail.replace('alternative', 'mixed'),
  });
  await arrive(second.email, replyTo, { text: 'a plain one' });
  const bodies = (await listMessages(first, conversationId)).map(({ body }) => body);
  expect(bodies).toEqual(['hello', 'a plain one']);
});

test('a tampered or unknown address reaches nobody and is not answered', async () => {
  const { first, second, conversationId } = await addPair();
  const replyTo = await mailOut(first, second, conversationId, 'hello');
  const changed = replyTo.replace(/\+(.)/, (_, letter) => `+${letter === 'a' ? 'b' : 'a'}`);
  for (const to of [changed, 'reply+x@reply.example.com', 'hello@reply.example.com']) {
    await arrive(second.email, to, { text: 'guessing' });
  }
  expect(await listMessages(first, conversationId)).toHaveLength(1);
  expect((await listMails(second.userId)).filter(({ kind }) => kind === 'refusal')).toEqual([]);
});

test('an address of another person’s side does not let one write as them', async () => {
  const one = await addPair();
  const other = await addPair();
  const toOther = await mailOut(other.first, other.second, other.conversationId, 'theirs');
  await arrive(one.second.email, toOther, { text: 'as somebody else' });
  expect(await listMessages(other.first, other.conversationId)).toHaveLength(1);
  expect(await listMessages(one.first, one.conversationId)).toEqual([]);
});
