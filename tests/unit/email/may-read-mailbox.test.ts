import { expect, test } from 'vitest';
import { mayReadMailbox } from '#lib/email/mailbox/may-read-mailbox.ts';
import { LOCAL_HEADER } from '#lib/operations/mark-request.ts';
import { parseEnv } from '#lib/runtime/env.ts';

const APP_URL = 'https://chat.example.com';
const local = new Headers({ [LOCAL_HEADER]: '1', host: 'localhost:3000' });
const remote = new Headers({ [LOCAL_HEADER]: '0', host: 'chat.example.com' });

test('the mailbox is for this machine alone unless a setting says otherwise', () => {
  const settings = [
    {},
    { APP_URL: 'http://localhost:3000' },
    { APP_URL: 'http://[::1]:3000' },
    { APP_URL, DEV_MAILBOX: 'local' },
  ];
  for (const env of settings.map(parseEnv)) {
    expect(mayReadMailbox(local, env)).toBe(true);
    expect(mayReadMailbox(remote, env)).toBe(false);
    expect(mayReadMailbox(new Headers(), env)).toBe(false);
  }
});

test.each([APP_URL, 'http://192.168.0.4:3000', 'http://localhost.example.com'])(
  'with the public address %s it is for nobody unless a setting says for whom',
  (url) => {
    for (const headers of [local, remote])
      expect(mayReadMailbox(headers, parseEnv({ APP_URL: url }))).toBe(false);
  },
);

test('DEV_MAILBOX=public opens it under this server’s names and no other', () => {
  const env = parseEnv({ APP_URL, DEV_MAILBOX: 'public' });
  expect(mayReadMailbox(remote, env)).toBe(true);
  expect(mayReadMailbox(new Headers({ host: 'attacker.example' }), env)).toBe(false);
});

test('it is closed to everybody when it is off, and when mails leave', () => {
  expect(mayReadMailbox(local, parseEnv({ DEV_MAILBOX: 'off' }))).toBe(false);
  for (const transport of [{ SMTP_URL: 'smtp://localhost:25' }, { RESEND_API_KEY: 're_x' }]) {
    expect(mayReadMailbox(local, parseEnv({ DEV_MAILBOX: 'public', ...transport }))).toBe(false);
  }
});

test('a setting that means nothing is refused', () => {
  expect(() => parseEnv({ DEV_MAILBOX: 'yes' })).toThrow('DEV_MAILBOX: must be local, public or off');
});
