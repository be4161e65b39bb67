import { expect, test } from 'vitest';
import { isOwnHost, parseEnv } from '#lib/runtime/env.ts';

const env = parseEnv({ APP_URL: 'https://chat.example.com' });

test.each([
  'chat.example.com',
  'CHAT.example.com:8443',
  'localhost:3000',
  '127.0.0.1:3000',
  '10.0.0.5',
  '[::1]:3000',
])('%s can be this server', (host) => expect(isOwnHost(host, env)).toBe(true));

test.each([
  'attacker.example:3000',
  'localhost.attacker.example',
  '127.0.0.1.attacker.example',
  '',
  'a b',
  null,
  undefined,
])('%s cannot', (host) => expect(isOwnHost(host, env)).toBe(false));
