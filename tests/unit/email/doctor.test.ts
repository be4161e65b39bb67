import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { generate } from 'selfsigned';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import { afterEach, expect, test } from 'vitest';
import { checkResend, checkSmtp } from '#lib/email/doctor/check-connection.ts';
import { checkDns, checkReplyDns } from '#lib/email/doctor/check-dns.ts';
import { checkSettings } from '#lib/email/doctor/check-settings.ts';
import type { Dns, Finding } from '#lib/email/doctor/finding.ts';
import { runDoctor } from '#lib/email/doctor/run-doctor.ts';
import { mailTransportSingleton } from '#lib/email/transports/index.ts';
import { resendSingleton } from '#lib/email/transports/resend-client.ts';
import { type Env, envSingleton, parseEnv } from '#lib/runtime/env.ts';
import { startResendStandIn } from '../../support/resend-stand-in.ts';

const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
  for (const singleton of [mailTransportSingleton, resendSingleton]) singleton.clear();
});

function use(values: Record<string, string>): Env {
  const env = parseEnv({ AUTH_SECRET: 'x'.repeat(40), ...values });
  envSingleton.set(env);
  return env;
}

/** A stand-in for DNS: names with their records; every other name is not there. */
function makeDns(txt: Record<string, string[]>, mx: Record<string, string> = {}): Dns {
  const absent = () => Object.assign(new Error('not there'), { code: 'ENOTFOUND' });
  return {
    async resolveTxt(name) {
      const records = txt[name];
      if (!records) throw absent();
      // Long records come in pieces.
      return records.map((text) => [text.slice(0, 20), text.slice(20)]);
    },
    async resolveMx(name) {
      const exchange = mx[name];
      if (!exchange) throw absent();
      return [
        { exchange: 'second.example.net', priority: 20 },
        { exchange, priority: 10 },
      ];
    },
  };
}

async function startSmtp(options: SMTPServerOptions): Promise<number> {
  const server = new SMTPServer({ disableReverseLookup: true, authOptional: true, ...options });
  server.on('error', () => {});
  server.listen(0, '127.0.0.1');
  await once(server.server, 'listening');
  closers.push(() => new Promise<void>((resolve) => server.close(() => resolve())));
  return (server.server.address() as AddressInfo).port;
}

const levels = (findings: Finding[]) => findings.map(({ level }) => level);
const texts = (findings: Finding[]) => findings.map(({ text }) => text).join('\n');

const good = {
  'example.com': ['google-site-verification=x', 'v=spf1 include:_spf.mail.example.net ~all'],
  'mail._domainkey.example.com': ['v=DKIM1; k=rsa; p=MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQ'],
  '_dmarc.example.com': ['v=DMARC1; p=none'],
};

test('a domain with SPF, DKIM and DMARC is well', async () => {
  expect(levels(await checkDns('example.com', 'smtp', makeDns(good)))).toEqual(['ok', 'ok', 'ok']);
});

test('a subdomain falls under the DMARC record of the domain above it', async () => {
  const records = { ...good, 'chat.example.com': ['v=spf1 ip4:192.0.2.1 -all'] };
  const [, , dmarc] = await checkDns('chat.example.com', 'smtp', makeDns(records));
  expect(dmarc?.text).toContain('_dmarc.example.com');
});

test.each([
  ['nothing at all', {}, ['problem', 'note', 'problem'], /v=spf1/],
  [
    'two SPF records',
    { ...good, 'example.com': ['v=spf1 a ~all', 'v=spf1 mx ~all'] },
    ['problem', 'ok', 'ok'],
    /2 records/,
  ],
  [
    'an SPF that lets all send',
    { ...good, 'example.com': ['v=spf1 a +all'] },
    ['problem', 'ok', 'ok'],
    /everybody/,
  ],
  [
    'a revoked key',
    { ...good, 'mail._domainkey.example.com': ['v=DKIM1; p='] },
    ['ok', 'note', 'ok'],
    /usual names/,
  ],
] as const)('%s is told in plain words', async (_, records, expected, words) => {
  const findings = await checkDns('example.com', 'smtp', makeDns(records as Record<string, string[]>));
  expect(levels(findings)).toEqual(expected);
  expect(texts(findings)).toMatch(words);
});

test('with Resend its own names are looked at', async () => {
  const records = {
    'send.example.com': ['v=spf1 include:amazonses.com ~all'],
    'resend._domainkey.example.com': ['p=MIGfMA0GCSqGSIb3DQ'],
    '_dmarc.example.com': ['v=DMARC1; p=none'],
  };
  expect(levels(await checkDns('example.com', 'resend', makeDns(records)))).toEqual(['ok', 'ok', 'ok']);
  expect(levels(await checkDns('example.com', 'resend', makeDns(good)))).toEqual([
    'problem',
    'problem',
    'ok',
  ]);
});

test('DNS that does not answer is told as that and not as missing records', async () => {
  const fail = async () => {
    throw Object.assign(new Error('timeout'), { code: 'ETIMEOUT' });
  };
  const findings = await checkDns('example.com', 'smtp', { resolveTxt: fail, resolveMx: fail });
  expect(texts(findings)).toMatch(/could not be asked.*ETIMEOUT/);
  expect((await checkReplyDns('example.com', { resolveTxt: fail, resolveMx: fail })).text).toMatch(
    /ETIMEOUT/,
  );
});

test('where replies go is named by the first mail server', async () => {
  const dns = makeDns({}, { 'reply.example.com': 'inbound.example.net' });
  expect((await checkReplyDns('reply.example.com', dns)).text).toContain('inbound.example.net');
  expect((await checkReplyDns('elsewhere.example.com', dns)).level).toBe('problem');
});

test.each([
  [{}, /no mail leaves/],
  [{ SMTP_URL: 'smtp://mail.example.com' }, /no receiver accepts[\s\S]*this machine only/],
  [
    { RESEND_API_KEY: 're_x', APP_URL: 'http://chat.example.com' },
    /without encryption[\s\S]*bounces and complaints/,
  ],
  [{ SMTP_URL: 'smtp://m.example.com', REPLY_DOMAIN: 'r.example.com' }, /nothing receives replies/],
])('settings %o are explained', (values, words) => {
  expect(texts(checkSettings(use(values as Record<string, string>)))).toMatch(words);
});

test('an SMTP server without encryption, with a bad certificate, with a bad login, and none', async () => {
  const plain = await startSmtp({ disabledCommands: ['STARTTLS', 'AUTH'] });
  expect(texts(await checkSmtp(`smtp://127.0.0.1:${plain}`))).toMatch(/offers no encryption/);

  const pems = await generate([{ name: 'commonName', value: 'wrong.example.com' }]);
  const selfSigned = await startSmtp({ key: pems.private, cert: pems.cert, disabledCommands: ['AUTH'] });
  expect(texts(await checkSmtp(`smtp://127.0.0.1:${selfSigned}`))).toMatch(/certificate .* is not valid/);

  const guarded = await startSmtp({
    disabledCommands: ['STARTTLS'],
    allowInsecureAuth: true,
    authOptional: false,
    onAuth: (_auth, _session, done) => done(new Error('no')),
  });
  expect(texts(await checkSmtp(`smtp://user:wrong@127.0.0.1:${guarded}`))).toMatch(/refuses the login/);
  expect(texts(await checkSmtp('smtp://127.0.0.1:1'))).toMatch(/nothing listens/);
});

test('a password that would travel in clear is not sent by the doctor either, and that is told', async () => {
  const heard: unknown[] = [];
  const options: SMTPServerOptions = {
    allowInsecureAuth: true,
    authOptional: false,
    onAuth: (auth, _session, done) => {
      heard.push(auth.password);
      done(null, { user: 'us' });
    },
  };
  const open = await startSmtp({ ...options, disabledCommands: ['STARTTLS'] });
  // 0.0.0.0 leads to this machine and, unlike 127.0.0.1, does not say so.
  const [finding] = await checkSmtp(`smtp://us:secret@0.0.0.0:${open}`);
  expect(finding?.level).toBe('problem');
  expect(finding?.text).toMatch(
    /offers no encryption. The password is not sent that way, so no mail goes out/,
  );
  const pems = await generate([{ name: 'commonName', value: 'wrong.example.com' }]);
  const selfSigned = await startSmtp({ ...options, key: pems.private, cert: pems.cert });
  expect(texts(await checkSmtp(`smtp://us:secret@0.0.0.0:${selfSigned}`))).toMatch(
    /certificate .* is not valid .*The password is not sent that way/,
  );
  expect(heard).toEqual([]);
  expect(texts(await checkSmtp(`smtp://us:secret@127.0.0.1:${open}`))).toMatch(/login is accepted/);
  expect(heard).toEqual(['secret']);
});

test.each([
  [200, { data: [{ name: 'example.com', status: 'verified' }] }, 'ok', /verified/],
  [200, { data: [{ name: 'example.com', status: 'pending' }] }, 'problem', /pending/],
  [200, { data: [] }, 'problem', /not in your account/],
  [401, { name: 'restricted_api_key', statusCode: 401, message: 'only send' }, 'note', /may send/],
  [401, { name: 'invalid_api_key', statusCode: 401, message: 'no' }, 'problem', /key is refused/],
])('Resend answering %i %o is a %s', async (status, body, level, words) => {
  const resend = await startResendStandIn();
  closers.push(() => resend.close());
  resend.domains = { status, body };
  use({ RESEND_API_KEY: 're_x', RESEND_BASE_URL: resend.url });
  const [finding] = await checkResend('example.com');
  expect(finding?.level).toBe(level);
  expect(finding?.text).toMatch(words);
});

test('the whole round sends a test mail and says at the end whether something needs mending', async () => {
  const received: string[] = [];
  const port = await startSmtp({
    disabledCommands: ['STARTTLS', 'AUTH'],
    onData(stream, session, done) {
      received.push(String(session.envelope.rcptTo[0]?.address));
      stream.on('end', done).resume();
    },
  });
  use({
    SMTP_URL: `smtp://127.0.0.1:${port}`,
    EMAIL_FROM: 'Dandul <chat@example.com>',
    APP_URL: 'https://chat.example.com',
  });
  const findings: Finding[] = [];
  const isWell = await runDoctor({
    address: 'me@example.org',
    locale: 'en',
    dns: makeDns(good),
    report: (finding) => findings.push(finding),
  });
  expect(received).toEqual(['me@example.org']);
  expect(texts(findings)).toContain('handed over for me@example.org');
  // The one thing to mend is the missing encryption.
  expect(findings.filter(({ level }) => level === 'problem')).toHaveLength(1);
  expect(isWell).toBe(false);
});
