import 'fake-indexeddb/auto';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { ErrorCode } from '#lib/chat/types.ts';
import { type ChatClient, createChatClient } from '#lib/chat-client/client.ts';
import { createOutboxStorage } from '#lib/chat-client/outbox-storage.ts';
import { createViewSelector, selectWaitingCount } from '#lib/chat-client/selectors.ts';
import { ModelNetwork } from './model-network.ts';
import { ModelServer } from './model-server.ts';

const stops: (() => void)[] = [];
let accounts = 0;

beforeEach(() => vi.stubGlobal('localStorage', createLocalStorage()));

afterEach(() => {
  for (const stop of stops.splice(0)) stop();
  vi.unstubAllGlobals();
});

/** As browsers have it: the items are the object's own properties. */
function createLocalStorage(): Record<string, unknown> {
  const storage: Record<string, unknown> = Object.create({
    getItem: (key: string) => storage[key] ?? null,
    setItem(key: string, value: string) {
      storage[key] = value;
    },
    removeItem(key: string) {
      delete storage[key];
    },
  });
  return storage;
}

/** One tab of an account, on the real IndexedDB storage, locks and channel. */
function openTab(server: ModelServer, userId: string) {
  const network = new ModelNetwork(server);
  network.isInstant = true;
  const client = createChatClient({
    viewer: { userId, username: 'minji' },
    initialConversations: [],
    createTransport: () => network.createTransport(),
    watch: () => () => {},
  });
  const stop = client.start(() => {});
  stops.push(stop);
  return { client, network, stop, ...client.actions };
}

function createServer(account: string) {
  const server = new ModelServer(account);
  server.addRoom('room');
  return server;
}

const newAccount = () => `account-${++accounts}`;
const bodies = (server: ModelServer) => server.room('room').log.map((message) => message.body);
const pendingOf = (client: ChatClient) => client.store.getState().conversations.room?.pending ?? [];
const draftOf = (client: ChatClient) => client.actions.getDraft('room');

test('messages written while offline are sent in the order they were written', async () => {
  const account = newAccount();
  const server = createServer(account);
  const tab = openTab(server, account);
  for (const text of ['one', 'two', 'three']) tab.send('room', text);
  expect(selectWaitingCount(tab.client.store.getState())).toBe(3);
  tab.network.connect();
  await vi.waitFor(() => expect(bodies(server)).toEqual(['one', 'two', 'three']));
  await vi.waitFor(() => expect(selectWaitingCount(tab.client.store.getState())).toBe(0));
});

test('a message whose acknowledgement is lost is stored once', async () => {
  const account = newAccount();
  const server = createServer(account);
  const tab = openTab(server, account);
  tab.network.isInstant = false;
  tab.network.connect();
  const clientId = tab.send('room', 'once');
  const isSent = () => tab.network.sent.some(({ event }) => event === 'message:send');
  await vi.waitFor(() => expect(isSent()).toBe(true));
  while (tab.network.queue.length > 0 && bodies(server).length === 0) tab.network.deliver();
  tab.network.queue = [];
  tab.network.disconnect();
  tab.network.isInstant = true;
  tab.network.connect();
  await vi.waitFor(async () => expect(await createStorageOf(tab.client).load()).toEqual([]));
  expect(server.room('room').log.map((message) => message.clientId)).toEqual([clientId]);
});

const createStorageOf = (client: ChatClient) => {
  const storage = createOutboxStorage(client.store.getState().viewer.userId);
  stops.push(() => storage.close());
  return storage;
};

test.each<ErrorCode>(['blocked', 'invalid', 'too_long', 'not_found', 'unauthorized'])(
  'a message refused as %s keeps its text, also over a reload, until retried or discarded',
  async (code) => {
    const account = newAccount();
    const server = createServer(account);
    const tab = openTab(server, account);
    tab.network.connect();
    server.refuseSend = () => ({ ok: false, error: { code } });
    tab.send('room', 'refused');
    const failed = expect.objectContaining({ body: 'refused', state: 'failed', errorCode: code });
    await vi.waitFor(async () => {
      expect(await createStorageOf(tab.client).load()).toEqual([failed]);
    });
    tab.stop();

    const next = openTab(server, account);
    await vi.waitFor(() => expect(pendingOf(next.client)).toEqual([failed]));
    server.refuseSend = null;
    next.network.connect();
    expect(bodies(server)).toEqual([]);
    next.retry('room', pendingOf(next.client)[0]?.clientId ?? '');
    await vi.waitFor(() => expect(bodies(server)).toEqual(['refused']));
  },
);

test('a discarded message is gone, also after a reload', async () => {
  const account = newAccount();
  const server = createServer(account);
  const tab = openTab(server, account);
  tab.network.connect();
  server.refuseSend = () => ({ ok: false, error: { code: 'blocked' } });
  const clientId = tab.send('room', 'gone') ?? '';
  await vi.waitFor(() => expect(pendingOf(tab.client)[0]?.state).toBe('failed'));
  tab.discard('room', clientId);
  expect(pendingOf(tab.client)).toEqual([]);
  await vi.waitFor(async () => expect(await createStorageOf(tab.client).load()).toEqual([]));
});

test('a rate-limited message waits as long as the server says and is sent', async () => {
  const account = newAccount();
  const server = createServer(account);
  const tab = openTab(server, account);
  let refusals = 0;
  server.refuseSend = () =>
    refusals++ < 2 ? { ok: false, error: { code: 'rate_limited', retryAfterMs: 200 } } : null;
  tab.network.connect();
  tab.send('room', 'patient');
  await vi.waitFor(() => expect(pendingOf(tab.client)[0]?.heldUntil).toBeGreaterThan(Date.now()));
  await vi.waitFor(() => expect(bodies(server)).toEqual(['patient']));
  expect(refusals).toBe(3);
});

test('what was unsent at a reload is sent afterwards with the same clientId', async () => {
  const account = newAccount();
  const server = createServer(account);
  const tab = openTab(server, account);
  const clientId = tab.send('room', 'survivor');
  await vi.waitFor(async () => expect(await createStorageOf(tab.client).load()).toHaveLength(1));
  tab.stop();

  const next = openTab(server, account);
  await vi.waitFor(() => expect(pendingOf(next.client)[0]?.clientId).toBe(clientId));
  next.network.connect();
  await vi.waitFor(() => expect(server.room('room').log.map((m) => m.clientId)).toEqual([clientId]));
});

test('two tabs show the same unsent messages, and either sends them, each once', async () => {
  const account = newAccount();
  const server = createServer(account);
  const left = openTab(server, account);
  const right = openTab(server, account);
  left.send('room', 'from the left');
  await vi.waitFor(() => expect(pendingOf(right.client)).toHaveLength(1));
  right.send('room', 'from the right');
  await vi.waitFor(() => expect(pendingOf(left.client)).toHaveLength(2));
  // Only the right tab has a connection.
  right.network.listen();
  right.network.connect();
  await vi.waitFor(() => expect(bodies(server)).toEqual(['from the left', 'from the right']));
  await vi.waitFor(() => expect(selectWaitingCount(left.client.store.getState())).toBe(0));
  const sends = right.network.sent.filter(({ event }) => event === 'message:send');
  expect(sends).toHaveLength(2);
});

test('two connected tabs together send each message once', async () => {
  const account = newAccount();
  const server = createServer(account);
  const left = openTab(server, account);
  const right = openTab(server, account);
  left.network.connect();
  right.network.connect();
  for (let index = 0; index < 5; index++) {
    left.send('room', `left ${index}`);
    right.send('room', `right ${index}`);
  }
  await vi.waitFor(() => expect(bodies(server)).toHaveLength(10));
  await vi.waitFor(async () => expect(await createStorageOf(left.client).load()).toEqual([]));
  const sends = [left, right].flatMap((tab) => tab.network.sent.filter((s) => s.event === 'message:send'));
  expect(sends).toHaveLength(10);
});

test('a draft survives a reload, shows in the other tab, and leaves when it is sent', async () => {
  const account = newAccount();
  const server = createServer(account);
  const tab = openTab(server, account);
  const other = openTab(server, account);
  tab.setDraft('room', '쓰다 만 글');
  await vi.waitFor(() => expect(draftOf(other.client)).toBe('쓰다 만 글'));
  tab.stop();

  const next = openTab(server, account);
  await vi.waitFor(() => expect(draftOf(next.client)).toBe('쓰다 만 글'));
  next.send('room', '쓰다 만 글');
  expect(draftOf(next.client)).toBe('');
  expect(Object.keys(localStorage)).toEqual([]);
});

test('where localStorage is refused, a draft lasts as long as the page', () => {
  vi.stubGlobal('localStorage', undefined);
  const account = newAccount();
  const tab = openTab(createServer(account), account);
  tab.setDraft('room', 'kept in memory');
  expect(draftOf(tab.client)).toBe('kept in memory');
});

test('the next account on the same browser neither sees nor sends what the first left', async () => {
  const server = createServer(`account-${accounts + 2}`);
  const first = openTab(server, newAccount());
  first.send('room', 'mine');
  first.setDraft('room', 'my draft');
  expect(Object.keys(localStorage)).toHaveLength(1);
  first.stop();

  const second = openTab(server, newAccount());
  second.network.connect();
  second.send('room', 'theirs');
  await vi.waitFor(() => expect(bodies(server)).toEqual(['theirs']));
  expect(pendingOf(second.client).map((item) => item.body)).not.toContain('mine');
  expect(draftOf(second.client)).toBe('');
});

test('where IndexedDB is refused, messages are sent from memory', async () => {
  vi.stubGlobal('indexedDB', {
    open() {
      throw new Error('refused');
    },
  });
  const account = newAccount();
  const server = createServer(account);
  const tab = openTab(server, account);
  tab.send('room', 'one');
  tab.send('room', 'two');
  tab.network.connect();
  await vi.waitFor(() => expect(bodies(server)).toEqual(['one', 'two']));
});

test('while sending, the timeline shows the message last, under a key that stays', async () => {
  const account = newAccount();
  const server = createServer(account);
  const tab = openTab(server, account);
  tab.network.listen();
  tab.network.connect();
  tab.open('room');
  const view = () => createViewSelector('room')(tab.client.store.getState());
  await vi.waitFor(() => expect(view().status).toBe('ready'));
  tab.network.disconnect();
  const clientId = tab.send('room', '안녕');
  const key = `${account}:${clientId}`;
  expect(view().messages).toEqual([expect.objectContaining({ key, seq: null, status: 'sending' })]);
  tab.network.connect();
  await vi.waitFor(() => {
    expect(view().messages).toEqual([expect.objectContaining({ key, seq: 1, status: 'sent' })]);
  });
});
