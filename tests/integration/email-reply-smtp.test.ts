import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { connect } from 'node:net';
import type { DNSResolver } from 'mailauth';
import { type ParsedMail, simpleParser } from 'mailparser';
import { createTransport } from 'nodemailer';
import { SMTPServer } from 'smtp-server';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { getPool } from '#db/client.ts';
import { selectMessage } from '#db/queries/messages.ts';
import { readHistory } from '#lib/chat/read-history.ts';
import { warmTemplates } from '#lib/email/content/render.ts';
import { MAX_TEXTS } from '#lib/email/messages/fit-texts.ts';
import { startReplyListener } from '#lib/email/reply/listener.ts';
import { envSingleton, getEnv } from '#lib/runtime/env.ts';
import { setUpDatabase } from '../support/database.ts';
import { eventually, listMails, readMailedSeq, say } from '../support/mail.ts';
import { startMailWorkers, stopMailWorkers } from '../support/mail-workers.ts';
import { addPair, addPerson, type Person } from '../support/people.ts';
import { composeSigned, resolveTestDns, type TestMail } from '../support/signed-mail.ts';

vi.mock('#db/queries/messages.ts', { spy: true });

const arrived: ParsedMail[] = [];
/** What to answer to RCPT TO of an address. */
const refusals = new Map<string, { responseCode: number; text: string }>();
const sink = new SMTPServer({
  authOptional: true,
  disableReverseLookup: true,
  disabledCommands: ['STARTTLS'],
  onRcptTo({ address }, _session, done) {
    const refusal = refusals.get(address);
    done(refusal && Object.assign(new Error(refusal.text), { responseCode: refusal.responseCode }));
  },
  onData: async (stream, _session, done) => {
    arrived.push(await simpleParser(stream));
    done();
  },
});
await new Promise<void>((resolve) => sink.listen(0, '127.0.0.1', resolve));
await setUpDatabase({
  SMTP_URL: `smtp://127.0.0.1:${(sink.server.address() as AddressInfo).port}`,
  REPLY_DOMAIN: 'reply.example.com',
  REPLY_SMTP_PORT: '0',
  REPLY_SMTP_HOST: '127.0.0.1',
  REPLY_TRUSTED_AUTHSERV: 'mx.example.com',
  EMAIL_FROM: 'Dandul <hello@chat.example.com>',
  EMAIL_WINDOW_SECONDS: '0',
});
/** The DNS of the listener: example.com's people sign and have DMARC, unless a test says otherwise. */
let dns: DNSResolver = resolveTestDns;
const listener = await startReplyListener((name, type) => dns(name, type));
const port = listener?.port ?? 0;

beforeAll(async () => {
  await warmTemplates();
  await startMailWorkers();
});
afterAll(async () => {
  await stopMailWorkers();
  await listener?.close();
  await new Promise<void>((resolve) => sink.close(() => resolve()));
});

const mailsTo = (address: string) =>
  arrived.filter(({ to }) => [to ?? []].flat().some(({ value }) => value[0]?.address === address));

async function mailOut(first: Person, second: Person, conversationId: string, text: string): Promise<string> {
  const { length } = mailsTo(second.email);
  await say(first, conversationId, text);
  return eventually(() => {
    const mail = mailsTo(second.email)[length];
    expect(mail).toBeDefined();
    return mail?.replyTo?.value[0]?.address as string;
  });
}

/** Hands a mail to the listener as a mail server on this machine does; resolves to its last answer. */
async function deliver(
  mail: TestMail & { from: string; to: string; written?: string | Buffer; through?: number },
): Promise<string> {
  const transporter = createTransport({ host: '127.0.0.1', port: mail.through ?? port, ignoreTLS: true });
  const { envelope = { from: readAddress(mail.from), to: mail.to }, written, ...rest } = mail;
  const raw = written ?? (await composeSigned(rest));
  try {
    return (await transporter.sendMail({ envelope, raw })).response;
  } catch (error) {
    return String((error as { response?: string }).response);
  } finally {
    transporter.close();
  }
}
const readAddress = (from: string) => /<(.*)>/.exec(from)?.[1] ?? from;
const heading = (value: string) => (mail: string) => `Authentication-Results: ${value}\r\n${mail}`;
const listBodies = async (viewer: Person, conversationId: string) => {
  const page = await readHistory({ viewerId: viewer.userId, conversationId });
  return page.ok ? page.value.messages.map(({ body }) => body) : [];
};

test('a reply by SMTP is accepted when it is stored, once for the same Message-ID', async () => {
  const { first, second, conversationId } = await addPair();
  const replyTo = await mailOut(first, second, conversationId, '저녁 먹었어요?');
  const mail = {
    from: `Junho <${second.email}>`,
    to: replyTo,
    messageId: '<once@mail.example.com>',
    text: '아직요\n같이 먹어요\n\n-----Original Message-----\nFrom: "단둘" <hello@chat.example.com>\nTo: <x@naver.com>\nSent: 2026-11-24\nSubject: 저녁\n\n저녁 먹었어요?',
    attachments: [{ filename: '메뉴.pdf', content: 'x' }],
  };
  expect(await deliver(mail)).toMatch(/^250 /);
  expect(await deliver(mail)).toMatch(/^250 /);
  expect(await listBodies(first, conversationId)).toEqual([
    '저녁 먹었어요?',
    '아직요\n같이 먹어요\n\n이메일에 첨부했지만 전하지 못한 파일: 메뉴.pdf',
  ]);
});

test('answers between the quoted lines arrive, and nothing of what was quoted', async () => {
  const { first, second, conversationId } = await addPair();
  const replyTo = await mailOut(first, second, conversationId, '토요일에 볼까요?');
  const text = `안녕하세요\n\n26. 11. 24. 오후 3:04에 Dandul 이(가) 쓴 글:\n> 토요일에 볼까요?\n\n네\n--\n좋아요\n> 시작이 반이다\n`;
  expect(await deliver({ from: second.email, to: replyTo, text })).toMatch(/^250 /);
  expect(await listBodies(first, conversationId)).toEqual([
    '토요일에 볼까요?',
    '안녕하세요\n\n네\n--\n좋아요\n> 시작이 반이다',
  ]);
});

test('whoever sends files is told once that they were not passed on; nobody else is', async () => {
  const { first, second, conversationId } = await addPair();
  const replyTo = await mailOut(first, second, conversationId, 'hello');
  const mail = {
    from: second.email,
    to: replyTo,
    text: 'see',
    messageId: '<files@mail.example.com>',
    attachments: [{ filename: 'plan.pdf', content: 'x' }],
  };
  const before = mailsTo(second.email).length;
  expect(await deliver(mail)).toMatch(/^250 /);
  expect(await deliver(mail)).toMatch(/^250 /);
  await eventually(() => expect(mailsTo(second.email)).toHaveLength(before + 1));
  const note = mailsTo(second.email).at(-1);
  expect(note?.text).toContain('plan.pdf');
  expect(note?.headers.get('auto-submitted')).toBe('auto-replied');
  expect((await listMails(second.userId)).filter(({ kind }) => kind === 'refusal')).toHaveLength(1);
  expect((await listMails(first.userId)).filter(({ kind }) => kind === 'refusal')).toEqual([]);
});

test('lines that may be the writer’s own, beside a text deleted since, are left out and told', async () => {
  const { first, second, conversationId } = await addPair();
  const replyTo = await mailOut(first, second, conversationId, '지워질 글');
  const quote = (line: string) =>
    `그래요\n\n26. 11. 24. 오후 3:04에 Dandul 이(가) 쓴 글:\n> 지워질 글\n> ${line}\n`;
  expect(await deliver({ from: second.email, to: replyTo, text: quote('내가 쓴 답') })).toMatch(/^250 /);
  expect(await listBodies(first, conversationId)).toEqual(['지워질 글', '그래요\n\n> 내가 쓴 답']);
  expect((await listMails(second.userId)).filter(({ kind }) => kind === 'refusal')).toEqual([]);

  await getPool().query('update messages set deleted_at = now() where conversation_id = $1 and seq = 1', [
    conversationId,
  ]);
  const before = mailsTo(second.email).length;
  const reply = { from: second.email, to: replyTo, text: quote('또 다른 답') };
  expect(await deliver(reply)).toMatch(/^250 /);
  expect((await listBodies(first, conversationId)).at(-1)).toBe('그래요');
  await eventually(() => expect(mailsTo(second.email)).toHaveLength(before + 1));
  const note = mailsTo(second.email).at(-1);
  expect(note?.subject).toContain('몇 줄은 전하지 못했어요');
  expect(note?.text).toContain('> 또 다른 답');
  expect((await listMails(second.userId)).filter(({ kind }) => kind === 'refusal')).toHaveLength(1);

  // However often that happens.
  for (const answer of ['셋째 답', '넷째 답', '다섯째 답']) {
    expect(await deliver({ ...reply, text: quote(answer) })).toMatch(/^250 /);
  }
  await eventually(() => expect(mailsTo(second.email)).toHaveLength(before + 4));
});

test('an answer to a mail of one message is a reply to it, to one of several it is not', async () => {
  const { first, second, conversationId } = await addPair();
  const answer = async (to: string, text: string) =>
    expect(await deliver({ from: second.email, to, text })).toMatch(/^250 /);
  const read = async () => {
    const page = await readHistory({ viewerId: first.userId, conversationId });
    return page.ok ? page.value.messages.map(({ body, replyTo }) => [body, replyTo?.body]) : [];
  };
  const single = await mailOut(first, second, conversationId, '하나');
  // Longer than one message: its first part is the reply.
  await answer(single, `${'가 '.repeat(3000)}끝`);
  const [, begin, end] = await read();
  expect([begin?.[1], end?.[1]]).toEqual(['하나', undefined]);

  await stopMailWorkers();
  await say(first, conversationId, '둘', '셋');
  const { length } = mailsTo(second.email);
  await startMailWorkers();
  const several = await eventually(() => {
    const mail = mailsTo(second.email)[length];
    expect(mail?.text).toContain('셋');
    return mail?.replyTo?.value[0]?.address ?? '';
  });
  await answer(several, '둘 다에');
  expect((await read()).at(-1)).toEqual(['둘 다에', undefined]);
  // What it answers was deleted meanwhile: the quote says so.
  const gone = await mailOut(first, second, conversationId, '지울 말');
  const page = await readHistory({ viewerId: first.userId, conversationId });
  const seq = page.ok ? page.value.messages.length : 0;
  await getPool().query(
    `update messages set deleted_at = now(), body = '' where conversation_id = $1 and seq = $2`,
    [conversationId, seq],
  );
  await answer(gone, '늦은 답');
  expect((await read()).at(-1)).toEqual(['늦은 답', '']);
});

test('a mail of as many texts as one holds is known by each of them', async () => {
  const { first, second, conversationId } = await addPair();
  await stopMailWorkers();
  const texts = Array.from({ length: MAX_TEXTS }, (_, index) => `«${index}» 번째 글`);
  await say(first, conversationId, ...texts);
  await startMailWorkers();
  const mail = await eventually(() => {
    const [found] = mailsTo(second.email);
    expect(found).toBeDefined();
    return found;
  });
  const to = mail?.replyTo?.value[0]?.address ?? '';
  const text = `네\n\n26. 11. 24. 오후 3:04에 Dandul 이(가) 쓴 글:\n${mail?.text?.replace(/^/gm, '> ')}`;
  expect(await deliver({ from: second.email, to, text })).toMatch(/^250 /);
  expect((await listBodies(first, conversationId)).at(-1)).toBe('네');
});

test.each([
  ['takes more processor time than it may', { cpuSeconds: 1, totalMs: 120_000 }, 14],
  ['is not done in time', { cpuSeconds: 60, totalMs: 1 }, 1],
])('a mail whose reading %s is put off with 451, and the next one is taken', async (_, limits, parts) => {
  const { first, second, conversationId } = await addPair();
  const replyTo = await mailOut(first, second, conversationId, 'hello');
  const strict = await startReplyListener(resolveTestDns, limits);
  const body = `--b\r\nContent-Type: text/html\r\n\r\n${'<p>x</p>'.repeat(120_000)}\r\n`;
  const written = `From: ${second.email}\r\nTo: ${replyTo}\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n${body.repeat(parts)}--b--\r\n`;
  // Nobody's words are read but the owner's.
  const proven = heading(
    'mx.example.com; spf=pass smtp.mailfrom=example.com; dkim=pass header.d=example.com; dmarc=pass',
  )(written);
  const mail = { from: second.email, to: replyTo, written: proven };
  expect(await deliver({ ...mail, through: strict?.port })).toMatch(/^451 /);
  await strict?.close();
  expect(await deliver({ from: second.email, to: replyTo, text: 'short' })).toMatch(/^250 /);
  expect(await listBodies(first, conversationId)).toEqual(['hello', 'short']);
});

test('a reply whose letters are lost is refused rather than stored', async () => {
  const { first, second, conversationId } = await addPair();
  const replyTo = await mailOut(first, second, conversationId, 'hello');
  const written = Buffer.concat([
    Buffer.from(`From: ${second.email}\r\nTo: ${replyTo}\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n`),
    Buffer.from([0xed, 0x95, 0x9c, 0xff, 0xff, 0x81]),
  ]);
  await withoutDns('ENOTFOUND', async () => {
    expect(await deliver({ from: second.email, to: replyTo, written })).toMatch(/^550 5\.6\.0 The letters/);
  });
  expect(await listBodies(first, conversationId)).toEqual(['hello']);
});

test('mail to anything but a reply address is refused, so nothing is relayed', async () => {
  const { first, second, conversationId } = await addPair();
  const replyTo = await mailOut(first, second, conversationId, 'hello');
  const changed = replyTo.replace(/.@/, (end) => (end === 'a@' ? 'b@' : 'a@'));
  for (const to of ['victim@example.org', 'hello@reply.example.com', changed]) {
    expect(await deliver({ from: second.email, to, text: 'hi' })).toMatch(/^550 5\.1\.1/);
  }
  expect(await listBodies(first, conversationId)).toEqual(['hello']);
});

test('a wrong sender is refused in the session: their own server tells them, we mail nobody', async () => {
  const { first, second, conversationId } = await addPair();
  const stranger = await addPerson('stranger');
  const replyTo = await mailOut(first, second, conversationId, 'hello');
  const mail = { from: stranger.email, to: replyTo, text: 'let me in', signedBy: 'none' };
  expect(await deliver(mail)).toMatch(/^550 5\.7\.1/);
  const twoFroms = [second.email, stranger.email].join(', ');
  expect(
    await deliver({
      from: twoFroms,
      to: replyTo,
      text: 'both',
      envelope: { from: stranger.email, to: replyTo },
    }),
  ).toMatch(/^550 5\.7\.1/);
  expect(await listBodies(first, conversationId)).toEqual(['hello']);
  expect(mailsTo(stranger.email)).toEqual([]);
});

test('one who is proven to be its owner is answered by mail instead', async () => {
  const { first, second, conversationId } = await addPair();
  const replyTo = await mailOut(first, second, conversationId, 'hello');
  const before = mailsTo(second.email).length;
  expect(await deliver({ from: second.email, to: replyTo, text: '> hello' })).toMatch(/^250 /);
  await eventually(() => expect(mailsTo(second.email)).toHaveLength(before + 1));
  expect(mailsTo(second.email).at(-1)?.headers.get('auto-submitted')).toBe('auto-replied');
});

test('where DMARC wants proof a mail without is not taken, whatever it says of itself; the trusted server’s word is one', async () => {
  const { first, second, conversationId } = await addPair();
  const replyTo = await mailOut(first, second, conversationId, 'hello');
  const mail = { from: second.email, to: replyTo, text: 'is it me?', signedBy: 'none' };
  const claim = 'spf=pass smtp.mailfrom=example.com; dkim=pass header.d=example.com; dmarc=pass';
  expect(await deliver(mail)).toMatch(/^550 5\.7\.1/);
  expect(await deliver({ ...mail, tamper: heading(`mx.attacker.example; ${claim}`) })).toMatch(/^550 /);
  const below = (text: string) =>
    heading('mx.example.com; spf=fail')(heading(`mx.example.com; ${claim}`)(text));
  expect(await deliver({ ...mail, tamper: below })).toMatch(/^550 /);
  expect(await deliver({ ...mail, signedBy: 'elsewhere.example' })).toMatch(/^550 /);
  expect(await listBodies(first, conversationId)).toEqual(['hello']);
  expect(await deliver({ ...mail, tamper: heading(`mx.example.com; ${claim}`) })).toMatch(/^250 /);
  expect(await listBodies(first, conversationId)).toEqual(['hello', 'is it me?']);
});

/** Runs with a DNS that fails so for every name. */
async function withoutDns<T>(code: string, run: () => Promise<T>): Promise<T> {
  dns = () => Promise.reject(Object.assign(new Error(code), { code }));
  try {
    return await run();
  } finally {
    dns = resolveTestDns;
  }
}

test.each([
  ['ENOTFOUND', /^550 5\.7\.1/],
  ['ESERVFAIL', /^451 /],
  ['ECONNREFUSED', /^451 /],
])(
  'a plain mail from the owner, of which DNS says nothing (%s), is taken unless proof is required',
  async (code, refusal) => {
    const { first, second, conversationId } = await addPair();
    const replyTo = await mailOut(first, second, conversationId, 'hello');
    const mail = { from: `Junho <${second.email}>`, to: replyTo, signedBy: 'none' };
    const before = mailsTo(second.email).length;
    await withoutDns(code, async () => {
      expect(await deliver({ ...mail, text: 'plainly me' })).toMatch(/^250 /);
      envSingleton.set({ ...getEnv(), REPLY_PROOF: 'required' });
      try {
        expect(await deliver({ ...mail, text: 'is that enough?' })).toMatch(refusal);
      } finally {
        envSingleton.set({ ...getEnv(), REPLY_PROOF: 'given' });
      }
    });
    expect(await listBodies(first, conversationId)).toEqual(['hello', 'plainly me']);
    expect((await listMails(second.userId)).filter(({ kind }) => kind === 'refusal')).toEqual([]);
    expect(mailsTo(second.email)).toHaveLength(before);
  },
);

test('of whom nothing is given hears in the session what is wrong, and we mail nobody', async () => {
  const { first, second, conversationId } = await addPair();
  const stranger = await addPerson('stranger');
  const replyTo = await mailOut(first, second, conversationId, 'hello');
  const mail = { from: second.email, to: replyTo, text: 'hi', signedBy: 'none' };
  await withoutDns('ENOTFOUND', async () => {
    expect(await deliver({ ...mail, from: stranger.email })).toMatch(/^550 5\.7\.1 .*mailbox/);
    expect(await deliver({ ...mail, text: '> hello' })).toMatch(/^550 5\.6\.0 No text/);
    expect(await deliver({ ...mail, tamper: heading('mx.any.example; dmarc=fail') })).toMatch(/^550 5\.7\.1/);
    const twoFroms = {
      from: `${second.email}, ${stranger.email}`,
      envelope: { from: second.email, to: replyTo },
    };
    expect(await deliver({ ...mail, ...twoFroms })).toMatch(/^550 5\.7\.1/);
  });
  expect(await listBodies(first, conversationId)).toEqual(['hello']);
  expect((await listMails(second.userId)).filter(({ kind }) => kind === 'refusal')).toEqual([]);
});

test('a mail that its owner once sent to somebody else is not taken when it is sent here', async () => {
  const { first, second, conversationId } = await addPair();
  const replyTo = await mailOut(first, second, conversationId, 'hello');
  const envelope = { from: 'anybody@attacker.example', to: replyTo };
  const mail = { from: second.email, to: 'friend@example.com', text: 'I owe you ten million', envelope };
  expect(await deliver(mail)).toMatch(/^550 /);
  expect(await deliver({ ...mail, tamper: (text) => `Cc: ${replyTo}\r\n${text}` })).toMatch(/^550 /);
  // Nor a reply to one conversation in another, though it goes to both.
  const pair = await addPair();
  const other = await mailOut(pair.first, pair.second, pair.conversationId, 'elsewhere');
  const both = { from: envelope.from, to: [replyTo, other] };
  expect(await deliver({ ...mail, to: other, envelope: both })).toMatch(/^550 /);
  expect(await listBodies(first, conversationId)).toEqual(['hello']);
});

test('a mail to two reply addresses is taken for the first; the other is to come by itself', async () => {
  const one = await addPair();
  const replyTo = await mailOut(one.first, one.second, one.conversationId, 'hello');
  const other = await addPair();
  const second = await mailOut(other.first, other.second, other.conversationId, 'hello');
  const mail = { from: one.second.email, text: 'to both', messageId: '<both@mail.example.com>' };
  const transporter = createTransport({ host: '127.0.0.1', port, ignoreTLS: true });
  const raw = await composeSigned({ ...mail, to: [replyTo, second] });
  const { accepted, rejectedErrors } = await transporter.sendMail({
    envelope: { from: mail.from, to: [replyTo, second] },
    raw,
  });
  transporter.close();
  expect(accepted).toEqual([replyTo]);
  expect(rejectedErrors).toMatchObject([{ recipient: second, responseCode: 452 }]);
  expect(await listBodies(one.first, one.conversationId)).toEqual(['hello', 'to both']);
});

test('a delivery report is swallowed: it makes no message and no answer', async () => {
  const { first, second, conversationId } = await addPair();
  const replyTo = await mailOut(first, second, conversationId, 'hello');
  const envelope = { from: '', to: replyTo };
  expect(await deliver({ from: second.email, to: replyTo, text: 'undeliverable', envelope })).toMatch(
    /^250 /,
  );
  expect(await listBodies(first, conversationId)).toEqual(['hello']);
});

test('a mail that is too large is refused with a reason, and one while the database is away is put off', async () => {
  const { first, second, conversationId } = await addPair();
  const replyTo = await mailOut(first, second, conversationId, 'hello');
  const attachments = [{ filename: 'film.mov', content: Buffer.alloc(16 * 1024 * 1024) }];
  expect(await deliver({ from: second.email, to: replyTo, text: 'see', attachments })).toMatch(/^552 /);

  await getPool().query('alter table messages rename to messages_away');
  try {
    expect(await deliver({ from: second.email, to: replyTo, text: 'now?' })).toMatch(/^451 /);
  } finally {
    await getPool().query('alter table messages_away rename to messages');
  }
  expect(await deliver({ from: second.email, to: replyTo, text: 'and now?' })).toMatch(/^250 /);
  expect(await listBodies(first, conversationId)).toEqual(['hello', 'and now?']);
});

test('a reply that was stored but cannot be found for a moment is put off and not refused', async () => {
  const { first, second, conversationId } = await addPair();
  const replyTo = await mailOut(first, second, conversationId, 'hello');
  const mail = { from: second.email, to: replyTo, text: 'once', messageId: '<away@mail.example.com>' };
  expect(await deliver(mail)).toMatch(/^250 /);
  vi.mocked(selectMessage).mockResolvedValueOnce(undefined);
  expect(await deliver(mail)).toMatch(/^451 /);
  expect(await deliver(mail)).toMatch(/^250 /);
  expect(await listBodies(first, conversationId)).toEqual(['hello', 'once']);
});

test('a mail that would stop the server to read is refused for good, and the next one is taken', async () => {
  const { first, second, conversationId } = await addPair();
  const replyTo = await mailOut(first, second, conversationId, 'hello');
  const written = `From: ${second.email}\r\nTo: ${replyTo}\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n${'--b\r\n\r\n'.repeat(100_000)}`;
  expect(await deliver({ from: second.email, to: replyTo, written })).toMatch(/^552 /);
  expect(await deliver({ from: second.email, to: replyTo, text: 'a plain one' })).toMatch(/^250 /);
  expect(await listBodies(first, conversationId)).toEqual(['hello', 'a plain one']);
});

test('the listener speaks plainly to a bare connection and offers no login', async () => {
  const socket = connect(port, '127.0.0.1');
  const lines: string[] = [];
  socket.setEncoding('utf8').on('data', (text: string) => lines.push(text));
  await once(socket, 'data');
  socket.write('EHLO test\r\n');
  await eventually(() => expect(lines.join('')).toContain('250 '));
  expect(lines.join('')).not.toMatch(/AUTH|STARTTLS/);
  socket.end();
});

test.each([
  ['no such mailbox, by its enhanced code', 550, '5.1.1 no such user', 'bounced'],
  ['a refused sender', 550, '5.7.1 we do not like you', null],
])('SMTP: %s', async (_, responseCode, text, reason) => {
  const { first, second, conversationId } = await addPair();
  refusals.set(second.email, { responseCode, text });
  await say(first, conversationId, 'hello?');
  await eventually(async () => expect((await listMails(second.userId))[0]?.state).toBe('failed'));
  await eventually(async () => {
    const { rows } = await getPool().query('select email_stop_reason from users where id = $1', [
      second.userId,
    ]);
    expect(rows).toEqual([{ email_stop_reason: reason }]);
  });
  refusals.delete(second.email);
  await say(first, conversationId, 'anybody?');
  await eventually(async () => expect(await readMailedSeq(conversationId, second.userId)).toBe(2));
  expect(await listMails(second.userId)).toHaveLength(reason ? 1 : 2);
});
