import { expect, test } from 'vitest';
import { mayReadMetrics } from '#lib/operations/may-read-metrics.ts';

const TOKEN = 'a-token-of-twenty-chars';
const from = (remote: string, more: Record<string, string> = {}) =>
  new Headers({ 'x-dandul-remote': remote, ...more });

test.each(['127.0.0.1', '127.8.9.10', '::1', '::ffff:127.0.0.1'])('this machine may read: %s', (address) => {
  expect(mayReadMetrics(from(address), undefined)).toBe(true);
  // Next names the peer itself where no proxy did.
  expect(mayReadMetrics(from(address, { 'x-forwarded-for': address }), undefined)).toBe(true);
});

test('others may not, nor may one that hides behind a proxy on this machine', () => {
  expect(mayReadMetrics(from('192.0.2.7'), undefined)).toBe(false);
  expect(mayReadMetrics(from('127.0.0.1', { 'x-forwarded-for': '192.0.2.7' }), undefined)).toBe(false);
  expect(mayReadMetrics(from('127.0.0.1', { 'x-forwarded-for': '127.0.0.1, 192.0.2.7' }), undefined)).toBe(
    false,
  );
  expect(mayReadMetrics(from('127.0.0.1', { 'x-forwarded-for': '::ffff:192.0.2.7' }), undefined)).toBe(false);
  expect(mayReadMetrics(new Headers(), undefined)).toBe(false);
});

test('the bearer of the token may read from anywhere; a wrong one nowhere', () => {
  expect(mayReadMetrics(from('192.0.2.7', { authorization: `Bearer ${TOKEN}` }), TOKEN)).toBe(true);
  expect(mayReadMetrics(from('192.0.2.7', { authorization: `Bearer ${TOKEN}x` }), TOKEN)).toBe(false);
  expect(mayReadMetrics(from('192.0.2.7', { authorization: 'Bearer ' }), TOKEN)).toBe(false);
  expect(mayReadMetrics(from('192.0.2.7', { authorization: 'Bearer undefined' }), undefined)).toBe(false);
});
