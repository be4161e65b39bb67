import { expect, test } from 'vitest';
import { LOCAL_HEADER } from '#lib/operations/mark-request.ts';
import { mayReadMetrics } from '#lib/operations/may-read-metrics.ts';

const TOKEN = 'a-token-of-twenty-chars';
const local = (more: Record<string, string> = {}) => new Headers({ [LOCAL_HEADER]: '1', ...more });
const remote = (more: Record<string, string> = {}) => new Headers({ [LOCAL_HEADER]: '0', ...more });

test('this machine may read, others may not', () => {
  expect(mayReadMetrics(local(), {})).toBe(true);
  expect(mayReadMetrics(remote(), {})).toBe(false);
  expect(mayReadMetrics(new Headers(), {})).toBe(false);
});

test('at a public address a token that is set is asked of this machine too, as a proxy on it may hide anybody', () => {
  const env = { METRICS_TOKEN: TOKEN, APP_URL: 'https://chat.example.com' };
  expect(mayReadMetrics(local(), env)).toBe(false);
  expect(mayReadMetrics(local({ authorization: `Bearer ${TOKEN}` }), env)).toBe(true);
  expect(mayReadMetrics(local(), { ...env, APP_URL: 'http://localhost:3000' })).toBe(true);
  expect(mayReadMetrics(local(), { ...env, APP_URL: 'http://[::1]:3000' })).toBe(true);
  expect(mayReadMetrics(local(), { METRICS_TOKEN: TOKEN })).toBe(true);
});

test('the bearer of the token may read from anywhere; a wrong one nowhere', () => {
  const env = { METRICS_TOKEN: TOKEN };
  expect(mayReadMetrics(remote({ authorization: `Bearer ${TOKEN}` }), env)).toBe(true);
  expect(mayReadMetrics(remote({ authorization: `Bearer ${TOKEN}x` }), env)).toBe(false);
  expect(mayReadMetrics(remote({ authorization: 'Bearer ' }), env)).toBe(false);
  expect(mayReadMetrics(remote({ authorization: 'Bearer undefined' }), {})).toBe(false);
});
