import 'fake-indexeddb/auto';
import { afterEach, beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import type { ErrorCode } from '#lib/chat/types.ts';
import type { ChatClient } from '#lib/chat-client/client.ts';
import { createOutboxStorage } from '#lib/chat-client/outbox/outbox-storage.ts';
import { createViewSelector } from '#lib/chat-client/views/selectors.ts';
import type { ModelServer } from './model-server.ts';
import { createLocalStorage, createServer, newAccount, openTab } from './tabs.ts';

beforeEach(() => vi.stubGlobal('localStorage', createLocalStorage()));
afterEach(() => vi.unstubAllGlobals());

const bodies = (server: ModelServer) =>
  server.conversation('conversation').log.map((message) => message.body);
const pendingOf = (client: ChatClient) => client.store.getState().conversations.conversation?.pending ?? [];
const waitingIn = (client: ChatClient) => client.select.waitingCount(client.store.getState());
const draftOf = (client: ChatClient) => client.actions.getDraft('conversation').text;
const textsOf = (client: ChatClient) =>
  pendingOf(client).flatMap((item) => (item.kind === 'send' ? [item.draft.text] : []));

test('messages written while offline are sent in the order they were written', async () => {
  const account = newAccount();
  const server = createServer(account);
  const tab = openTab(server, account);
  for (const text of ['one', 'two', 'three']) tab.send('conversation', text);
  expect(waitingIn(tab.client)).toBe(3);
  tab.network.connect();
  await vi.waitFor(() => expect(bodies(server)).toEqual(['one', 'two', 'three']));
  await vi.waitFor(() => expect(waitingIn(tab.client)).toBe(0));
});

test('a message whose acknowledgement is lost is stored once', async () => {
  const account = newAccount();
  const server = createServer(account);
  const tab = openTab(server, account);
  tab.network.isInstant = false;
  tab.network.connect();
  const clientId = tab.send('conversation', 'once');
  const isSent = () => tab.network.sent.some(({ event }) => event === 'message:send');
  await vi.waitFor(() => expect(isSent()).toBe(true));
  while (tab.network.queue.length > 0 && bodies(server).length === 0) tab.network.deliver();
  tab.network.queue = [];
  tab.network.disconnect();
  tab.network.isInstant = true;
  tab.network.connect();
  await vi.waitFor(async () => expect(await createStorageOf(tab.client).load()).toEqual([]));
  expect(server.conversation('conversation').log.map((message) => message.clientId)).toEqual([clientId]);
});

test('an error that nobody foresaw while sending is told of, and what waits goes all the same', async () => {
  const account = newAccount();
  const server = createServer(account);
  const tab = openTab(server, account);
  tab.network.connect();
  const told = vi.spyOn(console, 'error').mockImplementation(() => {});
  onTestFinished(() => told.mockRestore());
  const fault = new Error('unforeseen');
  const { sent } = tab.network;
  let isFaulty = true;
  sent.push = (...requests) => {
    if (isFaulty && requests.some(({ event }) => event === 'message:send')) {
      isFaulty = false;
      throw fault;
    }
    return Array.prototype.push.apply(sent, requests);
  };
  tab.send('conversation', 'said');
  await vi.waitFor(() => expect(bodies(server)).toEqual(['said']), { timeout: 5_000 });
  expect(told).toHaveBeenCalledExactlyOnceWith(expect.any(String), fault);
});

const createStorageOf = (client: ChatClient) => {
  const storage = createOutboxStorage(client.store.getState().viewer.userId);
  onTestFinished(() => storage.close());
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
    tab.send('conversation', 'refused');
    const failed = expect.objectContaining({
      draft: { text: 'refused' },
      state: 'failed',
      errorCode: code,
    });
    await vi.waitFor(async () => {
      expect(await createStorageOf(tab.client).load()).toEqual([failed]);
    });
    tab.stop();

    const next = openTab(server, account);
    await vi.waitFor(() => expect(pendingOf(next.client)).toEqual([failed]));
    server.refuseSend = null;
    next.network.connect();
    expect(bodies(server)).toEqual([]);
    next.retry('conversation', pendingOf(next.client)[0]?.clientId ?? '');
    await vi.waitFor(() => expect(bodies(server)).toEqual(['refused']));
  },
);

test('a discarded message is gone, also after a reload', async () => {
  const account = newAccount();
  const server = createServer(account);
  const tab = openTab(server, account);
  tab.network.connect();
  server.refuseSend = () => ({ ok: false, error: { code: 'blocked' } });
  const clientId = tab.send('conversation', 'gone') ?? '';
  await vi.waitFor(() => expect(pendingOf(tab.client)[0]?.state).toBe('failed'));
  tab.discard('conversation', clientId);
  expect(pendingOf(tab.client)).toEqual([]);
  await vi.waitFor(async () => expect(await createStorageOf(tab.client).load()).toEqual([]));
});

test('a message written offline is taken back with its text, also after a reload, and never goes', async () => {
  const account = newAccount();
  const server = createServer(account);
  const tab = openTab(server, account);
  tab.send('conversation', 'thought better of');
  tab.send('conversation', 'meant');
  await vi.waitFor(async () => expect(await createStorageOf(tab.client).load()).toHaveLength(2));
  tab.stop();

  const next = openTab(server, account);
  await vi.waitFor(() => expect(pendingOf(next.client)).toHaveLength(2));
  expect(await next.takeBack('conversation', pendingOf(next.client)[0]?.clientId ?? '')).toBe(true);
  expect(textsOf(next.client)).toEqual(['meant']);
  expect(draftOf(next.client)).toBe('thought better of');
  next.network.connect();
  await vi.waitFor(() => expect(bodies(server)).toEqual(['meant']));
  await vi.waitFor(async () => expect(await createStorageOf(next.client).load()).toEqual([]));
});

test('a text taken back follows what is being written, and nothing of either is lost', async () => {
  const account = newAccount();
  const tab = openTab(createServer(account), account);
  const clientId = tab.send('conversation', 'first') ?? '';
  tab.setDraft('conversation', 'second');
  expect(await tab.takeBack('conversation', clientId)).toBe(true);
  expect(draftOf(tab.client)).toBe('second\nfirst');
  expect(pendingOf(tab.client)).toEqual([]);
});

test('a message that is on its way is not taken back, whichever tab sends it, and its text goes nowhere', async () => {
  const account = newAccount();
  const server = createServer(account);
  const left = openTab(server, account);
  const right = openTab(server, account);
  const clientId = left.send('conversation', 'too late') ?? '';
  await vi.waitFor(() => expect(pendingOf(right.client)).toHaveLength(1));
  right.network.isInstant = false;
  right.network.connect();
  const isSent = () => right.network.sent.some(({ event }) => event === 'message:send');
  await vi.waitFor(() => expect(isSent()).toBe(true));
  for (const tab of [left, right]) {
    expect(await tab.takeBack('conversation', clientId)).toBe(false);
    expect(draftOf(tab.client)).toBe('');
  }
  // The answer is lost with the connection: nobody knows whether the server has it.
  right.network.queue = [];
  right.network.disconnect();
  expect(await right.takeBack('conversation', clientId)).toBe(false);
  right.network.isInstant = true;
  right.network.connect();
  await vi.waitFor(() => expect(bodies(server)).toEqual(['too late']));
});

test('what waits behind a message whose answer was lost is taken back, that one is not', async () => {
  const account = newAccount();
  const server = createServer(account);
  const tab = openTab(server, account);
  tab.network.isInstant = false;
  tab.network.connect();
  const first = tab.send('conversation', 'handed over') ?? '';
  const second = tab.send('conversation', 'behind it') ?? '';
  const isSent = () => tab.network.sent.some(({ event }) => event === 'message:send');
  await vi.waitFor(() => expect(isSent()).toBe(true));
  // The network is gone, and nobody had noticed when both were written.
  tab.network.queue = [];
  tab.network.disconnect();
  expect(await tab.takeBack('conversation', first)).toBe(false);
  expect(await tab.takeBack('conversation', second)).toBe(true);
  expect(draftOf(tab.client)).toBe('behind it');
  tab.network.isInstant = true;
  tab.network.connect();
  await vi.waitFor(() => expect(bodies(server)).toEqual(['handed over']));
  await vi.waitFor(async () => expect(await createStorageOf(tab.client).load()).toEqual([]));
  expect(bodies(server)).toEqual(['handed over']);
});

test('of taking back and sending at the same moment, one happens', async () => {
  const account = newAccount();
  const server = createServer(account);
  const tab = openTab(server, account);
  for (let index = 0; index < 8; index++) {
    const clientId = tab.send('conversation', `text ${index}`) ?? '';
    tab.network.connect();
    const isTaken = await tab.takeBack('conversation', clientId);
    await vi.waitFor(async () => expect(await createStorageOf(tab.client).load()).toEqual([]));
    expect(bodies(server).includes(`text ${index}`)).toBe(!isTaken);
    tab.setDraft('conversation', '');
    tab.network.disconnect();
  }
});

test('where IndexedDB is refused, a message written offline is taken back from memory', async () => {
  vi.stubGlobal('indexedDB', undefined);
  const account = newAccount();
  const server = createServer(account);
  const tab = openTab(server, account);
  const clientId = tab.send('conversation', 'from memory') ?? '';
  expect(await tab.takeBack('conversation', clientId)).toBe(true);
  tab.network.connect();
  tab.send('conversation', 'next');
  await vi.waitFor(() => expect(bodies(server)).toEqual(['next']));
});

test('log-out leaves nothing of the account on the device, also while another tab is open, and nothing of others goes', async () => {
  const [account, stranger] = [newAccount(), newAccount()];
  const server = createServer(account);
  const tab = openTab(server, account);
  const other = openTab(server, account);
  const theirs = openTab(createServer(stranger), stranger);
  theirs.send('conversation', 'theirs');
  theirs.setDraft('conversation', 'their draft');
  tab.send('conversation', 'unsent');
  tab.setDraft('conversation', 'half a thought');
  await vi.waitFor(() => expect(pendingOf(other.client)).toHaveLength(1));
  await tab.client.actions.forget();
  const databases = (await indexedDB.databases()).map(({ name }) => name);
  expect(databases).not.toContain(`dandul-${account}`);
  expect(databases).toContain(`dandul-${stranger}`);
  expect(Object.values(localStorage)).toEqual([JSON.stringify({ text: 'their draft' })]);
  expect(await createStorageOf(tab.client).load()).toEqual([]);
});

test('a rate-limited message waits as long as the server says and is sent', async () => {
  const account = newAccount();
  const server = createServer(account);
  const tab = openTab(server, account);
  let refusals = 0;
  server.refuseSend = () =>
    refusals++ < 2 ? { ok: false, error: { code: 'rate_limited', retryAfterMs: 200 } } : null;
  tab.network.connect();
  tab.send('conversation', 'patient');
  await vi.waitFor(() => expect(pendingOf(tab.client)[0]?.heldUntil).toBeGreaterThan(Date.now()));
  await vi.waitFor(() => expect(bodies(server)).toEqual(['patient']));
  expect(refusals).toBe(3);
});

test('a refusal that only a newer server knows is not for good: the message waits and is sent', async () => {
  const account = newAccount();
  const server = createServer(account);
  const tab = openTab(server, account);
  let refusals = 0;
  server.refuseSend = () =>
    refusals++ < 2 ? { ok: false, error: { code: 'too_quiet' as ErrorCode, retryAfterMs: 1 } } : null;
  tab.network.connect();
  tab.send('conversation', 'kept');
  await vi.waitFor(() => expect(bodies(server)).toEqual(['kept']));
  expect(refusals).toBe(3);
});

test('a draft goes with the message that it answers, comes back with it, and is empty after', async () => {
  const account = newAccount();
  const server = createServer(account);
  const tab = openTab(server, account);
  const { actions } = tab.client;
  const draft = { text: '그건요', replyToSeq: 7 };
  actions.setDraft('conversation', draft);
  const clientId = actions.send('conversation', draft) ?? '';
  expect(actions.getDraft('conversation')).toEqual({ text: '' });
  expect(await tab.takeBack('conversation', clientId)).toBe(true);
  expect(actions.getDraft('conversation')).toEqual(draft);
  actions.send('conversation', draft);
  tab.network.connect();
  await vi.waitFor(() => expect(bodies(server)).toEqual(['그건요']));
  const sent = tab.network.sent.find(({ event }) => event === 'message:send');
  expect(sent?.input).toMatchObject({ body: '그건요', replyToSeq: 7 });
});

test('what was unsent at a reload is sent afterwards with the same clientId', async () => {
  const account = newAccount();
  const server = createServer(account);
  const tab = openTab(server, account);
  const clientId = tab.send('conversation', 'survivor');
  await vi.waitFor(async () => expect(await createStorageOf(tab.client).load()).toHaveLength(1));
  tab.stop();

  const next = openTab(server, account);
  await vi.waitFor(() => expect(pendingOf(next.client)[0]?.clientId).toBe(clientId));
  next.network.connect();
  await vi.waitFor(() =>
    expect(server.conversation('conversation').log.map((m) => m.clientId)).toEqual([clientId]),
  );
});

test('two tabs show the same unsent messages, and either sends them, each once', async () => {
  const account = newAccount();
  const server = createServer(account);
  const left = openTab(server, account);
  const right = openTab(server, account);
  left.send('conversation', 'from the left');
  await vi.waitFor(() => expect(pendingOf(right.client)).toHaveLength(1));
  right.send('conversation', 'from the right');
  await vi.waitFor(() => expect(pendingOf(left.client)).toHaveLength(2));
  // Only the right tab has a connection.
  right.network.listen();
  right.network.connect();
  await vi.waitFor(() => expect(bodies(server)).toEqual(['from the left', 'from the right']));
  await vi.waitFor(() => expect(waitingIn(left.client)).toBe(0));
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
    left.send('conversation', `left ${index}`);
    right.send('conversation', `right ${index}`);
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
  tab.setDraft('conversation', '쓰다 만 글');
  await vi.waitFor(() => expect(draftOf(other.client)).toBe('쓰다 만 글'));
  tab.stop();

  const next = openTab(server, account);
  await vi.waitFor(() => expect(draftOf(next.client)).toBe('쓰다 만 글'));
  next.send('conversation', '쓰다 만 글');
  expect(draftOf(next.client)).toBe('');
  expect(Object.keys(localStorage)).toEqual([]);
});

test('where localStorage is refused, a draft lasts as long as the page', () => {
  vi.stubGlobal('localStorage', undefined);
  const account = newAccount();
  const tab = openTab(createServer(account), account);
  tab.setDraft('conversation', 'kept in memory');
  expect(draftOf(tab.client)).toBe('kept in memory');
});

test('the next account on the same browser neither sees nor sends what the first left', async () => {
  const stranger = newAccount();
  const server = createServer(stranger);
  const first = openTab(server, newAccount());
  first.send('conversation', 'mine');
  first.setDraft('conversation', 'my draft');
  expect(Object.keys(localStorage)).toHaveLength(1);
  first.stop();

  const second = openTab(server, stranger);
  second.network.connect();
  second.send('conversation', 'theirs');
  await vi.waitFor(() => expect(bodies(server)).toEqual(['theirs']));
  expect(textsOf(second.client)).not.toContain('mine');
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
  tab.send('conversation', 'one');
  tab.send('conversation', 'two');
  tab.network.connect();
  await vi.waitFor(() => expect(bodies(server)).toEqual(['one', 'two']));
});

test('while sending, the timeline shows the message last, under a key that stays', async () => {
  const account = newAccount();
  const server = createServer(account);
  const tab = openTab(server, account);
  tab.network.listen();
  tab.network.connect();
  tab.open('conversation');
  const view = () => createViewSelector('conversation')(tab.client.store.getState());
  await vi.waitFor(() => expect(view().status).toBe('ready'));
  tab.network.disconnect();
  const clientId = tab.send('conversation', '안녕');
  const key = `${account}:${clientId}`;
  expect(view().items).toEqual([expect.objectContaining({ key, seq: null, status: 'sending' })]);
  tab.network.connect();
  await vi.waitFor(() => {
    expect(view().items).toEqual([expect.objectContaining({ key, seq: 1, status: 'sent' })]);
  });
});
