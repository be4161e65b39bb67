import { expect, test } from 'vitest';
import { isOwnHost, parseEnv } from '#lib/env.ts';

test('without a public address the server goes by the names of this machine, with its port', () => {
  const env = parseEnv({ PORT: '3000' });
  for (const host of ['localhost:3000', '127.0.0.1:3000', 'LOCALHOST:3000'])
    expect(isOwnHost(host, env)).toBe(true);
  for (const host of ['attacker.example:3000', 'localhost', 'localhost:3001', '', null, undefined]) {
    expect(isOwnHost(host, env)).toBe(false);
  }
});

test('with one it goes by that alone', () => {
  const env = parseEnv({ APP_URL: 'https://chat.example.com' });
  expect(isOwnHost('chat.example.com', env)).toBe(true);
  expect(isOwnHost('localhost:3000', env)).toBe(false);
});
