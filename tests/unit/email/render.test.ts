import { simpleParser } from 'mailparser';
import { createTransport } from 'nodemailer';
import { beforeAll, expect, test } from 'vitest';
import { listLinks } from '#lib/email/list-links.ts';
import {
  type MessagesMail,
  type RenderedMail,
  renderMessagesMail,
  renderSummaryMail,
} from '#lib/email/render.ts';
import { type AccountMail, renderAccountMail, renderRefusalMail } from '#lib/email/render-account.ts';
import { composeMail } from '#lib/email/transports/compose.ts';
import { readUnsubscribeToken } from '#lib/email/unsubscribe-token.ts';
import { parseEnv } from '#lib/env.ts';
import { setMemo } from '#lib/memo.ts';

const MAIL_ID = '01940000-0000-7000-8000-000000000001';
const ROOM_ID = '01940000-0000-7000-8000-000000000002';
const RECIPIENT_ID = '01940000-0000-7000-8000-000000000003';

beforeAll(() => {
  setMemo(
    'env',
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
    conversationId: ROOM_ID,
    recipientId: RECIPIENT_ID,
    locale: 'en',
    senderName: 'minji',
    texts: [{ seq: 7, body: 'Hello there' }],
    moreCount: 0,
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

test('names the sender and the first line, and links to the first new message', async () => {
  const parsed = await parse(await mail({ texts: [{ seq: 7, body: 'Hello there\nsecond line' }] }));
  const openUrl = `https://chat.example.com/chat/${ROOM_ID}?m=7`;
  expect(parsed.subject).toBe('minji: Hello there');
  expect(parsed.from?.text).toContain('hello@chat.example.com');
  expect(listLinks(String(parsed.html))).toContainEqual({ href: openUrl, label: 'Open conversation' });
  expect(parsed.text).toContain(`Open conversation\n${openUrl}`);
});

test('speaks the recipient’s language', async () => {
  const korean = await mail({ locale: 'ko', senderName: '민지' });
  expect(korean.subject).toBe('민지님의 메시지: Hello there');
  expect(korean.html).toContain('lang="ko"');
  expect(listLinks(korean.html)[0]?.label).toBe('대화 열기');
  expect(korean.text).toContain('대화 열기');
  expect(words((await mail()).html)).toContain('minji sent you a message');
});

test('shows all texts in order in both parts and counts the rest', async () => {
  const texts = Array.from({ length: 20 }, (_, index) => ({
    seq: index + 1,
    body: `text number ${index + 1}.`,
  }));
  const { html, text } = await mail({ texts, moreCount: 5 });
  for (const part of [words(html), text]) {
    const places = texts.map(({ body }) => part.lastIndexOf(body));
    expect(places).toEqual([...places].sort((a, b) => a - b));
    expect(places[0]).toBeGreaterThan(-1);
    expect(part).toContain('and 5 more');
    expect(part).toContain('minji sent you 25 messages');
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
  expect(parsed.subject).toMatch(/^eve Bcc: all@example\.com: <script>/);
});

test('a subject is one line of at most 120 characters without reordering marks', async () => {
  const { subject } = await mail({
    texts: [{ seq: 1, body: `\n\n\u202egnp.exe\u0007 ${'긴글👩‍👩‍👧'.repeat(60)}` }],
  });
  expect(subject.length).toBeLessThanOrEqual(120);
  expect(subject).not.toMatch(/[\p{Cc}\p{Bidi_Control}]/u);
  expect(subject.startsWith('minji: gnp.exe 긴글')).toBe(true);
  expect(subject.isWellFormed()).toBe(true);
  expect(subject.endsWith('…')).toBe(true);
});

test('offers one-click unsubscribing, a stable id and a thread, and says that a program wrote it', async () => {
  const [first, second] = await Promise.all([mail(), mail()]);
  expect(first).toEqual(second);
  const parsed = await parse(first);
  expect(parsed.messageId).toBe(`<${MAIL_ID}@chat.example.com>`);
  expect(parsed.references).toBe(`<${ROOM_ID}.${RECIPIENT_ID}@chat.example.com>`);
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
  expect(parsed.subject).toBe('minji: gladly');
  expect(words((await mail()).html)).not.toContain('You wrote');
});

test('the preheader goes on where the subject ends', async () => {
  const preview = async (texts: { seq: number; body: string }[]) =>
    words((await mail({ texts })).html.split('display:none')[1]?.split('</div>')[0] ?? '');
  expect(
    await preview([
      { seq: 1, body: 'first line\nsecond line' },
      { seq: 2, body: 'third' },
    ]),
  ).toMatch(/>?second line third/);
  expect(await preview([{ seq: 1, body: 'only line' }])).toContain('A message from minji');
});

test('asks out-of-office programs not to answer, and names where replies go only when they can', async () => {
  const replyTo = 'reply+abc@reply.example.com';
  const [without, withReply] = await Promise.all([mail(), mail({ replyTo })]);
  expect((await parse(without)).headers.get('x-auto-response-suppress')).toBe('All');
  expect((await parse(without)).replyTo).toBeUndefined();
  expect(without.text).not.toContain('Reply to this e-mail');
  expect((await parse(withReply)).replyTo?.text).toBe(replyTo);
  for (const part of [words(withReply.html), withReply.text]) expect(part).toContain('Reply to this e-mail');
});

test('a summary has a part for each conversation, in both forms', async () => {
  const payload = await renderSummaryMail({
    mailId: MAIL_ID,
    recipientId: RECIPIENT_ID,
    locale: 'en',
    rooms: [
      {
        conversationId: ROOM_ID,
        name: 'minji',
        texts: [{ seq: 4, body: 'one <b>\ntwo' }],
        moreCount: 2,
      },
      {
        conversationId: MAIL_ID,
        name: 'eve\r\nBcc: x@example.com',
        texts: [{ seq: 1, body: 'hi' }],
        moreCount: 0,
      },
    ],
    textCount: 4,
    moreRooms: 3,
  });
  const parsed = await parse(payload);
  expect(parsed.subject).toBe('4 unread messages from minji, eve Bcc: x@example.com');
  expect(parsed.bcc).toBeUndefined();
  for (const part of [words(String(parsed.html)).replaceAll('&lt;b&gt;', '<b>'), String(parsed.text)]) {
    expect(part).toMatch(
      /minji[\s\S]*one <b>\ntwo[\s\S]*and 2 more[\s\S]*eve[\s\S]*hi[\s\S]*and 3 more conversations/,
    );
  }
  const hrefs = listLinks(String(parsed.html)).map(({ href }) => href);
  expect(hrefs.slice(0, 2)).toEqual([
    `https://chat.example.com/chat/${ROOM_ID}?m=4`,
    `https://chat.example.com/chat/${MAIL_ID}?m=1`,
  ]);
  expect(payload.headers['List-Unsubscribe-Post']).toBe('List-Unsubscribe=One-Click');
});

const url = 'https://chat.example.com/somewhere?token=abc&x=1';
const at = new Date('2026-01-02T03:04:05Z');
const accountMails = [
  { kind: 'verify', url },
  { kind: 'reset', url },
  { kind: 'change', url },
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

test('a refused reply is answered as a reply to it, and quotes how it began', async () => {
  const render = (inReplyTo: string | undefined, excerpt: string) =>
    renderRefusalMail({ mailId: MAIL_ID, locale: 'en', reason: 'sender', inReplyTo, excerpt });
  const parsed = await parse(await render('<theirs@example.org>', 'Hello\r\nBcc: x@example.com'));
  expect(parsed.inReplyTo).toBe('<theirs@example.org>');
  expect(parsed.headers.get('auto-submitted')).toBe('auto-replied');
  expect(parsed.text).toContain('What you wrote began: “Hello Bcc: x@example.com”');
  expect((await render('x> \r\nBcc: y@example.com', '')).headers['In-Reply-To']).toBeUndefined();
});
