import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { isLoopback } from '#lib/operations/loopback.ts';
import { getAllowedOrigins, getAppUrl, getEmailFrom, isOwnHost, parseEnv } from '#lib/runtime/env.ts';
import { warnOfNames } from '#lib/settings/near-names.ts';
import { SECRET_NAMES } from '#lib/settings/secret-files.ts';

const folder = mkdtempSync(path.join(os.tmpdir(), 'dandul-settings-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test.each([
  'https://chat.example.com/chat',
  'https://chat.example.com/?a=1',
  'https://chat.example.com/#top',
  'https://user:word@chat.example.com',
  'https://*.example.com',
  'https://*',
  'http://0.0.0.0:3000',
  'http://[::]:3000',
  'chat.example.com',
  'ftp://chat.example.com',
  'https://',
  '*',
])('APP_URL %s is refused with an example', (APP_URL) =>
  expect(() => parseEnv({ APP_URL })).toThrow(/^APP_URL: must be .* such as https:\/\/chat\.example\.com$/),
);

test.each([
  ['https://chat.example.com/', 'https://chat.example.com'],
  [' https://Chat.Example.com:443 ', 'https://chat.example.com'],
  ['http://192.168.0.4:8080', 'http://192.168.0.4:8080'],
  ['http://[::1]:3000', 'http://[::1]:3000'],
  ['https://단둘.example', 'https://xn--6j1b80a.example'],
])('APP_URL %s is the origin %s', (APP_URL, origin) => expect(parseEnv({ APP_URL }).APP_URL).toBe(origin));

test.each([
  ['PORT', ['-1', '65536', '3e3', '0x50', '80.5', 'http', '３０００']],
  ['REPLY_SMTP_PORT', ['65536', 'smtp']],
  ['SESSION_IDLE_SECONDS', ['0', '-5', '1.5', 'month']],
  ['EMAIL_WINDOW_SECONDS', ['-1', '1m']],
  ['TRUST_PROXY', ['true', '-1', '101']],
  ['HOST', ['http://localhost', 'localhost:3000', '127.0.0.1:3000', 'a b', '*', '[::1]:3000']],
  [
    'EMAIL_FROM',
    ['Dandul', 'a@b@c', 'Kim, Lee <a@example.com>', '<>', 'Dandul <chat>', 'a@example.com, b@example.com'],
  ],
  ['RATE_LIMITS', ['yes']],
  ['LOG_LEVEL', ['loud']],
  ['RESEND_BASE_URL', ['resend']],
])('%s refuses what it cannot be, by its name', (name, values) => {
  for (const value of values) {
    const message = new RegExp(`^${name}: must (be|look like) `);
    expect(() => parseEnv({ [name]: value, REPLY_DOMAIN: 'reply.example.com' })).toThrow(message);
  }
});

test.each([
  'chat@example.com',
  'Dandul <chat@example.com>',
  '"Kim, Lee" <a@example.com>',
  '단둘 <chat@단둘.한국>',
])('EMAIL_FROM %s is taken', (EMAIL_FROM) => expect(parseEnv({ EMAIL_FROM }).EMAIL_FROM).toBe(EMAIL_FROM));

test('a blank setting is as one that is missing', () => {
  const names = ['PORT', 'HOST', 'APP_URL', 'EMAIL_FROM', 'SMTP_URL', 'LOG_LEVEL', 'TRUST_PROXY'];
  const blank = parseEnv(Object.fromEntries(names.map((name) => [name, ' '])));
  expect(blank).toEqual(parseEnv({}));
});

test.each([
  ['127.0.0.1', 'http://localhost:3000'],
  ['localhost', 'http://localhost:3000'],
  ['0.0.0.0', 'http://localhost:3000'],
  ['::', 'http://localhost:3000'],
  ['::1', 'http://[::1]:3000'],
  ['[::1]', 'http://[::1]:3000'],
  ['127.0.0.2', 'http://127.0.0.2:3000'],
  ['192.168.0.4', 'http://192.168.0.4:3000'],
  ['fd00::4', 'http://[fd00::4]:3000'],
  ['my-machine', 'http://my-machine:3000'],
])('listening on %s the address is %s, and sockets from there are let in', (HOST, url) => {
  const env = parseEnv({ HOST });
  expect(getAppUrl(env)).toBe(url);
  expect(getAllowedOrigins(env)).toEqual(expect.arrayContaining([url, 'http://127.0.0.1:3000']));
  expect(isOwnHost(new URL(url).host, env)).toBe(true);
  expect(getEmailFrom(env)).toMatch(/<dandul@[a-z-]+>$/);
});

test('with APP_URL only its origin is let in', () =>
  expect(getAllowedOrigins(parseEnv({ HOST: '::1', APP_URL: 'https://chat.example.com' }))).toEqual([
    'https://chat.example.com',
  ]));

test.each(['::1', '[::1]', '127.8.0.1', 'localhost'])('%s is the loopback', (host) =>
  expect(isLoopback(host)).toBe(true),
);
test.each(['::', '[fd00::4]', '10.0.0.1', 'localhost.example.com'])('%s is not', (host) =>
  expect(isLoopback(host)).toBe(false),
);

describe('names', () => {
  const known = ['PORT', 'HOST', 'APP_URL', 'SMTP_URL', 'AUTH_SECRET', 'DATABASE_URL', 'RESEND_API_KEY'];

  test.each([
    ['SMPT_URL', 'SMTP_URL'],
    ['smtp_url', 'SMTP_URL'],
    ['SMTP-URL', 'SMTP_URL'],
    ['STMP_URL', 'SMTP_URL'],
    ['DATABASE_URI', 'DATABASE_URL'],
    ['DATBASE_URL', 'DATABASE_URL'],
    ['RESEND_APIKEY', 'RESEND_API_KEY'],
    ['AUTHSECRET', 'AUTH_SECRET'],
    ['APPURL', 'APP_URL'],
  ])('%s is told wherever it stands, with %s', (name, meant) => {
    const said = [`${name} is no setting of Dandul; is ${meant} meant?`];
    expect(warnOfNames({ file: [name], environment: [] }, known)).toEqual(said);
    expect(warnOfNames({ file: [], environment: [name] }, known)).toEqual(said);
  });

  test('what is near to nothing is told of the file only', () => {
    expect(
      warnOfNames({ file: ['COLOUR'], environment: ['HOME', 'POST', 'PATH', 'COLOUR', 'TERM'] }, known),
    ).toEqual(['COLOUR is no setting of Dandul and does nothing.']);
    expect(warnOfNames({ file: ['PROT'], environment: [] }, known)).toEqual([
      'PROT is no setting of Dandul; is PORT meant?',
    ]);
  });

  test('what is known is not told', () =>
    expect(warnOfNames({ file: known, environment: known }, known)).toEqual([]));
});

describe('secrets in files', () => {
  const write = (text: string) => {
    const file = path.join(mkdtempSync(path.join(folder, 'file-')), 'secret');
    writeFileSync(file, text);
    return file;
  };
  const values: Record<string, string> = {
    AUTH_SECRET: 'x'.repeat(40),
    DATABASE_URL: 'postgres://dandul@db/dandul',
    REDIS_URL: 'redis://:word@redis:6379',
    RESEND_API_KEY: 're_key',
    RESEND_WEBHOOK_SECRET: 'whsec_abcdefghijklmnop',
    SMTP_URL: 'smtp://mail.example.com:25',
    METRICS_TOKEN: 'a-token-of-some-length',
  };

  test.each(Object.entries(values))('%s may stand in one', (name, value) => {
    for (const text of [value, `${value}\n`, `\ufeff${value}\r\n`]) {
      const env = parseEnv({
        AUTH_SECRET: values.AUTH_SECRET,
        [name]: undefined,
        [`${name}_FILE`]: write(text),
      } as never);
      expect(env).toMatchObject({ [name]: value });
    }
  });

  test('every name that may stand in one is tried here, but for what Next reads', () =>
    expect([...Object.keys(values), 'NEXT_SERVER_ACTIONS_ENCRYPTION_KEY'].sort()).toEqual(
      [...SECRET_NAMES].sort(),
    ));

  test('a file that holds none is refused by the name of its setting', () => {
    expect(() => parseEnv({ SMTP_URL_FILE: write('\n') })).toThrow(/^SMTP_URL_FILE: .* is empty$/);
    expect(() => parseEnv({ SMTP_URL_FILE: '/nowhere/secret' })).toThrow(/^SMTP_URL_FILE: .*ENOENT/);
    expect(() => parseEnv({ SMTP_URL_FILE: write('mail.example.com') })).toThrow(/^SMTP_URL: must look like/);
    expect(() => parseEnv({ SMTP_URL: 'smtp://a', SMTP_URL_FILE: write('smtp://b') })).toThrow(
      /^SMTP_URL_FILE: SMTP_URL is set as well; set one of them$/,
    );
  });

  test('no refusal repeats a secret', () => {
    expect(() => parseEnv({ AUTH_SECRET_FILE: write('hunter2') })).toThrow(/^(?!.*hunter2).*AUTH_SECRET/);
  });
});
