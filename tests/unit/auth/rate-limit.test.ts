import { RateLimiterMemory } from 'rate-limiter-flexible';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { envSingleton, parseEnv } from '#lib/runtime/env.ts';
import {
  consumeLimit,
  consumeLimits,
  getClientIp,
  getIpKey,
  LIMITS,
  refundLimit,
  resetLimit,
} from '#lib/runtime/rate-limit.ts';

beforeEach(() => envSingleton.set(parseEnv({ LOG_LEVEL: 'silent' })));
afterEach(() => {
  vi.useRealTimers();
  envSingleton.clear();
});

async function useUp(key: string) {
  for (let i = 0; i < LIMITS.login.points; i += 1) await consumeLimit('login', key);
}

test('the allowance ends, says when it is back, and is each key’s own', async () => {
  for (let i = 0; i < LIMITS.login.points; i += 1) {
    expect(await consumeLimit('login', 'ends')).toEqual({ ok: true });
  }
  const refused = await consumeLimit('login', 'ends');
  expect(refused).toEqual({ ok: false, retryAfterMs: expect.any(Number) });
  expect(!refused.ok && refused.retryAfterMs).toBeGreaterThan((LIMITS.login.seconds - 60) * 1000);
  expect(await consumeLimit('login', 'another')).toEqual({ ok: true });
  expect(await consumeLimit('loginIp', 'ends')).toEqual({ ok: true });
});

test('a refund leaves room for one more', async () => {
  await useUp('refund');
  await refundLimit('login', 'refund');
  expect(await consumeLimit('login', 'refund')).toEqual({ ok: true });
  expect((await consumeLimit('login', 'refund')).ok).toBe(false);
});

test('a reset forgets', async () => {
  await useUp('reset');
  await resetLimit('login', 'reset');
  expect(await consumeLimit('login', 'reset')).toEqual({ ok: true });
});

test('of several limits the first that refuses decides, and takes nothing from those after it', async () => {
  for (let i = 0; i < LIMITS.mailTarget.points; i += 1) await consumeLimit('mailTarget', 'first');
  const refused = await consumeLimits([
    ['mailTarget', 'first'],
    ['login', 'second'],
  ]);
  expect(refused).toEqual({ ok: false, retryAfterMs: expect.any(Number) });
  for (let i = 0; i < LIMITS.login.points; i += 1) {
    expect(await consumeLimits([['login', 'second']])).toEqual({ ok: true });
  }
});

test('a long key is kept as a short one, and is not taken for another', async () => {
  const consume = vi.spyOn(RateLimiterMemory.prototype, 'consume');
  const long = 'x'.repeat(20_000);
  await useUp(long);
  expect(await consumeLimit('login', `${long}x`)).toEqual({ ok: true });
  await refundLimit('login', long);
  expect((await consumeLimit('login', long)).ok).toBe(true);
  expect((await consumeLimit('login', long)).ok).toBe(false);
  await resetLimit('login', long);
  expect((await consumeLimit('login', long)).ok).toBe(true);
  const lengths = consume.mock.calls.map(([key]) => String(key).length);
  expect(Math.max(...lengths)).toBeLessThanOrEqual(100);
  consume.mockRestore();
});

test('with RATE_LIMITS=off everything passes', async () => {
  envSingleton.set(parseEnv({ RATE_LIMITS: 'off' }));
  await useUp('off');
  expect(await consumeLimit('login', 'off')).toEqual({ ok: true });
});

test.each([
  ['no proxy: the header is a stranger’s word', '6.6.6.6', '10.0.0.9', 0, '10.0.0.9'],
  ['one proxy: what it saw', '6.6.6.6, 203.0.113.7', '10.0.0.9', 1, '203.0.113.7'],
  ['two proxies', '6.6.6.6, 203.0.113.7, 10.0.0.8', '10.0.0.9', 2, '203.0.113.7'],
  ['fewer entries than proxies', '203.0.113.7', '10.0.0.9', 3, '203.0.113.7'],
  ['no header behind a proxy', null, '10.0.0.9', 1, '10.0.0.9'],
  ['IPv4 in IPv6 clothes', null, '::ffff:10.0.0.9', 0, '10.0.0.9'],
  ['IPv4 in IPv6 clothes, in hex', null, '::ffff:a00:9', 0, '10.0.0.9'],
  ['a port beside it', '203.0.113.7:4711', '10.0.0.9', 1, '203.0.113.7'],
  ['IPv6 in brackets with a port', '[2001:db8::1]:443', '10.0.0.9', 1, '2001:db8::1'],
  ['nothing known', null, null, 0, null],
])('the client’s address with %s', (_case, forwardedFor, remote, proxies, expected) => {
  expect(getClientIp(forwardedFor, remote, proxies)).toBe(expected);
});

test.each([
  ['10.0.0.9', '10.0.0.9'],
  ['2001:db8:1:2:aaaa::1', '2001:db8:1:2::/64'],
  ['2001:0db8:0001:0002:ffff:ffff:ffff:ffff', '2001:db8:1:2::/64'],
  ['2001:DB8:1:2::5', '2001:db8:1:2::/64'],
  ['[2001:db8:1:2::5]:4711', '2001:db8:1:2::/64'],
  ['fe80::1%eth0', 'fe80::/64'],
  ['::1', '::/64'],
  ['::ffff:10.0.0.9', '10.0.0.9'],
  ['::FFFF:0a00:0009', '10.0.0.9'],
  ['10.0.0.9:4711', '10.0.0.9'],
  ['what no proxy writes', 'what no proxy writes'],
  [null, 'unknown'],
])('the address %s counts as %s', (ip, key) => {
  expect(getIpKey(ip)).toBe(key);
});
