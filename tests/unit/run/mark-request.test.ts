import { expect, test } from 'vitest';
import { LOCAL_HEADER, markRequest } from '#lib/operations/mark-request.ts';

/** Whether a request with these headers, from this partner, counts as this machine's own. */
function isLocal(
  more: Partial<Record<string, string | string[]>> = {},
  partner = '127.0.0.1',
  httpVersion = '1.1',
) {
  const given = Object.entries({ host: 'localhost:3000', ...more });
  const headersDistinct = Object.fromEntries(given.map(([name, value]) => [name, [value ?? []].flat()]));
  const headers: Record<string, string> = {
    [LOCAL_HEADER]: '1',
    'x-dandul-remote': '::1',
    'x-forwarded-host': 'x',
  };
  markRequest({ headers, headersDistinct, httpVersion, socket: { remoteAddress: partner } } as never);
  expect(headers['x-dandul-remote']).toBe(partner);
  expect(headers).not.toHaveProperty('x-forwarded-host');
  return headers[LOCAL_HEADER] === '1';
}

test.each(['127.0.0.1', '127.8.9.10', '::1', '::ffff:127.0.0.1'])(
  'this machine is known by its address %s',
  (partner) => {
    expect(isLocal({}, partner)).toBe(true);
    expect(isLocal({ 'x-forwarded-for': partner }, partner)).toBe(true);
  },
);

test('another machine is not this one, whatever it claims', () => {
  expect(isLocal({}, '192.0.2.7')).toBe(false);
  expect(isLocal({ 'x-forwarded-for': '127.0.0.1' }, '192.0.2.7')).toBe(false);
  expect(isLocal({}, '')).toBe(false);
});

test.each([
  { 'x-forwarded-for': '192.0.2.7' },
  { 'x-forwarded-for': '127.0.0.1, 192.0.2.7' },
  { 'x-forwarded-for': ['127.0.0.1', '192.0.2.7'] },
  { 'x-forwarded-for': ['192.0.2.7', '127.0.0.1'] },
  { 'x-forwarded-for': '::ffff:192.0.2.7' },
  { 'x-forwarded-for': 'unknown' },
  { 'x-real-ip': '192.0.2.7' },
  { forwarded: 'for=192.0.2.7' },
  { 'x-forwarded-host': 'chat.example.com' },
  { 'x-forwarded-host': ['localhost', 'chat.example.com'] },
])('who comes through a proxy on this machine is not this machine: %j', (more) => {
  expect(isLocal(more)).toBe(false);
});

test.each(['localhost', '127.0.0.1:3000', '[::1]:3000', 'LOCALHOST:3000'])('its own name is %s', (host) => {
  expect(isLocal({ host })).toBe(true);
});

test.each([
  'chat.example.com',
  'chat.example.com:3000',
  'localhost.example.com',
  '192.0.2.7:3000',
  'a b',
  '',
])(
  'a proxy that writes no addresses, or a foreign name that leads here, asks by another name: %s',
  (host) => {
    expect(isLocal({ host })).toBe(false);
    expect(isLocal({ host: [] })).toBe(false);
  },
);

test('a proxy that writes nothing and renames the host is known by its HTTP/1.0', () => {
  expect(isLocal({}, '127.0.0.1', '1.0')).toBe(false);
});
