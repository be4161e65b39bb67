import { afterAll, beforeAll, expect, test } from 'vitest';
import { getPool } from '#db/client.ts';
import { revokeSession } from '#lib/auth/sessions/sessions.ts';
import { setBlocked } from '#lib/chat/set-blocked.ts';
import { setUpDatabase } from '../support/database.ts';
import { connectClient, nextEvent, openClient, startLive, type TestClient } from '../support/live.ts';
import { addPair, addPerson, addSession } from '../support/people.ts';

const ORIGIN = 'http://dandul.test';
await setUpDatabase({ APP_URL: ORIGIN });

let live: Awaited<ReturnType<typeof startLive>>;
beforeAll(async () => {
  live = await startLive();
});
afterAll(() => live.close());

/** How a connection ends up: 'connected', or the code of its refusal. */
async function tryConnection(options: Parameters<typeof openClient>[1]): Promise<string> {
  const client = openClient(live.url, options);
  const outcome = await new Promise<string>((resolve) => {
    client.once('connect', () => resolve('connected'));
    client.once('connect_error', (error) =>
      resolve((error as Error & { data?: { code: string } }).data?.code ?? 'refused'),
    );
  });
  client.disconnect();
  return outcome;
}

test('a session cookie opens a connection, from the product’s origin or from no browser at all', async () => {
  const { cookie } = await addPerson('손님');
  expect(await tryConnection({ cookie })).toBe('connected');
  expect(await tryConnection({ cookie, origin: ORIGIN })).toBe('connected');
  expect(await tryConnection({ cookie, origin: ORIGIN, transports: ['polling'] })).toBe('connected');
});

test.each([
  ['asks to connect over and over', [], Array(20).fill('40')],
  ['brings ten thousand packets at once', ['40'], Array(12_000).fill('42["x"]')],
])('a line that %s is cut', async (_, before, flood) => {
  const { cookie } = await addPerson('손님');
  const url = `${live.url}/socket.io/?EIO=4&transport=polling`;
  const headers = { cookie };
  const { sid } = JSON.parse((await (await fetch(url, { headers })).text()).slice(1));
  const send = (packets: string[]) =>
    fetch(`${url}&sid=${sid}`, { method: 'POST', headers, body: packets.join('\x1e') });
  for (const packet of before) {
    await send([packet]);
    expect(await (await fetch(`${url}&sid=${sid}`, { headers })).text()).toMatch(/^40/);
  }
  await send(flood);
  const after = await send(['40']);
  expect([after.status, await after.json()]).toEqual([400, { code: 1, message: 'Session ID unknown' }]);
});

test.each(['https://evil.example', 'http://dandul.test.evil.example', 'https://dandul.test', 'null'])(
  'the origin %s is refused on both transports, also with a good cookie',
  async (origin) => {
    const { cookie } = await addPerson('손님');
    expect(await tryConnection({ cookie, origin })).toBe('refused');
    expect(await tryConnection({ cookie, origin, transports: ['polling'] })).toBe('refused');
  },
);

test('no cookie, a forged one, an ended session and another account’s page are refused', async () => {
  const person = await addPerson('손님');
  const other = await addPerson('다른이');
  const ended = await addSession(person.userId);
  await revokeSession(ended.sessionId);
  expect(await tryConnection({})).toBe('unauthorized');
  expect(await tryConnection({ cookie: `${person.cookie.slice(0, -4)}AAAA` })).toBe('unauthorized');
  expect(await tryConnection({ cookie: 'authjs.session-token=not.a.token' })).toBe('unauthorized');
  expect(await tryConnection({ cookie: ended.cookie })).toBe('unauthorized');
  expect(await tryConnection({ cookie: person.cookie, auth: { userId: other.userId } })).toBe('unauthorized');
  expect(await tryConnection({ cookie: person.cookie, auth: { userId: person.userId } })).toBe('connected');
});

test('an idle session opens no connection', async () => {
  const person = await addPerson('손님');
  await getPool().query("update sessions set last_seen_at = now() - interval '31 days' where id = $1", [
    person.sessionId,
  ]);
  expect(await tryConnection({ cookie: person.cookie })).toBe('unauthorized');
});

test('a session that ends tells and closes all its connections, and no other login’s', async () => {
  const person = await addPerson('손님');
  const other = await addSession(person.userId);
  const [tab, secondTab, phone] = await Promise.all([
    connectClient(live.url, person.cookie),
    connectClient(live.url, person.cookie),
    connectClient(live.url, other.cookie),
  ]);
  const ended = [tab, secondTab].map((client) =>
    Promise.all([nextEvent(client, 'session:ended'), closed(client)]),
  );
  await revokeSession(person.sessionId);
  expect((await Promise.all(ended)).map(([payload]) => payload)).toEqual([{}, {}]);
  expect(await phone.emitWithAck('conversation:list', {})).toMatchObject({ ok: true });
  phone.disconnect();
});

test('a session that ended unnoticed (its message lost) can neither write nor read on an open connection', async () => {
  const { first, conversationId } = await addPair();
  for (const event of ['message:send', 'conversation:history'] as const) {
    const session = await addSession(first.userId);
    const client = await connectClient(live.url, session.cookie);
    await getPool().query('update sessions set revoked_at = now() where id = $1', [session.sessionId]);
    const gone = closed(client);
    const input =
      event === 'message:send' ? { conversationId, clientId: 'x', body: '말' } : { conversationId };
    expect(await client.emitWithAck(event, input as never)).toEqual({
      ok: false,
      error: { code: 'unauthorized' },
    });
    await gone;
  }
  const { rows } = await getPool().query('select last_seq from conversations where id = $1', [
    conversationId,
  ]);
  expect(rows[0].last_seq).toBe(0);
});

test('garbage is answered or ignored, and the connection goes on', async () => {
  const { first, conversationId } = await addPair();
  const client = (await connectClient(live.url, first.cookie)) as unknown as {
    emit(event: string, ...args: unknown[]): void;
    emitWithAck(event: string, ...args: unknown[]): Promise<unknown>;
    disconnect(): void;
  };
  const invalid = { ok: false, error: { code: 'invalid' } };
  for (const input of [
    null,
    7,
    'x',
    [],
    {},
    { conversationId: { $ne: 1 } },
    JSON.parse('{"__proto__":{"a":1}}'),
  ]) {
    expect(await client.emitWithAck('conversation:history', input)).toEqual(invalid);
    expect(await client.emitWithAck('message:send', input)).toEqual(invalid);
  }
  client.emit('message:send');
  client.emit('conversation:read', { conversationId, seq: 1 });
  client.emit('no:such:event', { a: 1 });
  client.emit('conversation:typing', 'x', 'y');
  expect(await client.emitWithAck('conversation:history', { conversationId })).toMatchObject({ ok: true });
  client.disconnect();
});

test('a packet over a megabyte closes the connection that sent it and no other', async () => {
  const { first, second, conversationId } = await addPair();
  const [loud, quiet] = await Promise.all([
    connectClient(live.url, first.cookie),
    connectClient(live.url, second.cookie),
  ]);
  const gone = closed(loud);
  loud.emit('message:send', { conversationId, clientId: 'x', body: 'a'.repeat(1_000_000) }, () => {});
  await gone;
  expect(await quiet.emitWithAck('conversation:history', { conversationId })).toMatchObject({
    ok: true,
    messages: [],
  });
  quiet.disconnect();
});

test('a page of the largest messages that there are reaches its reader', async () => {
  const { first, second, conversationId } = await addPair();
  const [writer, reader] = await Promise.all([
    connectClient(live.url, first.cookie),
    connectClient(live.url, second.cookie),
  ]);
  // Each of these characters takes six in JSON, so that two hundred messages are nearly five million.
  const body = `${'\u0001'.repeat(3_999)}a`;
  const sent = Array.from({ length: 200 }, (_, index) =>
    writer.emitWithAck('message:send', { conversationId, clientId: `c-${index}`, body }),
  );
  for (const ack of await Promise.all(sent)) expect(ack.ok).toBe(true);
  const page = await reader.timeout(20_000).emitWithAck('conversation:sync', {
    conversationId,
    afterRevision: 0,
    limit: 500,
  });
  expect(page.ok && !page.reset && page.changes.length).toBe(200);
  for (const client of [writer, reader]) client.disconnect();
});

test('partners see each other come and go; a stranger does not', async () => {
  const { first, second, conversationId } = await addPair();
  const watcher = await connectClient(live.url, first.cookie);
  await watcher.emitWithAck('message:send', { conversationId, clientId: '1', body: '있어요?' });
  const stranger = await connectClient(live.url, (await addPerson('낯선이')).cookie);
  const heard: unknown[] = [];
  stranger.on('presence', (event) => heard.push(event));
  const isSecond = (event: { userId: string }) => event.userId === second.userId;

  const online = nextEvent(watcher, 'presence', isSecond);
  const partner = await connectClient(live.url, second.cookie);
  expect(await online).toEqual({ userId: second.userId, online: true, lastSeenAt: null });
  const offline = nextEvent(watcher, 'presence', isSecond);
  partner.disconnect();
  expect(await offline).toMatchObject({ online: false, lastSeenAt: expect.stringMatching(/Z$/) });
  expect(heard).toEqual([]);
  watcher.disconnect();
  stranger.disconnect();
});

test('two people who are here when their first message is sent see each other; across a block neither does', async () => {
  const { first, second, conversationId } = await addPair();
  const [writer, reader] = await Promise.all([
    connectClient(live.url, first.cookie),
    connectClient(live.url, second.cookie),
  ]);
  const heard: unknown[] = [];
  for (const client of [writer, reader]) client.on('presence', (event) => heard.push(event));
  const send = (clientId: string) =>
    writer.emitWithAck('message:send', { conversationId, clientId, body: '처음이에요' });
  const block = (blocked: boolean) => setBlocked({ viewerId: second.userId, conversationId, blocked });
  const seeEachOther = () =>
    Promise.all([
      nextEvent(writer, 'presence', ({ userId, online }) => online && userId === second.userId),
      nextEvent(reader, 'presence', ({ userId, online }) => online && userId === first.userId),
    ]);

  // In a conversation without a message the two are no partners yet, blocked or not.
  await block(true);
  await expect.poll(() => heard.length).toBe(2);
  expect(await send('1')).toMatchObject({ ok: false, error: { code: 'blocked' } });
  await block(false);
  await expect.poll(() => heard.length).toBe(4);
  const ofNobody = { online: false, lastSeenAt: null };
  expect(heard).toEqual(heard.map(() => expect.objectContaining(ofNobody)));

  const seen = seeEachOther();
  expect(await send('2')).toMatchObject({ ok: true, message: { seq: 1 } });
  expect((await seen).map(({ lastSeenAt }) => lastSeenAt)).toEqual([null, null]);
  for (const client of [writer, reader]) client.disconnect();
});

function closed(client: TestClient): Promise<void> {
  return new Promise((resolve) => client.once('disconnect', () => resolve()));
}

test('a person has fifty connections on a node; one more is refused until one ends', async () => {
  const { cookie } = await addPerson('많은탭');
  const clients = await Promise.all(Array.from({ length: 50 }, () => connectClient(live.url, cookie)));
  expect(await tryConnection({ cookie })).toBe('rate_limited');
  expect(await tryConnection({ cookie: (await addPerson('다른이')).cookie })).toBe('connected');
  clients.pop()?.disconnect();
  await expect.poll(() => tryConnection({ cookie })).toBe('connected');
  for (const client of clients) client.disconnect();
});

test.each([
  ['unknown', 'no:such:event', {}],
  ['invalid', 'conversation:history', { conversationId: 7 }],
])('a connection that makes %s events without end is cut', async (_, event, input) => {
  const { cookie } = await addPerson('고장난이');
  const client = await connectClient(live.url, cookie);
  const gone = closed(client);
  const { emit } = client as unknown as { emit(event: string, input: object): void };
  for (let count = 0; count < 600; count += 1) emit.call(client, event, input);
  await gone;
});
