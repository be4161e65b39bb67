import iconv from 'iconv-lite';
import { beforeAll, expect, test } from 'vitest';
import { isAutomatic } from '#lib/email/reply/is-automatic.ts';
import { readRawMail } from '#lib/email/reply/read-raw-mail.ts';
import { envSingleton, parseEnv } from '#lib/runtime/env.ts';
import { describeTestMail } from '../../support/sent-mail.ts';

beforeAll(() => envSingleton.set(parseEnv({ AUTH_SECRET: 'x'.repeat(40) })));

const OWNER = 'owner@example.com';
const HEAD = `From: ${OWNER}\r\nTo: reply@reply.example.com\r\nMessage-ID: <1@x.example>\r\n`;
const noDns = () => Promise.reject(Object.assign(new Error('nothing there'), { code: 'ENOTFOUND' }));
const read = (mail: string | Buffer, envelopeFrom = OWNER) =>
  readRawMail(
    {
      raw: typeof mail === 'string' ? Buffer.from(HEAD + mail) : mail,
      owner: OWNER,
      envelopeFrom,
      addressee: '',
      sent: describeTestMail(),
      origin: { trustedServer: undefined },
      proof: 'given',
    },
    noDns,
  );

const part = (type: string, body: string, more = '') =>
  `--b\r\nContent-Type: ${type}\r\n${more}\r\n${body}\r\n`;
const multi = (kind: string, ...parts: string[]) =>
  `Content-Type: multipart/${kind}; boundary=b\r\n\r\n${parts.join('')}--b--\r\n`;
const file = (name: string) =>
  part('application/pdf', 'x', `Content-Disposition: attachment; filename="${name}"\r\n`);
const utf8 = 'text/plain; charset=utf-8';

test.each<[string, string, string, string[]]>([
  [
    'text around a picture',
    multi('mixed', part(utf8, '앞'), part('image/png; name=a.png', 'x'), part(utf8, '뒤')),
    '앞\n뒤',
    ['a.png'],
  ],
  [
    'plain text beside HTML',
    multi('alternative', part(utf8, '네'), part('text/html', '<b>no</b>')),
    '네',
    [],
  ],
  [
    'HTML beside empty text',
    multi('alternative', part(utf8, ' '), part('text/html; charset=utf-8', '<b>네</b>')),
    '네',
    [],
  ],
  [
    'an answer to an invitation',
    multi('alternative', part(utf8, '갈게요'), part('text/calendar; method=REPLY', 'BEGIN:VCALENDAR')),
    '갈게요',
    [],
  ],
  [
    'a signed mail',
    multi('signed', part(utf8, '네'), part('application/pgp-signature; name=signature.asc', 'x')),
    '네',
    [],
  ],
  [
    'Outlook’s own format',
    multi('mixed', part(utf8, '네'), part('application/ms-tnef; name=winmail.dat', 'x')),
    '네',
    ['winmail.dat'],
  ],
  [
    'a forwarded mail',
    multi('mixed', part(utf8, '봐요'), part('message/rfc822', 'Subject: x\r\n\r\ninner')),
    '봐요',
    ['message.eml'],
  ],
  [
    'a text as a file',
    multi(
      'mixed',
      part(utf8, '네'),
      part('text/plain; name=a.txt', 'file', 'Content-Disposition: attachment\r\n'),
    ),
    '네',
    ['a.txt'],
  ],
  ['a file alone', multi('mixed', file('a.pdf')), '', ['a.pdf']],
  [
    'soft breaks',
    `Content-Type: ${utf8}\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n=EB=84=\r\n=A4 a=3Db\r\n`,
    '네 a=b',
    [],
  ],
  [
    'a picture within HTML',
    'Content-Type: text/html; charset=utf-8\r\n\r\n네<img src="data:image/png;base64,AAAA">',
    '네',
    ['file'],
  ],
])('%s', async (_, mail, text, attachments) => {
  expect(await read(mail)).toMatchObject({ text, attachments, from: OWNER, messageId: '<1@x.example>' });
});

test('parts within parts: Apple’s text and HTML with a picture', async () => {
  const inner =
    'Content-Type: multipart/related; boundary=c\r\n\r\n--c\r\nContent-Type: text/html\r\n\r\n<p>html</p>\r\n--c\r\nContent-Type: image/png; name=x.png\r\n\r\nx\r\n--c--\r\n';
  const mail = multi('alternative', part(utf8, '네'), `--b\r\n${inner}`);
  expect(await read(mail)).toMatchObject({ text: '네', attachments: ['x.png'] });
});

test('HTML names its charset within itself', async () => {
  const html = iconv.encode(
    '<html><head><meta http-equiv=Content-Type content="text/html; charset=ks_c_5601-1987"></head><p>됬어요 펲시</p>',
    'cp949',
  );
  const raw = Buffer.concat([Buffer.from(`${HEAD}Content-Type: text/html\r\n\r\n`), html]);
  expect((await read(raw)).text).toBe('됬어요 펲시');
});

test('letters that are lost in the own words make trouble, in a quotation they do not', async () => {
  const broken = Buffer.from([0xff, 0xff, 0x81]);
  const make = (...parts: (string | Buffer)[]) =>
    Buffer.concat([
      Buffer.from(`${HEAD}Content-Type: ${utf8}\r\n\r\n`),
      ...parts.map((one) => Buffer.from(one)),
    ]);
  expect(await read(make('네 한글 ', broken))).toMatchObject({ trouble: 'damaged' });
  const quoted = await read(
    make('네\r\n\r\n2026-11-24 15:04 Dandul <dandul@localhost>:\r\n> ', broken, ' ????\r\n'),
  );
  expect(quoted).toMatchObject({ text: '네' });
  expect(quoted).not.toHaveProperty('trouble');
});

test('a text that is longer than any reply makes trouble and is not cut', async () => {
  expect(await read(`Content-Type: ${utf8}\r\n\r\n${'긴 글 '.repeat(80_000)}`)).toMatchObject({
    trouble: 'tooLong',
  });
});

test.each([
  ['List-Unsubscribe: <mailto:x@gateway.example>\r\nFeedback-ID: 1:gateway\r\n', OWNER, false],
  ['X-Autoreply: no\r\n', OWNER, false],
  ['', 'bounces+12=owner@gateway.example', false],
  ['Auto-Submitted: no\r\n', OWNER, false],
  ['Auto-Submitted: auto-replied\r\n', OWNER, true],
  ['List-Id: <l.example.com>\r\n', OWNER, true],
  ['Precedence: bulk\r\n', OWNER, true],
  ['', 'MAILER-DAEMON@x.example', true],
  ['', '', true],
])(
  'what gateways add to a person’s mail does not make it a program’s: %j from "%s"',
  async (headers, envelope, expected) => {
    expect(isAutomatic(await read(`${headers}\r\nhello`, envelope))).toBe(expected);
  },
);
