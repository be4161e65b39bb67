import { expect, test } from 'vitest';
import type { Proof } from '#lib/email/reply/authenticity.ts';
import { readMail } from '#lib/email/reply/read-mail.ts';
import { envSingleton, parseEnv } from '#lib/runtime/env.ts';
import { describeTestMail } from '../../support/sent-mail.ts';

envSingleton.set(parseEnv({ AUTH_SECRET: 'x'.repeat(40) }));

const OWNER = 'owner@example.com';
const HEAD = `From: ${OWNER}\r\nTo: reply@reply.example.com\r\n`;
const session = { ip: '192.0.2.9', helo: 'mail.example.com', sender: OWNER, mta: 'chat.example.com' };
const dns = async (name: string) => {
  if (name === 'example.com') return [['v=spf1 ip4:192.0.2.9 -all']];
  throw Object.assign(new Error('nothing there'), { code: 'ENOTFOUND' });
};
const read = (
  mail: string,
  owner = OWNER,
  resolver: Parameters<typeof readMail>[1] = dns,
  proof: Proof = 'given',
) => {
  const job = { owner, envelopeFrom: OWNER, addressee: '', sent: describeTestMail(), origin: session, proof };
  return readMail({ ...job, raw: Buffer.from(mail) }, resolver);
};

const text = (type: string, body: string) => `--b\r\nContent-Type: text/${type}\r\n\r\n${body}\r\n`;
const MIXED = `${HEAD}Content-Type: multipart/mixed; boundary=b\r\n\r\n`;

/** Each stopped the process that reads it for minutes, or ended it, with one parser or another. */
test.each([
  ['a hundred thousand empty parts', MIXED + '--b\r\n\r\n'.repeat(100_000)],
  ['a header of a million lines', `${HEAD}X: y\r\n${' c\r\n'.repeat(1_000_000)}\r\nx`],
])('%s are given up as unreadable, and this process goes on', async (_, mail) => {
  await expect(read(mail)).rejects.toMatchObject({ code: 'MAIL_UNREADABLE' });
});

test.each([
  ['thousands of open links', MIXED + text('plain', 'x') + text('html', '<a href="'.repeat(6_000))],
  ['three million lines', `${HEAD}\r\n${'\n'.repeat(3_000_000)}`],
  ['elements in elements without end', `${HEAD}Content-Type: text/html\r\n\r\n${'<div>'.repeat(1_000_000)}`],
])('%s are read within the limits', async (_, mail) => {
  expect(await read(mail)).toMatchObject({ from: OWNER });
});

/** HTML in short elements: it takes many seconds of processor time. */
const COSTLY = MIXED + text('html', '<p>x</p>'.repeat(120_000)).repeat(14);

test('a mail is given up when its processor time is spent, not when it has waited', async () => {
  const job = {
    owner: OWNER,
    envelopeFrom: OWNER,
    addressee: '',
    sent: describeTestMail(),
    origin: session,
    proof: 'given' as const,
  };
  const limited = (mail: string, cpuSeconds: number, totalMs: number) =>
    readMail({ ...job, raw: Buffer.from(mail) }, dns, { cpuSeconds, totalMs });
  await expect(limited(COSTLY, 1, 120_000)).rejects.toMatchObject({ code: 'MAIL_COSTLY' });
  // Time on the wall says nothing about a mail, which may be tried again.
  const late = limited(`${HEAD}\r\nhello`, 60, 1);
  await expect(late).rejects.toThrow('takes too long');
  await expect(late).rejects.not.toHaveProperty('code');
});

test('a usual mail is read: its author’s own words, and the names of files', async () => {
  const file =
    '--b\r\nContent-Type: image/png; name="plan.png"\r\nContent-Disposition: attachment; filename="plan.png"\r\n\r\nx\r\n';
  const mail = await read(`${MIXED}${text('plain', 'Yes\r\n\r\n> 토요일에 볼까요?')}${file}--b--\r\n`);
  expect(mail).toMatchObject({ from: OWNER, text: 'Yes', attachments: ['plan.png'], envelopeFrom: OWNER });
});

test('the words of anybody but the owner, and of whoever does not count as them, are not even looked at', async () => {
  expect(await read(`${HEAD}\r\nhello`, 'other@example.com')).toMatchObject({ from: OWNER, text: '' });
  const nothing = () => Promise.reject(Object.assign(new Error('nothing there'), { code: 'ENOTFOUND' }));
  const unproven = { verdict: 'open', from: OWNER };
  expect(await read(`${HEAD}\r\nhello`, OWNER, nothing)).toMatchObject({ ...unproven, text: 'hello' });
  expect(await read(`${HEAD}\r\nhello`, OWNER, nothing, 'required')).toMatchObject({ ...unproven, text: '' });
  const refusing = async (name: string) => (name === 'example.com' ? [['v=spf1 -all']] : nothing());
  expect(await read(`${HEAD}\r\nhello`, OWNER, refusing)).toMatchObject({ verdict: 'forged', text: '' });
});

test('silence of DNS, and a flood of signatures, end in what they are', async () => {
  const down = () => Promise.reject(Object.assign(new Error('down'), { code: 'ESERVFAIL' }));
  expect(await read(`${HEAD}\r\nhello`, OWNER, down)).toMatchObject({ verdict: 'open', text: 'hello' });
  const required = read(`${HEAD}\r\nhello`, OWNER, down, 'required');
  await expect(required).rejects.not.toMatchObject({ code: 'MAIL_UNREADABLE' });
  const sign = (_: unknown, index: number) =>
    `DKIM-Signature: v=1; a=rsa-sha256; d=d${index}.example; s=s; h=From; bh=frcCV1k9oG9oKj3dpUqdJg1PxRT2RSN/XKdLCPjaYaY=; b=AAAA\r\n`;
  const signatures = Array.from({ length: 300 }, sign).join('');
  await expect(read(`${signatures}${HEAD}\r\n`)).rejects.toMatchObject({ code: 'MAIL_UNREADABLE' });
});

test('many mails at once are all read, a few at a time', async () => {
  const mails = await Promise.all(['one', 'two', 'three', 'four'].map((word) => read(`${HEAD}\r\n${word}`)));
  expect(mails.map((mail) => mail.text)).toEqual(['one', 'two', 'three', 'four']);
});
