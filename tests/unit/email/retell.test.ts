import PostalMime from 'postal-mime';
import type { GetReceivingEmailResponseSuccess } from 'resend';
import { expect, test } from 'vitest';
import { checkAuthor } from '#lib/email/reply/authenticity.ts';
import { isAutomatic } from '#lib/email/reply/is-automatic.ts';
import { readRawMail } from '#lib/email/reply/read-raw-mail.ts';
import { retellMail } from '#lib/email/reply/retell.ts';
import { envSingleton, parseEnv } from '#lib/runtime/env.ts';
import { describeTestMail } from '../../support/sent-mail.ts';

envSingleton.set(parseEnv({ AUTH_SECRET: 'x'.repeat(40) }));

const OWNER = 'owner@example.com';
const noDns = () => Promise.reject(new Error('not asked'));
const told: GetReceivingEmailResponseSuccess = {
  object: 'email',
  id: 'one',
  to: ['reply+x@reply.example.com'],
  from: `김, 준호 <${OWNER}>`,
  created_at: '2026-11-24 13:00:00+00',
  subject: '답장 Re: a message',
  bcc: ['hidden@example.com'],
  cc: null,
  reply_to: null,
  received_for: [],
  html: null,
  text: '네 좋아요\n',
  headers: {
    from: `=?utf-8?B?6rmALCDspIDtmLg=?= <${OWNER}>`,
    'content-type': 'multipart/mixed; boundary=gone',
    'dkim-signature': 'v=1; a=rsa-sha256; d=example.com; s=s; h=From; bh=x; b=y',
    'x-mailer': 'Some\r\n Program',
  },
  message_id: '<1@mail.example.com>',
  attachments: [],
};
const tell = (more: Partial<GetReceivingEmailResponseSuccess> = {}) => retellMail({ ...told, ...more });
const read = async (more: Partial<GetReceivingEmailResponseSuccess> = {}) =>
  readRawMail(
    {
      raw: await tell(more),
      owner: OWNER,
      envelopeFrom: undefined,
      addressee: '',
      sent: describeTestMail(),
      origin: { trustedServer: undefined, isRetold: true },
      proof: 'given',
    },
    noDns,
  );

test('what Resend tells reads like the mail itself', async () => {
  const file = {
    id: 'f',
    size: 1,
    content_type: 'message/rfc822',
    content_id: null,
    content_disposition: null,
  };
  const attachments = ['평면도.pdf', '../../etc/passwd\r\nX: y', null].map((filename) => ({
    ...file,
    filename,
  }));
  const mail = await read({ attachments });
  expect(mail).toMatchObject({
    from: OWNER,
    verdict: 'open',
    text: '네 좋아요',
    subject: told.subject,
    messageId: told.message_id,
  });
  expect(mail.attachments[0]).toBe('평면도.pdf');
  expect(mail.attachments).toHaveLength(3);
  expect(mail.attachments[2]).toBe('file');
  expect(mail.headers.get('x-mailer')).toBe('Some Program');
  expect(mail.headers.has('x')).toBe(false);
});

test('HTML alone is read, without what is quoted', async () => {
  const html =
    '<div>여기 <b>있어요</b></div><img src="file:///etc/hostname"><blockquote>토요일에 볼까요?</blockquote>';
  expect((await read({ text: null, html })).text).toBe('여기 있어요');
});

test('neither a signature nor who got a blind copy is passed on', async () => {
  const raw = String(await tell());
  expect(raw).not.toMatch(/dkim-signature|hidden@example/i);
});

test('several authors stay several', async () => {
  for (const from of [`${OWNER}, a@attacker.example`, `a@attacker.example`]) {
    for (const more of [{ from }, { headers: { From: from } }]) {
      const author = await checkAuthor(
        await tell(more),
        { trustedServer: undefined, isRetold: true },
        '',
        noDns,
      );
      expect(author).toEqual({ address: undefined, verdict: 'forged' });
    }
  }
});

test('a header does not become another one', async () => {
  const mail = await PostalMime.parse(
    await tell({
      headers: { 'x-one': `1\r\nFrom: a@attacker.example`, 'From: a@attacker.example\r\nX': 'y' },
    }),
  );
  expect(mail.headers.filter(({ key }) => key === 'from')).toHaveLength(1);
  const attacking = mail.headers.filter(({ value }) => value.includes('attacker'));
  expect(attacking.map(({ key }) => key)).toEqual(['x-one']);
});

test('what programs write is known as such', async () => {
  expect(isAutomatic(await read())).toBe(false);
  for (const headers of [
    { 'Content-Type': 'multipart/report; report-type=delivery-status; boundary=x' },
    { 'auto-submitted': 'auto-replied' },
    { 'return-path': '<>' },
    { precedence: 'bulk' },
  ] as Record<string, string>[]) {
    expect(isAutomatic(await read({ headers }))).toBe(true);
  }
});

test('each of several Authentication-Results is heard', async () => {
  const value = 'a.example; spf=pass;\r\n dmarc=pass\nb.example; spf=none;\r\n dmarc=fail';
  expect((await read({ headers: { 'Authentication-Results': value } })).verdict).toBe('forged');
  const passed = value.replace('dmarc=fail', 'dmarc=pass');
  expect((await read({ headers: { 'Authentication-Results': passed } })).verdict).toBe('open');
});

test('a mail without an id has the same one at each try', async () => {
  const mails = [await read({ message_id: '' }), await read({ message_id: '' })];
  expect(mails[0]?.messageId).toBeTruthy();
  expect(mails[0]?.messageId).toBe(mails[1]?.messageId);
});

test('what is larger than any reply is not written', async () => {
  const large = { code: 'MAIL_UNREADABLE' };
  await expect(tell({ text: 'x'.repeat(16 * 1024 * 1024) })).rejects.toMatchObject(large);
  await expect(tell({ headers: { 'x-y': 'z'.repeat(300_000) } })).rejects.toMatchObject(large);
});
