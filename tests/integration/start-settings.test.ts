import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { io } from 'socket.io-client';
import { afterAll, expect, test } from 'vitest';
import { callAction } from '../support/actions.ts';
import { connectClient, nextEvent, type TestClient } from '../support/live.ts';
import { startProcess, stopProcess } from '../support/processes.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const folder = mkdtempSync(path.join(os.tmpdir(), 'dandul-dotenv-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Starts the server in a folder with this `.env`, and with nothing set but what a machine's own shell sets. */
async function startChat(file: string | Buffer, env: Record<string, string | undefined> = {}) {
  writeFileSync(path.join(folder, '.env'), file);
  return startProcess({
    command: [process.execPath, path.join(root, 'server.ts')],
    cwd: folder,
    ready: /Dandul is ready at (\S+)\n/,
    env: { NODE_ENV: 'production', PORT: '0', DATABASE_URL: undefined, AUTH_SECRET: undefined, ...env },
  });
}

test('the first line of a file with a byte order mark counts: mails do not go to the public mailbox', async () => {
  const { child, output, match } = await startChat(
    '\ufeffSMTP_URL=smtp://127.0.0.1:9\r\nEMAIL_FROM=Dandul <chat@example.com>\r\nSMPT_URL=smtp://a#b\r\n',
  );
  try {
    expect(output()).not.toContain('/dev/mailbox');
    expect(output()).toContain('Warning: SMPT_URL is no setting of Dandul; is SMTP_URL meant?');
    expect(output()).toContain('Warning: SMPT_URL in .env: # is taken as a part of the value');
    expect((await fetch(`${match[1]}/dev/mailbox`)).status).toBe(404);
  } finally {
    await stopProcess(child);
  }
});

test('on the IPv6 loopback the printed address answers, and sockets are let in from it', async () => {
  const { child, match } = await startChat(Buffer.from('\ufeffHOST=::1\n', 'utf16le'));
  try {
    const url = match[1] as string;
    expect(url).toMatch(/^http:\/\/\[::1\]:\d+$/);
    const page = await fetch(`${url}/login`);
    expect(page.status).toBe(200);
    expect(page.headers.get('content-security-policy')).toContain(url.replace('http', 'ws'));
    const socket = io(url, { transports: ['websocket'], reconnection: false, extraHeaders: { Origin: url } });
    // No origin is refused here, so it comes to who asks.
    const refusal = new Promise((resolve) => socket.once('connect_error', ({ message }) => resolve(message)));
    expect(await refusal).toBe('unauthorized');
    socket.close();
  } finally {
    await stopProcess(child);
  }
});

test('on the IPv6 loopback people sign up, and a message goes from socket to socket', async () => {
  const { child, match } = await startChat('HOST=::1\n');
  const url = match[1] as string;
  try {
    const [writer, reader] = [await signUp(url, 'writer'), await signUp(url, 'reader')];
    const found = await callAction(url, 'listPeople', { values: ['reader'] }, { cookie: writer });
    const [{ userId }] = JSON.parse(found.result).value.people;
    const started = await callAction(url, 'startChat', { values: [userId] }, { cookie: writer });
    const { conversationId } = JSON.parse(started.result).value.entry;
    const clients = await Promise.all([writer, reader].map((cookie) => connectClient(url, cookie, url)));
    const [from, to] = clients as [TestClient, TestClient];
    const arrived = nextEvent(to, 'message:new');
    const message = { conversationId, clientId: '1', body: '여섯 번째 판' };
    const ack = await from.emitWithAck('message:send', message);
    expect(ack).toMatchObject({ ok: true, message: { ...message, seq: 1 } });
    expect(await arrived).toMatchObject(message);
    for (const client of clients) client.disconnect();
  } finally {
    await stopProcess(child);
  }
});

/** Makes an account as the page does and returns the cookie of its session. */
async function signUp(url: string, username: string): Promise<string> {
  const password = 'quiet-paper-71';
  const form = { username, email: `${username}@example.com`, password, confirmPassword: password };
  const { cookie } = await callAction(url, 'createAccount', { form });
  expect(cookie).toContain('session-token=');
  return cookie;
}
