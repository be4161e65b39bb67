import { randomUUID } from 'node:crypto';
import { expect, onTestFinished, test } from 'vitest';
import { getPool } from '#db/client.ts';
import { createChatClient } from '#lib/chat-client/client.ts';
import { createConnection } from '#lib/chat-client/connection/connection.ts';
import { setUpDatabase } from '../support/database.ts';
import { Disk } from '../support/disk.ts';
import { connectClient, nextEvent, openClient } from '../support/live.ts';
import { addPair, type Person } from '../support/people.ts';
import { findRedisBin, startRedis } from '../support/private-servers.ts';
import { findFreePort } from '../support/processes.ts';
import { TEST_SECRET } from '../support/secret.ts';
import { startServer } from '../support/server.ts';

/** How long what is waited for may take at most. */
const LIMIT = { timeout: 60_000 };
const { url: databaseUrl } = await setUpDatabase();

test('nodes that start before Redis serve at once, say that it is missing, and join when it comes', async () => {
  const port = await findFreePort();
  const env = {
    DATABASE_URL: databaseUrl,
    REDIS_URL: `redis://127.0.0.1:${port}`,
    AUTH_SECRET: TEST_SECRET,
  };
  const nodes = await Promise.all([startServer(env), startServer(env)]);
  onTestFinished(() => Promise.all(nodes.map((node) => node.stop())).then(() => {}));
  const ready = () => Promise.all(nodes.map(({ url }) => fetch(`${url}/api/ready`)));
  for (const response of await ready()) {
    expect(response.status).toBe(503);
    expect(await response.json()).toEqual({ status: 'unavailable', database: 'ok', redis: 'unavailable' });
  }

  const { first, second, conversationId } = await addPair();
  const sender = await connectClient(nodes[0]?.url ?? '', first.cookie);
  const receiver = await connectClient(nodes[1]?.url ?? '', second.cookie);
  const send = (body: string) =>
    sender.emitWithAck('message:send', { conversationId, clientId: randomUUID(), body });
  expect(await send('stored without Redis')).toMatchObject({ ok: true });

  const redis = await startRedis(findRedisBin() as string, port);
  onTestFinished(() => redis.stop());
  await expect
    .poll(async () => (await ready()).map(({ status }) => status), { timeout: 60_000 })
    .toEqual([200, 200]);
  const received: string[] = [];
  receiver.on('message:new', ({ body }) => received.push(body));
  await expect
    .poll(
      async () => {
        await send('carried by Redis');
        return received;
      },
      { timeout: 60_000 },
    )
    .toContain('carried by Redis');
  for (const client of [sender, receiver]) client.disconnect();
});

test('while Redis hangs, people on one node hear and see each other all the same', async () => {
  const redis = await startRedis(findRedisBin() as string);
  onTestFinished(() => redis.stop());
  const node = await startServer({
    DATABASE_URL: databaseUrl,
    REDIS_URL: redis.url,
    AUTH_SECRET: TEST_SECRET,
  });
  onTestFinished(() => node.stop());
  const { first, second, conversationId } = await addPair();
  const sender = await connectClient(node.url, first.cookie);
  const receiver = await connectClient(node.url, second.cookie);
  redis.setRunning(false);
  onTestFinished(() => redis.setRunning(true));
  const heard = nextEvent(receiver, 'message:new');
  await sender.emitWithAck('message:send', { conversationId, clientId: randomUUID(), body: '들려요?' });
  expect(await heard).toMatchObject({ body: '들려요?' });
  receiver.disconnect();
  const seen = nextEvent(sender, 'presence', (event) => event.userId === second.userId && !event.online);
  expect(await seen).toMatchObject({ online: false });
  const back = nextEvent(sender, 'presence', (event) => event.userId === second.userId && event.online);
  const again = openClient(node.url, { cookie: second.cookie });
  expect(await back).toMatchObject({ online: true });
  for (const client of [sender, again]) client.disconnect();
});

test('who seemed gone while Redis hung, but is on another node, is online again when it is back', async () => {
  const redis = await startRedis(findRedisBin() as string);
  onTestFinished(() => redis.stop());
  const env = { DATABASE_URL: databaseUrl, REDIS_URL: redis.url, AUTH_SECRET: TEST_SECRET };
  const nodes = await Promise.all([startServer(env), startServer(env)]);
  onTestFinished(() => Promise.all(nodes.map((node) => node.stop())).then(() => {}));
  const { first, second, conversationId } = await addPair();
  const watcher = await connectClient(nodes[0].url, first.cookie);
  await watcher.emitWithAck('message:send', { conversationId, clientId: randomUUID(), body: '어디예요?' });
  const laptop = await connectClient(nodes[0].url, second.cookie);
  const phone = await connectClient(nodes[1].url, second.cookie);
  const sees = (online: boolean) =>
    nextEvent(watcher, 'presence', (event) => event.userId === second.userId && event.online === online);

  redis.setRunning(false);
  onTestFinished(() => redis.setRunning(true));
  const gone = sees(false);
  laptop.disconnect();
  await gone;
  const back = sees(true);
  redis.setRunning(true);
  expect(await back).toMatchObject({ online: true });
  for (const client of [watcher, phone]) client.disconnect();
});

/** The product's own client in a node's place of a browser, with one conversation open. */
function openConversation(url: string, person: Person, conversationId: string) {
  const disk = new Disk();
  const client = createChatClient({
    viewer: person,
    initialConversations: [],
    createTransport: (userId) => createConnection(userId, url, { extraHeaders: { cookie: person.cookie } }),
    createStorage: () => disk.open(),
    createDrafts: () => disk.openDrafts(),
    watch: () => () => {},
    createReload: () => ({ outdated() {} }),
  });
  onTestFinished(client.start(() => {}));
  client.actions.open(conversationId);
  return client;
}

test('what changed while Redis was gone shows on the other node, without a new connection', async () => {
  const redis = await startRedis(findRedisBin() as string);
  onTestFinished(() => redis.stop());
  const env = { DATABASE_URL: databaseUrl, REDIS_URL: redis.url, AUTH_SECRET: TEST_SECRET };
  const nodes = await Promise.all([startServer(env), startServer(env)]);
  onTestFinished(() => Promise.all(nodes.map((node) => node.stop())).then(() => {}));
  const { first, second, conversationId } = await addPair();
  const writer = await connectClient(nodes[0].url, first.cookie);
  onTestFinished(() => void writer.disconnect());
  await writer.emitWithAck('message:send', { conversationId, clientId: randomUUID(), body: '지울 말' });
  const reader = openConversation(nodes[1].url, second, conversationId);
  const readConversation = () => reader.store.getState().conversations[conversationId];
  const listBodies = () => readConversation()?.window?.messages.map(({ body }) => body);
  await expect.poll(listBodies, LIMIT).toEqual(['지울 말']);
  // Heads tell of a message, and of a cursor that moved, for a minute: here only the change may.
  const countReceipts = async () =>
    (await getPool().query('select 1 from receipts where conversation_id = $1', [conversationId])).rowCount;
  await expect.poll(countReceipts, LIMIT).toBe(1);
  await getPool().query(`update receipts set at = at - interval '2 minutes'`);
  await getPool().query(`update messages set created_at = created_at - interval '2 minutes'`);

  await redis.crash();
  const states = new Set<string>();
  onTestFinished(reader.store.subscribe(() => states.add(reader.store.getState().connection)));
  const ack = await writer.emitWithAck('message:delete', { conversationId, seq: 1, scope: 'both' });
  expect(ack).toMatchObject({ ok: true, message: { revision: 2, body: '' } });
  await expect.poll(listBodies, LIMIT).toEqual(['']);
  expect(readConversation()?.entry).toMatchObject({ revision: 2, unread: 0, lastMessage: { body: '' } });
  expect([...states]).toEqual(['online']);
});
