import { randomUUID } from 'node:crypto';
import type { GetReceivingEmailResponseSuccess } from 'resend';
import { expect, test } from 'vitest';
import { setBlocked } from '#lib/chat/set-blocked.ts';
import { envSingleton, getEnv } from '#lib/runtime/env.ts';
import { eventually, listMails } from '../support/mail.ts';
import { addPair, addPerson } from '../support/people.ts';
import { redisIsReady } from '../support/redis.ts';
import { setUpResendReplies } from '../support/resend-replies.ts';

const { resend, mailOut, arrive, listMessages, listRefusals } = await setUpResendReplies();

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
  envSingleton.set({ ...getEnv(), REPLY_PROOF: 'required' });
  try {
    await arrive(second.email, replyTo, { told: { text: 'is it me?', raw: null } });
  } finally {
    envSingleton.set({ ...getEnv(), REPLY_PROOF: 'given' });
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
  expect(texts.some((text) => text.includes('새로 쓰신 글을 찾지 못했어요'))).toBe(true);
  expect(texts.some((text) => text.includes('메시지를 보낼 수 없어요'))).toBe(true);
});

test('few answers an hour are sent about one person’s reply addresses, however many strangers write', async () => {
  const { first, second, conversationId } = await addPair();
  const replyTo = await mailOut(first, second, conversationId, 'hello');
  await redisIsReady();
  envSingleton.set({ ...getEnv(), RATE_LIMITS: 'on' });
  try {
    for (const name of ['a', 'b', 'c', 'd', 'e']) {
      await arrive(`${name}-${randomUUID()}@example.com`, replyTo, { text: 'an advertisement' });
    }
  } finally {
    envSingleton.set({ ...getEnv(), RATE_LIMITS: 'off' });
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
  const attachments = Array.from({ length: 600 }, (_, index) => ({ filename: `${index}.txt`, content: 'x' }));
  await arrive(second.email, replyTo, { text: 'x', attachments });
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
