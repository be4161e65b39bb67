import { simpleParser } from 'mailparser';
import { createTransport } from 'nodemailer';
import { beforeAll, expect, test } from 'vitest';
import type { AccountMail } from '#lib/auth/accounts/account-mailer.ts';
import { listLinks } from '#lib/email/content/list-links.ts';
import {
  type MessagesMail,
  type RenderedMail,
  renderMessagesMail,
  renderSummaryMail,
} from '#lib/email/content/render.ts';
import {
  renderAccountMail,
  renderDroppedMail,
  renderRefusalMail,
} from '#lib/email/content/render-account.ts';
import { readUnsubscribeToken } from '#lib/email/preferences/unsubscribe-token.ts';
import { composeMail } from '#lib/email/transports/compose.ts';
import { envSingleton, parseEnv } from '#lib/runtime/env.ts';

const MAIL_ID = '01940000-0000-7000-8000-000000000001';
const CONVERSATION_ID = '01940000-0000-7000-8000-000000000002';
const RECIPIENT_ID = '01940000-0000-7000-8000-000000000003';

beforeAll(() => {
  envSingleton.set(
    parseEnv({
      AUTH_SECRET: 'x'.repeat(40),
      APP_URL: 'https://chat.example.com',
      EMAIL_FROM: '단둘 <hello@chat.example.com>',
    }),
  );
});

function mail(overrides: Partial<MessagesMail> = {}): Promise<RenderedMail> {
  return renderMessagesMail({
    mailId: MAIL_ID,
    conversationId: CONVERSATION_ID,
    recipientId: RECIPIENT_ID,
    locale: 'en',
    senderName: 'minji',
    texts: [{ seq: 7, body: 'Hello there' }],
    isContinued: false,
    ...overrides,
  });
}

/** What a mail program makes of it. */
async function parse(payload: RenderedMail) {
  const composer = createTransport({ streamTransport: true, buffer: true });
  const { message } = await composer.sendMail(
    composeMail({
      id: MAIL_ID,
      address: 'junho@example.com',
      payload,
      idempotencyKey: `mail-${MAIL_ID}`,
      createdAt: new Date('2026-01-02T03:04:05Z'),
    }),
  );
  return simpleParser(message as Buffer);
}

/** The visible words of the HTML. */
function words(html: string): string {
  return html
    .replace(/<style[\s\S]*?<\/style>/g, '')
    .replace(/<br\s*\/?>/g, '\n')
    .replace(/<[^>]*>/g, '');
}

test('names the sender in From and subject, shows the text beside it, and links to the first new message', async () => {
  const parsed = await parse(await mail({ texts: [{ seq: 7, body: 'Hello there\nsecond line' }] }));
  const openUrl = `https://chat.example.com/chat/${CONVERSATION_ID}?m=7`;
  expect(parsed.subject).toBe('Messages from minji');
  expect(parsed.from?.value).toEqual([{ name: 'minji · Dandul', address: 'hello@chat.example.com' }]);
  expect(listLinks(String(parsed.html))).toContainEqual({ href: openUrl, label: 'Open chat' });
  expect(parsed.text).toContain(`Open chat\n${openUrl}`);
});

test('speaks the recipient’s language', async () => {
  const korean = await mail({ locale: 'ko', senderName: '민지' });
  expect(korean.subject).toBe('민지님의 메시지');
  expect((await parse(korean)).from?.value[0]?.name).toBe('민지 · 단둘');
  expect(korean.html).toContain('lang="ko"');
  expect(listLinks(korean.html)[0]?.label).toBe('대화 열기');
  expect(korean.text).toContain('대화 열기');
  expect(words((await mail()).html)).toContain('minji sent you a message');
});

test('shows all texts in order in both parts, and says when more follow', async () => {
  const texts = Array.from({ length: 20 }, (_, index) => ({
    seq: index + 1,
    body: `text number ${index + 1}.`,
  }));
  const { html, text } = await mail({ texts, isContinued: true });
  for (const part of [words(html), text]) {
    const places = texts.map(({ body }) => part.lastIndexOf(body));
    expect(places).toEqual([...places].sort((a, b) => a - b));
    expect(places[0]).toBeGreaterThan(-1);
    expect(part).toContain('More messages follow in the next email.');
    expect(part).toContain('minji sent you 20 messages');
  }
});

test('keeps line breaks and makes addresses clickable', async () => {
  const { html, text } = await mail({
    texts: [{ seq: 1, body: 'one\n\n  two https://example.org/a?b=1&c=2\nthree' }],
  });
  expect(html).toMatch(/one<br\/?><br\/?> {2}two/);
  expect(listLinks(html).map(({ href }) => href)).toContain('https://example.org/a?b=1&c=2');
  expect(text).toContain('one\n\n  two https://example.org/a?b=1&c=2\nthree');
});

test('lets no text become markup and no text or name reach a header', async () => {
  const evil = '<script>alert(1)</script><img src=x onerror=alert(1)> javascript:alert(1)';
  const parsed = await parse(
    await mail({
      senderName: 'eve\r\nBcc: all@example.com',
      texts: [{ seq: 1, body: `${evil}\r\nX-Evil: yes` }],
    }),
  );
  const html = String(parsed.html);
  expect(html).not.toMatch(/<script|<img|href="javascript:/i);
  expect(words(html)).toContain('&lt;script&gt;');
  expect(parsed.bcc).toBeUndefined();
  expect(parsed.headers.has('x-evil')).toBe(false);
  expect(parsed.subject).toBe('Messages from eve Bcc: all@example.com');
});

test('the subject and the thread are the same whatever is said, so that mail programs group a conversation', async () => {
  const [one, two] = await Promise.all([
    mail({ mailId: MAIL_ID, texts: [{ seq: 1, body: '\n\n\u202egnp.exe' }] }),
    mail({ mailId: RECIPIENT_ID, texts: [{ seq: 9, body: '긴글👩‍👩‍👧'.repeat(60) }], isContinued: true }),
  ]);
  expect(one.subject).toBe(two.subject);
  expect(one.headers.References).toBe(two.headers.References);
  expect(one.headers['In-Reply-To']).toBe(one.headers.References);
  expect(one.headers['Message-ID']).not.toBe(two.headers['Message-ID']);
  expect(one.subject).not.toContain('gnp.exe');
});

test.each([
  ['eve\r\nBcc: all@example.com', 'eve Bcc: all@example.com · Dandul'],
  ['"boss" <boss@example.com>, x', '"boss" <boss@example.com>, x · Dandul'],
  ['\u202egnp.\u200bexe', 'gnp. exe · Dandul'],
  ['민지'.repeat(30), `${`${'민지'.repeat(30)}`.slice(0, 39)}… · Dandul`],
  ['back\\slash; (note)', 'back\\slash; (note) · Dandul'],
])('a name such as %j stays one name in From, and the address is the server’s', async (senderName, name) => {
  const parsed = await parse(await mail({ senderName }));
  expect(parsed.from?.value).toEqual([{ name, address: 'hello@chat.example.com' }]);
  expect(parsed.bcc).toBeUndefined();
  expect(parsed.cc).toBeUndefined();
});

test('offers one-click unsubscribing, a stable id and a thread, and says that a program wrote it', async () => {
  const [first, second] = await Promise.all([mail(), mail()]);
  expect(first).toEqual(second);
  const parsed = await parse(first);
  expect(parsed.messageId).toBe(`<${MAIL_ID}@chat.example.com>`);
  expect(parsed.references).toBe(`<${CONVERSATION_ID}.${RECIPIENT_ID}@chat.example.com>`);
  expect(parsed.headers.get('auto-submitted')).toBe('auto-generated');
  expect(first.headers['List-Unsubscribe-Post']).toBe('List-Unsubscribe=One-Click');
  const url = new URL(/<(.+)>/.exec(first.headers['List-Unsubscribe'] ?? '')?.[1] ?? '');
  expect(url.pathname).toBe('/api/unsubscribe');
  expect(readUnsubscribeToken(url.searchParams.get('token'))).toBe(RECIPIENT_ID);
});

test('loads nothing from anywhere', async () => {
  const { html } = await mail({ texts: [{ seq: 1, body: 'https://example.org/pixel.png' }] });
  expect(html).not.toMatch(/<img|<link|<iframe|url\(|@import|\ssrc=/i);
});

test('shows one’s own message before it for context, apart from the new ones', async () => {
  const payload = await mail({
    ownTextBefore: 'shall we meet?\nat six',
    texts: [{ seq: 8, body: 'gladly' }],
  });
  const parsed = await parse(payload);
  const visible = words(String(parsed.html));
  expect(visible).toMatch(/You wrote[\s\S]*shall we meet\?\nat six[\s\S]*minji answered[\s\S]*gladly/);
  expect(parsed.text).toContain('You wrote\n> shall we meet?\n> at six\n\nminji answered\n\ngladly');
  expect(words((await mail()).html)).not.toContain('You wrote');
});

test.each([
  [{ body: 'shall we\n\nmeet?', isReaders: true }, 'In reply to your message', 'shall we meet?'],
  [{ body: 'mine <b>', isReaders: false }, 'In reply to an earlier message from minji', 'mine <b>'],
  [{ body: 'x'.repeat(500), isReaders: true }, 'In reply to your message', `${'x'.repeat(159)}…`],
  [{ body: null, isReaders: true }, 'In reply to a deleted message', undefined],
])('shows one line of what a reply answers: %#', async (answered, label, line) => {
  const texts = [
    { seq: 8, body: 'gladly', answered },
    { seq: 9, body: 'soon', answered: null },
  ];
  const parsed = await parse(await mail({ texts }));
  const quoted = line === undefined ? label : `${label}\n> ${line}`;
  expect(parsed.text).toContain(`${quoted}\n\ngladly\n\nsoon`);
  const visible = words(String(parsed.html)).replaceAll('&lt;', '<').replaceAll('&gt;', '>');
  expect(visible).toContain(`${label}${line ?? ''}gladlysoon`);
  const summary = await renderSummaryMail({
    mailId: MAIL_ID,
    recipientId: RECIPIENT_ID,
    locale: 'en',
    conversations: [{ conversationId: CONVERSATION_ID, name: 'minji', texts }],
    textCount: 2,
    names: ['minji'],
    day: '2026-11-24',
    isContinued: false,
  });
  expect(summary.text).toContain(`${quoted}\n\ngladly`);
  expect(words(summary.html)).toContain(label);
});

test('says of a forwarded text where it came from, after what it answers', async () => {
  const answered = { body: 'shall we meet?', isReaders: true };
  const texts = [
    { seq: 8, body: 'a poem', isForwarded: true },
    { seq: 9, body: 'another', answered, isForwarded: true },
    { seq: 10, body: 'nice?' },
  ];
  const parsed = await parse(await mail({ texts }));
  const origin = 'Forwarded from another chat';
  expect(parsed.text).toContain(
    `${origin}\n\na poem\n\nIn reply to your message\n> shall we meet?\n${origin}\n\nanother\n\nnice?`,
  );
  expect(words(String(parsed.html))).toContain(`${origin}a poem`);
});

test('the preheader is what was said', async () => {
  const preview = async (texts: { seq: number; body: string }[]) =>
    words((await mail({ texts })).html.split('display:none')[1]?.split('</div>')[0] ?? '');
  expect(
    await preview([
      { seq: 1, body: 'first line\n\nsecond \u202eline' },
      { seq: 2, body: 'third' },
    ]),
  ).toMatch(/>?first line second line third/);
  expect(await preview([{ seq: 1, body: '\u200b' }])).toContain('A message from minji');
});

test('padding, colour and border stand on cells, where Outlook heeds them', async () => {
  const answered = { body: 'before', isReaders: true };
  const { html } = await mail({ ownTextBefore: 'mine', texts: [{ seq: 2, body: 'theirs', answered }] });
  for (const [, style = ''] of html.matchAll(/<(?:table|tr|tbody|div)\b[^>]*?style="([^"]*)"/g)) {
    expect(style).not.toMatch(/padding|background|border-radius|border:1px|border-left/);
  }
  expect(html).toMatch(/<td[^>]*class="theirs"[^>]*style="[^"]*padding:10px 14px/);
  expect(html).toMatch(/<td[^>]*class="raised"[^>]*style="[^"]*padding:24px 20px/);
});

test('asks out-of-office programs not to answer, and names where replies go only when they can', async () => {
  const replyTo = 'reply+abc@reply.example.com';
  const [without, withReply] = await Promise.all([mail(), mail({ replyTo })]);
  expect((await parse(without)).headers.get('x-auto-response-suppress')).toBe('All');
  expect((await parse(without)).replyTo).toBeUndefined();
  expect(without.text).not.toContain('Reply to this email');
  expect((await parse(withReply)).replyTo?.text).toBe(replyTo);
  for (const part of [words(withReply.html), withReply.text]) expect(part).toContain('Reply to this email');
});

test('a summary has a part for each conversation, in both forms', async () => {
  const payload = await renderSummaryMail({
    mailId: MAIL_ID,
    recipientId: RECIPIENT_ID,
    locale: 'en',
    conversations: [
      {
        conversationId: CONVERSATION_ID,
        name: 'minji',
        texts: [{ seq: 4, body: 'one <b>\ntwo' }],
      },
      {
        conversationId: MAIL_ID,
        name: 'eve\r\nBcc: x@example.com',
        texts: [{ seq: 1, body: 'hi' }],
      },
    ],
    textCount: 4,
    names: ['minji', 'eve\r\nBcc: x@example.com'],
    day: '2026-11-24',
    isContinued: true,
  });
  const parsed = await parse(payload);
  expect(parsed.subject).toBe('4 unread messages from minji, eve Bcc: x@example.com');
  expect(parsed.bcc).toBeUndefined();
  expect(parsed.references).toBe(`<summary.${RECIPIENT_ID}.2026-11-24@chat.example.com>`);
  for (const part of [words(String(parsed.html)).replaceAll('&lt;b&gt;', '<b>'), String(parsed.text)]) {
    expect(part).toMatch(
      /minji[\s\S]*one <b>\ntwo[\s\S]*eve[\s\S]*hi[\s\S]*More messages follow in the next email/,
    );
  }
  const hrefs = listLinks(String(parsed.html)).map(({ href }) => href);
  expect(hrefs.slice(0, 2)).toEqual([
    `https://chat.example.com/chat/${CONVERSATION_ID}?m=4`,
    `https://chat.example.com/chat/${MAIL_ID}?m=1`,
  ]);
  expect(payload.headers['List-Unsubscribe-Post']).toBe('List-Unsubscribe=One-Click');
});

const url = 'https://chat.example.com/somewhere?token=abc&x=1';
const at = new Date('2026-01-02T03:04:05Z');
const accountMails = [
  { kind: 'verify', url },
  { kind: 'reset', url, isProven: true },
  { kind: 'change', url },
  { kind: 'login', url, isProven: true },
  { kind: 'changing', url, newAddress: 'secret-name@example.org' },
  { kind: 'changed', url, newAddress: 'secret-name@example.org' },
  { kind: 'device', url, device: 'Whale · Windows', ip: '203.0.113.7', at, timeZone: 'Asia/Seoul' },
] as const;

test.each(accountMails)('an account mail ($kind) is complete in both parts', async (given) => {
  const subjects = new Set<string>();
  for (const locale of ['ko', 'en'] as const) {
    const account = { ...given, locale, username: '<b>junho</b>' } as AccountMail;
    const payload = await renderAccountMail({ ...account, mailId: MAIL_ID });
    const { html, text, subject, headers } = payload;
    expect(listLinks(html)[0]?.href).toBe(url);
    expect(text).toContain(url);
    expect(html).not.toContain('<b>junho');
    expect(html).toContain(`lang="${locale}"`);
    subjects.add(subject);
    expect(headers['Auto-Submitted']).toBe('auto-generated');
    // Such mails are no subscription.
    expect(headers['List-Unsubscribe']).toBeUndefined();
    if ('newAddress' in given) {
      expect(text).toContain('s…@example.org');
      expect(html + text).not.toContain('secret-name');
    }
    if (given.kind === 'device') {
      for (const part of [words(html), text]) {
        for (const fact of ['Whale · Windows', '203.0.113.7', '12:04', 'Asia/Seoul']) {
          expect(part).toContain(fact);
        }
      }
    }
  }
  expect(subjects.size).toBe(2);
});

test.each(['evil.com', 'www.free-money.co.kr', '192.0.2.1', '은행.한국', 'a.b'])(
  'the name %s, of which mail programs make a link, does not reach an address that may be a stranger’s',
  async (username) => {
    const render = async (given: Partial<AccountMail>) => {
      const account = { locale: 'ko', url: 'https://chat.example.com/x', username, ...given } as AccountMail;
      const { subject, html, text } = await renderAccountMail({ ...account, mailId: MAIL_ID });
      return subject + html + text;
    };
    expect(await render({ kind: 'verify' })).not.toContain(username);
    expect(await render({ kind: 'change' })).not.toContain(username);
    expect(await render({ kind: 'reset', isProven: false })).not.toContain(username);
    expect(await render({ kind: 'reset', isProven: true })).toContain(username);
    const login = await render({ kind: 'login', isProven: false });
    expect(login).not.toContain(username);
    expect(login).toContain('로그인하려고 하셨나요?');
    expect(await render({ kind: 'login', isProven: true })).toContain(
      `${username}님, 로그인하려고 하셨나요?`,
    );
    expect(await render({ kind: 'login', isProven: false, username: '민지_' })).toContain('민지_님, 로그인');
    expect(await render({ kind: 'verify', username: '민지_' })).toContain('민지_');
  },
);

test('the subjects about a change of address say that it is the email address', async () => {
  for (const kind of ['changing', 'changed'] as const) {
    const common = { kind, username: 'junho', url, newAddress: 'new@example.org', mailId: MAIL_ID };
    expect((await renderAccountMail({ ...common, locale: 'en' })).subject).toContain('Dandul email address');
    expect((await renderAccountMail({ ...common, locale: 'ko' })).subject).toContain('단둘 이메일 주소');
  }
});

test('a note tells files and lines that were not passed on, each where there are some', async () => {
  const render = (files: string[], doubtful: string[]) =>
    renderDroppedMail({ mailId: MAIL_ID, locale: 'en', inReplyTo: undefined, files, doubtful });
  const both = await render(['a.pdf'], ['one', 'two']);
  expect(both.subject).toContain('your files were not');
  expect(both.text).toMatch(/a\.pdf[\s\S]*marked as quoted[\s\S]*> one\n> two/);
  const lines = await render([], ['one']);
  expect(lines.subject).toContain('a few lines were not');
  expect(lines.text).not.toContain('Files');
  expect((await render(['a.pdf'], [])).text).not.toContain('quoted');
});

test('a refused reply is answered as a reply to it, and quotes how it began', async () => {
  const render = (inReplyTo: string | undefined, excerpt: string) =>
    renderRefusalMail({ mailId: MAIL_ID, locale: 'en', reason: 'sender', inReplyTo, excerpt });
  const parsed = await parse(await render('<theirs@example.org>', 'Hello\r\nBcc: x@example.com'));
  expect(parsed.inReplyTo).toBe('<theirs@example.org>');
  expect(parsed.headers.get('auto-submitted')).toBe('auto-replied');
  expect(parsed.text).toContain('What you wrote began: “Hello Bcc: x@example.com”');
  expect((await render('x> \r\nBcc: y@example.com', '')).headers['In-Reply-To']).toBeUndefined();
});
