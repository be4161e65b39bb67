import { expect, test } from 'vitest';
import { mayReadMetrics } from '#lib/operations/may-read-metrics.ts';

const TOKEN = 'a-token-of-twenty-chars';
const from = (remote: string, more: Record<string, string> = {}) =>
  new Headers({ 'x-dandul-remote': remote, host: 'localhost:3000', ...more });

test.each(['127.0.0.1', '127.8.9.10', '::1', '::ffff:127.0.0.1'])('this machine may read: %s', (address) => {
  expect(mayReadMetrics(from(address), {})).toBe(true);
  // Next names the peer itself where no proxy did.
  expect(mayReadMetrics(from(address, { 'x-forwarded-for': address }), {})).toBe(true);
});

test('others may not, nor may one that hides behind a proxy on this machine', () => {
  expect(mayReadMetrics(from('192.0.2.7'), {})).toBe(false);
  expect(mayReadMetrics(from('127.0.0.1', { 'x-forwarded-for': '192.0.2.7' }), {})).toBe(false);
  expect(mayReadMetrics(from('127.0.0.1', { 'x-forwarded-for': '127.0.0.1, 192.0.2.7' }), {})).toBe(false);
  expect(mayReadMetrics(from('127.0.0.1', { 'x-forwarded-for': '::ffff:192.0.2.7' }), {})).toBe(false);
  expect(mayReadMetrics(new Headers(), {})).toBe(false);
});

test.each(['localhost', '127.0.0.1:3000', '[::1]:3000', 'LOCALHOST:3000'])('by its own name: %s', (host) => {
  expect(mayReadMetrics(from('127.0.0.1', { host }), {})).toBe(true);
});

test.each([
  'chat.example.com',
  'chat.example.com:3000',
  'localhost.example.com',
  '192.0.2.7:3000',
  'a b',
  '',
])('a proxy on this machine that says nothing of the visitor hands on the public host: %s', (host) => {
  expect(mayReadMetrics(from('127.0.0.1', { host }), {})).toBe(false);
  expect(mayReadMetrics(new Headers({ 'x-dandul-remote': '127.0.0.1' }), {})).toBe(false);
});

test('at a public address a token that is set is asked of this machine too, as a proxy on it may hide anybody', () => {
  const env = { METRICS_TOKEN: TOKEN, APP_URL: 'https://chat.example.com' };
  expect(mayReadMetrics(from('127.0.0.1'), env)).toBe(false);
  expect(mayReadMetrics(from('127.0.0.1', { authorization: `Bearer ${TOKEN}` }), env)).toBe(true);
  expect(mayReadMetrics(from('127.0.0.1'), { ...env, APP_URL: 'http://localhost:3000' })).toBe(true);
  expect(mayReadMetrics(from('127.0.0.1'), { METRICS_TOKEN: TOKEN })).toBe(true);
});

test('the bearer of the token may read from anywhere; a wrong one nowhere', () => {
  expect(
    mayReadMetrics(from('192.0.2.7', { authorization: `Bearer ${TOKEN}` }), { METRICS_TOKEN: TOKEN }),
  ).toBe(true);
  expect(
    mayReadMetrics(from('192.0.2.7', { authorization: `Bearer ${TOKEN}x` }), { METRICS_TOKEN: TOKEN }),
  ).toBe(false);
  expect(mayReadMetrics(from('192.0.2.7', { authorization: 'Bearer ' }), { METRICS_TOKEN: TOKEN })).toBe(
    false,
  );
  expect(mayReadMetrics(from('192.0.2.7', { authorization: 'Bearer undefined' }), {})).toBe(false);
});
