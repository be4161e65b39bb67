import { once } from 'node:events';
import { connect } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readActions } from '../support/actions.ts';
import { ask } from '../support/ask.ts';
import { setUpDatabase } from '../support/database.ts';
import { addPerson } from '../support/people.ts';
import { TEST_SECRET } from '../support/secret.ts';
import { startServer, type TestServer } from '../support/server.ts';

const { url: databaseUrl } = await setUpDatabase();
const PUBLIC = 'chat.example.com';
const ORIGIN = `https://${PUBLIC}`;

let server: TestServer;
beforeAll(async () => {
  server = await startServer({ APP_URL: ORIGIN, DATABASE_URL: databaseUrl, AUTH_SECRET: TEST_SECRET });
});
afterAll(() => server.stop());

/** Everything that comes back over a line on which `text` was written, until the server closes it. */
async function say(text: string): Promise<string> {
  const { port } = new URL(server.url);
  const line = connect(Number(port), '127.0.0.1').setEncoding('utf8');
  let heard = '';
  line.on('data', (chunk) => {
    heard += chunk;
  });
  line.on('error', () => {});
  line.write(text);
  await once(line, 'close');
  return heard;
}

const HEADERS = {
  'content-security-policy': expect.stringContaining("frame-ancestors 'none'"),
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'strict-origin-when-cross-origin',
  'permissions-policy': expect.stringContaining('camera=()'),
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'strict-transport-security': 'max-age=31536000',
};

test.each([
  ['a page', 200, 'GET', '/login'],
  ['a page that leads elsewhere', 307, 'GET', '/chat'],
  ['what is not there', 404, 'GET', '/nothing-here'],
  ['a route', 200, 'GET', '/api/health'],
  ['a route that is not there', 404, 'GET', '/api/nothing'],
  ['a wrong method on a route', 405, 'DELETE', '/api/health'],
  ['a wrong method on a page', 405, 'PUT', '/login'],
  ['the session route', 200, 'GET', '/api/auth/session'],
  ['an icon', 200, 'GET', '/icon.svg'],
  ['the manifest', 200, 'GET', '/manifest.webmanifest'],
  ['a built file that is not there', 404, 'GET', '/_next/static/nothing.js'],
  ['a handshake', 200, 'GET', '/socket.io/?EIO=4&transport=polling'],
  ['a refused handshake', 400, 'GET', '/socket.io/?EIO=4&transport=none'],
  ['a webhook that is off', 404, 'POST', '/api/webhooks/resend'],
])('%s carries every header once', async (_, status, method, path) => {
  const answer = await ask(server.url, path, { method, headers: { host: PUBLIC } });
  expect(answer.status).toBe(status);
  expect(answer.headers).toMatchObject(HEADERS);
  for (const name of ['x-content-type-options', 'cross-origin-resource-policy']) {
    expect(answer.headers[name]).not.toContain(',');
  }
  expect(answer.headers).not.toHaveProperty('x-powered-by');
});

test.each([
  ['431', `GET / HTTP/1.1\r\nHost: x\r\nA: ${'a'.repeat(40_000)}\r\n\r\n`],
  ['400', 'no request at all\r\n\r\n'],
])('what Node refuses with %s carries them as well', async (status, text) => {
  const heard = await say(text);
  expect(heard).toContain(`HTTP/1.1 ${status} `);
  for (const name of Object.keys(HEADERS)) expect(heard.toLowerCase()).toContain(`${name}: `);
});

test.each(['/foo', '/', '/socket.io', '/_next/webpack-hmr', '/api/health'])(
  'an upgrade of %s, which nobody takes, is ended',
  async (path) => {
    const heard = await say(
      `GET ${path} HTTP/1.1\r\nHost: ${PUBLIC}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n` +
        'Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n',
    );
    expect(heard).toContain('HTTP/1.1 404 ');
  },
);

test.each(['/chat/%', '/%', '/chat/%ff', '/chat/%E0%A4%A', '/api/%', '/search/%zz?q=1', '/dev/mailbox/%'])(
  'the broken address %s is a page',
  async (path) => {
    const { status, body } = await ask(server.url, path, { headers: { host: PUBLIC } });
    expect(status).toBe(404);
    expect(body).toContain('<html');
  },
);

test.each(['/search?q=%', '/login?next=%E0%A4%A', '/reset-password?token=%ff'])(
  'a broken query is no fault of the server: %s',
  async (path) => {
    const { status } = await ask(server.url, path, { headers: { host: PUBLIC } });
    expect(status).toBeLessThan(500);
  },
);

const ACTION = `40${'a'.repeat(40)}`;
const multipart = (...parts: [name: string, value: string][]) =>
  `${parts.map(([name, value]) => `--part-71\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`).join('')}--part-71--\r\n`;

test.each([
  ['nothing', 'text/plain', ''],
  ['no JSON', 'text/plain', '{'],
  ['no arguments', 'text/plain', '{"a":1}'],
  ['a reference to what React would look up', 'text/plain', '["$F1"]'],
  ['a row that is not there', 'text/plain', '["$9:a"]'],
  ['another type', 'application/json', '[]'],
  ['a plain form', 'application/x-www-form-urlencoded', 'a=1'],
  ['a form without its end', 'multipart/form-data; boundary=part-71', '--part-71\r\nContent-Disp'],
  ['a form without boundary', 'multipart/form-data', 'x'],
  ['a form without arguments', 'multipart/form-data; boundary=part-71', multipart(['a', '1'])],
  ['a form with broken arguments', 'multipart/form-data; boundary=part-71', multipart(['0', '['])],
])('an action called with %s is answered with 400, and no stack anywhere', async (_, type, body) => {
  for (const action of [{ 'next-action': ACTION }, {}] as Record<string, string>[]) {
    const headers = { host: PUBLIC, origin: ORIGIN, 'content-type': type, ...action };
    const answer = await ask(server.url, '/login', { method: 'POST', headers, body });
    expect(answer.status).toBe(400);
    expect(answer.body).not.toMatch(/\bat .*:\d+/);
  }
  expect(server.output()).not.toMatch(/^\s+at /m);
});

/** Actions that take a value; every other reads a form, or nothing. */
const VALUE_ACTIONS = [
  'listMessages',
  'listPeople',
  'listStarredMessages',
  'showMessageDetails',
  'muteConversation',
  'blockPartner',
  'startChat',
];
const VALUELESS = ['resendVerification', 'resumeOwnMail'];

test.each(readActions().filter(({ name }) => ![...VALUE_ACTIONS, ...VALUELESS].includes(name)))(
  'the action $name, which takes a form, answers whatever is none with 400 and no stack',
  async ({ id, path }) => {
    const { cookie } = await addPerson('서식');
    for (const [type, body] of [
      ['text/plain', '[]'],
      ['text/plain', '["a","b"]'],
      ['text/plain', '[{},"$K1"]'],
      ['text/plain', '["$K1"]'],
      ['text/plain', '[{},{"username":"a"}]'],
      ['text/plain', '[{"a":1},null,"$K1"]'],
      ['text/plain', '["$undefined","$undefined"]'],
      ['multipart/form-data; boundary=part-71', multipart(['0', '[{},{"a":1}]'])],
      ['multipart/form-data; boundary=part-71', multipart(['0', '[{},"K1"]'], ['_1_a', '1'])],
    ] as const) {
      const headers = { host: PUBLIC, origin: ORIGIN, cookie, 'content-type': type, 'next-action': id };
      const answer = await ask(server.url, path, { method: 'POST', headers, body });
      expect([answer.status, answer.body], body).toEqual([400, 'This is no form of this page.\n']);
    }
    expect(server.output()).not.toMatch(/^\s+at /m);
  },
);

test.each([
  ['by header', 'text/plain', '["a"]', { 'next-action': ACTION }],
  ['by an odd header', 'text/plain', '["a"]', { 'next-action': 'constructor' }],
  ['by a form', 'multipart/form-data; boundary=part-71', multipart([`$ACTION_ID_${ACTION}`, '']), {}],
  [
    'by a form with bound arguments',
    'multipart/form-data; boundary=part-71',
    multipart(
      ['$ACTION_REF_1', ''],
      ['$ACTION_1:0', `{"id":"${ACTION}","bound":"$@1"}`],
      ['$ACTION_1:1', '[{}]'],
    ),
    {},
  ],
] as const)(
  'an action that no build has, called %s, is not found, without a stack',
  async (_, type, body, more) => {
    const headers = { host: PUBLIC, origin: ORIGIN, 'content-type': type, ...more };
    const answer = await ask(server.url, '/login', { method: 'POST', headers, body });
    expect(answer.status).toBe(404);
    // By this Next's client offers to load the page anew.
    expect(answer.headers['x-nextjs-action-not-found']).toBe('1');
    expect(server.output()).not.toMatch(/^\s+at |Failed to find/m);
  },
);

test('a body larger than any page takes is refused', async () => {
  const headers = { host: PUBLIC, origin: ORIGIN, 'content-type': 'text/plain', 'next-action': ACTION };
  const answer = await ask(server.url, '/login', { method: 'POST', headers, body: 'a'.repeat(70_000) });
  expect(answer.status).toBe(413);
});

const CALL = { 'content-type': 'text/plain', 'next-action': ACTION };

test.each(['https://evil.example', 'http://chat.example.com', 'null', 'garbage', `${ORIGIN}.evil.example`])(
  'a call from the origin %s is refused, whatever host is said with it',
  async (origin) => {
    const { cookie } = await addPerson('손님');
    const hosts: Record<string, string>[] = [
      {},
      { host: 'evil.example' },
      { 'x-forwarded-host': 'evil.example' },
    ];
    for (const more of hosts) {
      const headers = { host: PUBLIC, origin, cookie, ...CALL, ...more };
      const answer = await ask(server.url, '/settings', { method: 'POST', headers, body: '[]' });
      expect(answer.status).toBe(403);
    }
  },
);

test.each([
  { host: PUBLIC },
  { host: '127.0.0.1:3000' },
  { host: PUBLIC, 'x-forwarded-host': [PUBLIC, 'inner.example'] },
  { host: 'inner', 'x-forwarded-host': ['inner.example', 'inner.example'] },
])('a call from the public origin passes, whatever host a proxy hands on: %j', async (more) => {
  const headers = { origin: ORIGIN, ...CALL, ...more } as Record<string, string | string[]>;
  const answer = await ask(server.url, '/login', { method: 'POST', headers, body: '[]' });
  // Past the door there is no such action.
  expect(answer.headers['x-nextjs-action-not-found']).toBe('1');
});
