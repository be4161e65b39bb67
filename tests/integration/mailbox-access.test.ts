import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createProxyServer } from 'httpxy';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ask } from '../support/ask.ts';
import { setUpDatabase } from '../support/database.ts';
import { TEST_SECRET } from '../support/secret.ts';
import { startServer, type TestServer } from '../support/server.ts';

const { url: databaseUrl } = await setUpDatabase();
const PUBLIC = 'chat.example.com';
const env = { APP_URL: `https://${PUBLIC}`, DATABASE_URL: databaseUrl, AUTH_SECRET: TEST_SECRET };
/** A page, a mail that is none, and each as a partial page load. */
const PATHS = ['/dev/mailbox', '/dev/mailbox?_rsc=1', '/dev/mailbox/x.eml'];

/** A reverse proxy on this machine; `change` is what it does to the headers. */
async function startProxy(
  target: string,
  change: (headers: IncomingMessage['headers']) => void,
  xfwd = false,
) {
  const proxy = createProxyServer({ target, xfwd });
  const server = createServer((req, res) => {
    change(req.headers);
    proxy.web(req, res).catch(() => res.writeHead(502).end());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async stop() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

test('at a public address nobody reads the mailbox while no setting says so, and the start says that', async () => {
  const server = await startServer(env);
  // As a proxy asks that renames the host and writes no address, which looks like this machine.
  for (const host of ['localhost:3000', '127.0.0.1', '[::1]:3000', PUBLIC]) {
    for (const path of PATHS) expect((await ask(server.url, path, { headers: { host } })).status).toBe(404);
  }
  expect(server.output()).toContain('Mails are kept, not sent, and shown nowhere');
  expect(server.output()).toContain('Warning: nobody gets mail');
  await server.stop();
});

describe('at a public address with DEV_MAILBOX=local', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startServer({ ...env, DEV_MAILBOX: 'local' });
  });
  afterAll(() => server.stop());

  test('this machine reads the mailbox, and the start says where', async () => {
    const { status } = await ask(server.url, '/dev/mailbox', { headers: { host: 'localhost:3000' } });
    expect(status).toBe(200);
    expect(server.output()).toContain(
      `read them at http://localhost:${new URL(server.url).port}/dev/mailbox`,
    );
  });

  test.each([
    ['its public name', { host: PUBLIC }],
    ['a foreign name', { host: 'attacker.example' }],
    ['a visitor’s address', { 'x-forwarded-for': '203.0.113.9' }],
    ['a forged loopback address before the visitor’s', { 'x-forwarded-for': ['127.0.0.1', '203.0.113.9'] }],
    ['a note of its own kind', { 'x-dandul-local': '1', host: PUBLIC }],
  ])('a request with %s finds nothing', async (_, headers) => {
    for (const path of PATHS) expect((await ask(server.url, path, { headers })).status, path).toBe(404);
  });

  test.each([
    ['writes the visitor’s address', true, () => {}],
    ['writes no address and hands on the public name', false, () => {}],
    [
      'says the public name beside the host',
      false,
      (headers: IncomingMessage['headers']) => {
        headers['x-forwarded-host'] = headers.host;
        headers.host = 'localhost';
      },
    ],
  ] as const)('nobody reads it through a proxy that %s', async (_, xfwd, change) => {
    const proxy = await startProxy(server.url, change, xfwd);
    for (const path of PATHS) {
      const headers = { host: PUBLIC, 'x-forwarded-for': '203.0.113.9' };
      if (!xfwd) delete (headers as Partial<typeof headers>)['x-forwarded-for'];
      expect((await ask(proxy.url, path, { headers })).status, path).toBe(404);
    }
    // The same proxy does lead here.
    expect((await ask(proxy.url, '/api/health', { headers: { host: PUBLIC } })).status).toBe(200);
    await proxy.stop();
  });
});

test('DEV_MAILBOX=public opens it to the visitors of a proxy, and each start warns of it', async () => {
  const server = await startServer({ ...env, DEV_MAILBOX: 'public' });
  const headers = { host: PUBLIC, 'x-forwarded-for': '203.0.113.9' };
  expect((await ask(server.url, '/dev/mailbox', { headers })).status).toBe(200);
  const foreign = { ...headers, host: 'attacker.example' };
  expect((await ask(server.url, '/dev/mailbox', { headers: foreign })).status).toBe(404);
  expect(server.output()).toContain('Warning: DEV_MAILBOX=public');
  await server.stop();
});
