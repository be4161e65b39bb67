import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { getPool } from '#db/client.ts';
import { revokeSession } from '#lib/auth/sessions/sessions.ts';
import { MAX_PINS } from '#lib/chat/sizes.ts';
import { housekeepingJobs } from '#lib/jobs/housekeeping.ts';
import { getEnv } from '#lib/runtime/env.ts';
import { getPubSub, getRedis } from '#lib/runtime/redis.ts';
import { askAbout, messageOf, refused } from '../support/change-messages.ts';
import { setUpDatabase } from '../support/database.ts';
import { connectClient, nextEvent, openClient, startLive, type TestClient } from '../support/live.ts';
import { addPair, addSession } from '../support/people.ts';
import { redisIsReady } from '../support/redis.ts';
import { TEST_SECRET } from '../support/secret.ts';
import { startServer, type TestServer } from '../support/server.ts';
import { endUndos, findText } from '../support/undos.ts';

// Keys of its own: a node of another test file would take what this one leaves behind.
const redisUrl = `${inject('redisUrl')}/1`;
const { url: databaseUrl } = await setUpDatabase({ REDIS_URL: redisUrl });
const nodeEnv = { DATABASE_URL: databaseUrl, REDIS_URL: redisUrl, AUTH_SECRET: TEST_SECRET };

/** Two processes that share PostgreSQL and Redis, and a third live side in this one. */
let nodes: TestServer[];
let here: Awaited<ReturnType<typeof startLive>>;

beforeAll(async () => {
  nodes = await Promise.all([startServer(nodeEnv), startServer(nodeEnv)]);
  here = await startLive();
});
afterAll(async () => {
  await here.close();
  await Promise.all(nodes.map((node) => node.stop()));
});

const connect = (index: number, cookie: string) => connectClient((nodes[index] as TestServer).url, cookie);

test('a message sent on one node reaches the connections on every node, once', async () => {
  const { first, second, conversationId } = await addPair();
  const clients = await Promise.all([
    connect(0, first.cookie),
    connect(1, first.cookie),
    connect(0, second.cookie),
    connect(1, second.cookie),
  ]);
  const received = clients.map(() => [] as string[]);
  for (const [index, client] of clients.entries()) {
    client.on('message:new', (message) => received[index]?.push(message.body));
  }
  const last = clients.map((client) => nextEvent(client, 'message:new', (message) => message.body === '끝'));
  const sender = clients[0] as TestClient;
  for (const body of ['하나', '둘', '끝']) {
    await sender.emitWithAck('message:send', {
      conversationId,
      clientId: body.codePointAt(0)?.toString() ?? '',
      body,
    });
  }
  await Promise.all(last);
  expect(received).toEqual(clients.map(() => ['하나', '둘', '끝']));
  for (const client of clients) client.disconnect();
});

test('the same clientId sent to two nodes at once stores one message', async () => {
  const { first, conversationId } = await addPair();
  const clients = await Promise.all([connect(0, first.cookie), connect(1, first.cookie)]);
  const acks = await Promise.all(
    Array.from({ length: 10 }, (_, i) =>
      (clients[i % 2] as TestClient).emitWithAck('message:send', {
        conversationId,
        clientId: 'same',
        body: '한 번',
      }),
    ),
  );
  expect(new Set(acks.map((ack) => (ack.ok ? ack.message.seq : ack.error.code)))).toEqual(new Set([1]));
  const page = await (clients[1] as TestClient).emitWithAck('conversation:history', { conversationId });
  expect(page.ok && page.messages.length).toBe(1);
  for (const client of clients) client.disconnect();
});

test('a deletion on one node is undone on another, also when the first has died, or it is forgotten there', async () => {
  const { first, second, conversationId } = await addPair();
  const [a, b, reader] = await Promise.all([
    connect(0, first.cookie),
    connect(1, first.cookie),
    connect(0, second.cookie),
  ]);
  const [mine, there, theirs] = [a, b, reader].map((client) => askAbout(client, conversationId));
  if (!mine || !there || !theirs) throw new Error('no clients');
  const sent = messageOf(await mine.send('돌아올 말'));
  messageOf(await mine.remove(1));
  const back = nextEvent(reader, 'message:update', ({ body }) => body !== '');
  expect(messageOf(await there.undelete(1))).toEqual({ ...sent, revision: 3 });
  expect(await back).toEqual({ ...sent, revision: 3 });

  // Deleted by a process that ends at once: another deletion anywhere, or the job, forgets it.
  messageOf(await mine.send('사라질 말'));
  const doomed = await startServer(nodeEnv);
  const last = askAbout(await connectClient(doomed.url, first.cookie), conversationId);
  messageOf(await last.remove(2));
  await doomed.kill();
  const job = housekeepingJobs.find(({ name }) => name === 'housekeeping.undos');
  await getPool().query("update undos set expires_at = now() - interval '1 second'");
  await job?.run({}, randomUUID());
  expect(await there.undelete(2)).toEqual(refused('too_late'));
  expect(await findText('사라질 말')).toEqual([]);
  for (const client of [a, b, reader]) client.disconnect();
});

test('an edit on one node and a deletion on another at once end alike for everybody, and deleted', async () => {
  const { first, second, conversationId } = await addPair();
  const [a, b, reader] = await Promise.all([
    connect(0, first.cookie),
    connect(1, first.cookie),
    connect(1, second.cookie),
  ]);
  const [mine, there, theirs] = [a, b, reader].map((client) => askAbout(client, conversationId));
  if (!mine || !there || !theirs) throw new Error('no clients');
  for (let seq = 1; seq <= 10; seq += 1) {
    const { revision } = messageOf(await mine.send(`겨룰 말 ${seq}`));
    const [edited, removed] = await Promise.all([
      mine.edit(seq, `고친 말 ${seq}`, revision),
      there.remove(seq),
    ]);
    expect(messageOf(removed).body).toBe('');
    if (!edited.ok) expect(edited).toEqual(refused('conflict'));
    const [atMine, atTheirs] = [await mine.history(), await theirs.history()];
    expect(atMine.at(-1)).toMatchObject({ seq, body: '', deletedAt: expect.any(String) });
    expect(atTheirs).toEqual(atMine);
  }
  expect((await getPool().query('select 1 from message_versions')).rowCount).toBe(0);
  await endUndos();
  for (const text of ['겨룰 말', '고친 말']) expect(await findText(text)).toEqual([]);
  for (const client of [a, b, reader]) client.disconnect();
});

test('a session ended anywhere closes its connections on every node', async () => {
  const { first } = await addPair();
  const session = await addSession(first.userId);
  const clients = await Promise.all([connect(0, session.cookie), connect(1, session.cookie)]);
  const ended = clients.map((client) => nextEvent(client, 'session:ended'));
  await revokeSession(session.sessionId);
  expect(await Promise.all(ended)).toEqual([{}, {}]);
});

test('presence and read cursors cross nodes', async () => {
  const { first, second, conversationId } = await addPair();
  const a = await connect(0, first.cookie);
  await a.emitWithAck('message:send', { conversationId, clientId: '1', body: '거기 있어요?' });
  const online = nextEvent(a, 'presence', (event) => event.userId === second.userId && event.online);
  const b = await connect(1, second.cookie);
  expect(await online).toMatchObject({ online: true });
  const read = nextEvent(
    a,
    'conversation:cursor',
    (event) => event.userId === second.userId && event.readSeq === 1,
  );
  await b.emitWithAck('conversation:read', { conversationId, seq: 1 });
  expect(await read).toMatchObject({ deliveredSeq: 1, readSeq: 1 });
  // Not after its heads: presence may come before them.
  const again = openClient((nodes[0] as TestServer).url, { cookie: first.cookie });
  expect(getEnv().REDIS_URL).toBeDefined();
  expect(await nextEvent(again, 'presence', (event) => event.userId === second.userId)).toMatchObject({
    online: true,
  });
  for (const client of [a, b, again]) client.disconnect();
});

test('of a tenth and an eleventh pin on two nodes at once one is refused', async () => {
  const { first, second, conversationId } = await addPair();
  const clients = [await connect(0, first.cookie), await connect(1, second.cookie)] as const;
  const mine = askAbout(clients[0], conversationId);
  const theirs = askAbout(clients[1], conversationId);
  for (let seq = 1; seq <= MAX_PINS + 1; seq++) messageOf(await mine.send(`${seq}`));
  for (let seq = 1; seq < MAX_PINS; seq++) messageOf(await mine.pin(seq));
  const acks = await Promise.all([mine.pin(MAX_PINS), theirs.pin(MAX_PINS + 1)]);
  expect(acks.filter(({ ok }) => ok)).toHaveLength(1);
  expect(acks).toContainEqual(refused('invalid'));
  expect(await mine.pins()).toHaveLength(MAX_PINS);
  expect(await theirs.pins()).toEqual(await mine.pins());
  for (const client of clients) client.disconnect();
});

test('two people on two nodes see each other from their first message on', async () => {
  const { first, second, conversationId } = await addPair();
  const [a, b] = [await connect(0, first.cookie), await connect(1, second.cookie)];
  const seen = Promise.all([
    nextEvent(a, 'presence', ({ userId, online }) => online && userId === second.userId),
    nextEvent(b, 'presence', ({ userId, online }) => online && userId === first.userId),
  ]);
  expect(
    await b.emitWithAck('message:send', { conversationId, clientId: '1', body: '반가워요' }),
  ).toMatchObject({ ok: true });
  expect(await seen).toEqual([expect.anything(), expect.anything()]);
  for (const client of [a, b]) client.disconnect();
});

test('a conversation that is left and entered again before Redis has answered is heard', async () => {
  const clients = getPubSub();
  if (!clients) throw new Error('no Redis');
  const { publisher, subscriber } = clients;
  await expect.poll(() => publisher.isReady && subscriber.isReady).toBe(true);
  const heard: string[] = [];
  const listen = (message: Buffer) => heard.push(message.toString());
  await subscriber.sSubscribe('breath', listen, true);
  void subscriber.sUnsubscribe('breath');
  await subscriber.sSubscribe('breath', listen, true);
  await publisher.sPublish('breath', '들려요');
  await expect.poll(() => heard).toEqual(['들려요']);
  await subscriber.sUnsubscribe('breath');
});

test('partners of somebody whose node died are told, once, that they are gone', async () => {
  const { first, second, conversationId } = await addPair();
  const watcher = await connect(0, first.cookie);
  await watcher.emitWithAck('message:send', { conversationId, clientId: '1', body: '있어요?' });
  let told = 0;
  // The watcher's own arrival brings word of a partner who was never here: offline, and no time.
  const isGone = (event: { userId: string; online: boolean; lastSeenAt: string | null }) =>
    event.userId === second.userId && !event.online && event.lastSeenAt !== null;
  watcher.on('presence', (event) => {
    if (isGone(event)) told += 1;
  });
  const gone = nextEvent(watcher, 'presence', isGone);
  await redisIsReady();
  // What a node that was killed leaves behind when nobody has vouched for its people for a minute.
  await getRedis()?.zAdd('dandul:online', { score: Date.now() - 1, value: second.userId });
  await gone;
  expect(await getRedis()?.zScore('dandul:online', second.userId)).toBeNull();
  expect(told).toBe(1);
  watcher.disconnect();
});
