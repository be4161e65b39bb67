import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { expectFresh, World } from './harness.ts';
import { ME, PARTNER } from './model-server.ts';

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('BroadcastChannel', undefined);
  vi.stubGlobal('navigator', undefined);
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

async function connect(conversations = ['conversation'], messages = 0) {
  const world = new World(conversations);
  for (let index = 1; index <= messages; index++) receive(world, `message ${index}`);
  world.network.isInstant = true;
  world.start();
  world.network.connect();
  await vi.advanceTimersByTimeAsync(1_000);
  return world;
}

const receive = (world: World, body: string, conversation = 'conversation') =>
  world.server.send(PARTNER, { conversationId: conversation, clientId: `c${world.server.clock}`, body });
const bodiesIn = (world: World) => world.view().items.map(({ body }) => body);
const tick = () => vi.advanceTimersByTimeAsync(500);
const requests = (world: World, event: string) => world.network.sent.filter((s) => s.event === event);

test('a conversation that is not in the list is opened with its entry', async () => {
  const world = await connect(['conversation'], 3);
  world.actions.open('conversation');
  await tick();
  expect(world.view()).toMatchObject({ status: 'ready', hasBefore: false, hasAfter: false });
  expect(world.view().items).toHaveLength(3);
});

test('a conversation that is not there or not mine is not found', async () => {
  const world = await connect();
  world.actions.open('elsewhere');
  await tick();
  expect(world.view('elsewhere').status).toBe('not_found');
});

test('a conversation opened while offline loads once connected', async () => {
  const world = await connect(['conversation'], 2);
  world.network.disconnect();
  world.actions.open('conversation');
  await tick();
  expect(world.view().status).toBe('loading');
  world.network.connect();
  await tick();
  expect(world.view().status).toBe('ready');
});

test('what is seeded shows at once and is brought up to date', async () => {
  const world = new World();
  receive(world, 'seeded');
  const page = world.server.history({ conversationId: 'conversation' });
  if (!page.ok) throw new Error('no page');
  const seed = structuredClone({ page, entry: world.server.entry('conversation') });
  receive(world, 'missed between page and connection');
  world.network.isInstant = true;
  world.start();
  world.actions.open('conversation', seed);
  expect(bodiesIn(world)).toEqual(['seeded']);
  world.network.connect();
  await tick();
  expect(bodiesIn(world)).toEqual(['seeded', 'missed between page and connection']);
});

test('a jump waits for a connection, and says when there is no such message', async () => {
  const world = await connect(['conversation'], 40);
  world.actions.open('conversation');
  await tick();
  world.network.disconnect();
  const jump = world.actions.jumpTo('conversation', 10);
  await tick();
  world.network.connect();
  await tick();
  expect(await jump).toBe('there');
  const late = world.actions.jumpTo('conversation', 20);
  const missing = world.actions.jumpTo('conversation', 900);
  await tick();
  expect([await late, await missing]).toEqual(['dropped', 'missing']);
});

test('a jump to a message that vanished goes to its place and says that there is none', async () => {
  const world = await connect(['conversation'], 40);
  world.server.conversation('conversation').cursors[ME] = { userId: ME, deliveredSeq: 9, readSeq: 0 };
  world.server.delete(PARTNER, { conversationId: 'conversation', seq: 10, scope: 'both' });
  world.actions.open('conversation');
  await tick();
  const jump = world.actions.jumpTo('conversation', 10);
  await tick();
  expect(await jump).toBe('missing');
  expect(world.view().items.map(({ seq }) => seq)).toEqual([7, 8, 9, 11, 12]);
  expect(await world.actions.jumpTo('conversation', 10)).toBe('missing');
});

test('reading up to the last message that is shown reads all, also where the newest one vanished', async () => {
  const world = await connect(['conversation'], 2);
  world.actions.open('conversation');
  await tick();
  world.network.disconnect();
  receive(world, 'gone again');
  world.server.delete(PARTNER, { conversationId: 'conversation', seq: 3, scope: 'both' });
  world.network.connect();
  await tick();
  expect(world.view().items.map(({ seq }) => seq)).toEqual([1, 2]);
  world.actions.markRead('conversation', 2);
  await tick();
  expect(world.view().entry?.unread).toBe(0);
  expectFresh(world);
});

test('after ten minutes without a connection all that was said on both sides is there, once', async () => {
  const world = await connect(['conversation'], 5);
  world.actions.open('conversation');
  await tick();
  world.network.disconnect();
  for (let minute = 1; minute <= 10; minute++) {
    world.actions.send('conversation', { text: `mine ${minute}` });
    receive(world, `theirs ${minute}`);
    await vi.advanceTimersByTimeAsync(60_000);
  }
  expect(world.view().items.filter(({ status }) => status === 'sending')).toHaveLength(10);
  await world.settle();
  const bodies = bodiesIn(world);
  for (let minute = 1; minute <= 10; minute++) {
    expect(bodies.filter((body) => body === `mine ${minute}`)).toHaveLength(1);
    expect(bodies.filter((body) => body === `theirs ${minute}`)).toHaveLength(1);
  }
  expect(bodies.filter((body) => body.startsWith('mine'))).toEqual(
    Array.from({ length: 10 }, (_, index) => `mine ${index + 1}`),
  );
  expectFresh(world);
});

test('history loads page by page in both directions around a jump', async () => {
  const world = await connect(['conversation'], 40);
  world.actions.open('conversation');
  await tick();
  const seqs = () => world.view().items.map((item) => item.seq);
  expect(seqs()).toEqual([35, 36, 37, 38, 39, 40]);
  const { windowId } = world.view();
  const jump = world.actions.jumpTo('conversation', 10);
  await tick();
  expect(await jump).toBe('there');
  expect(seqs()).toEqual([7, 8, 9, 10, 11, 12]);
  expect(world.view().windowId).not.toBe(windowId);
  world.actions.loadBefore('conversation');
  expect(world.view().isLoadingBefore).toBe(true);
  world.actions.loadAfter('conversation');
  await tick();
  expect(seqs()).toEqual(Array.from({ length: 18 }, (_, index) => index + 1));
  expect(world.view()).toMatchObject({ hasBefore: false, hasAfter: true, isLoadingBefore: false });
  receive(world, 'live');
  await tick();
  expect(seqs().at(-1)).toBe(18);
  expect(world.view().entry?.lastMessage?.body).toBe('live');
  const newest = world.actions.jumpToNewest('conversation');
  await tick();
  expect(await newest).toBe(true);
  expect(bodiesIn(world).at(-1)).toBe('live');
});

test('a page that cannot be loaded says so, and loads when asked again', async () => {
  const world = await connect(['conversation'], 20);
  world.actions.open('conversation');
  await tick();
  world.network.disconnect();
  world.actions.loadBefore('conversation');
  await tick();
  expect(world.view()).toMatchObject({ loadFailed: 'before', isLoadingBefore: false });
  world.network.connect();
  await tick();
  world.actions.loadBefore('conversation');
  await tick();
  expect(world.view().loadFailed).toBeUndefined();
  expect(world.view().items).toHaveLength(12);
});

test('unread grows with each message of the partner and falls by reading, before the server answers', async () => {
  const world = await connect();
  world.actions.open('conversation');
  receive(world, 'one');
  receive(world, 'two');
  await tick();
  const total = () => world.client.select.totalUnread(world.client.store.getState());
  expect(total()).toBe(2);
  world.actions.markRead('conversation', 1);
  expect(total()).toBe(1);
  world.actions.markRead('conversation', 2);
  expect(total()).toBe(0);
  await tick();
  expect(world.server.conversation('conversation').cursors[ME]?.readSeq).toBe(2);
  expect(requests(world, 'conversation:read')).toHaveLength(1);
  expectFresh(world);
});

test('reading while offline reaches the server after reconnecting', async () => {
  const world = await connect(['conversation'], 2);
  world.network.disconnect();
  world.actions.markRead('conversation', 2);
  await tick();
  world.network.connect();
  await tick();
  expect(world.server.conversation('conversation').cursors[ME]?.readSeq).toBe(2);
});

test('every message of the partner is acknowledged as delivered, many at once', async () => {
  const world = await connect();
  for (let index = 0; index < 5; index++) receive(world, `m${index}`);
  await tick();
  expect(world.server.conversation('conversation').cursors[ME]?.deliveredSeq).toBe(5);
  expect(requests(world, 'conversation:delivered')).toHaveLength(1);
});

test('ticks follow the partner: sent, delivered, read', async () => {
  const world = await connect();
  world.actions.open('conversation');
  world.actions.send('conversation', { text: '안녕' });
  await tick();
  const status = () => world.view().items[0]?.status;
  expect(status()).toBe('sent');
  world.server.moveCursor(PARTNER, 'delivered', 'conversation', 1);
  await tick();
  expect(status()).toBe('delivered');
  world.server.moveCursor(PARTNER, 'read', 'conversation', 1);
  await tick();
  expect(status()).toBe('read');
});

test('only the message that changed gets a new reference', async () => {
  const world = await connect(['conversation'], 3);
  world.actions.open('conversation');
  await tick();
  const before = world.view().items;
  expect(world.view().items).toEqual(before);
  world.server.edit('conversation', 2);
  await tick();
  const { createViewSelector } = await import('#lib/chat-client/views/selectors.ts');
  const select = createViewSelector('conversation');
  const first = select(world.client.store.getState());
  world.server.edit('conversation', 3);
  await tick();
  const second = select(world.client.store.getState());
  expect(second.items[1]).toBe(first.items[1]);
  expect(second.items[2]).not.toBe(first.items[2]);
});

test('the list is sorted by newest activity and keeps its reference while no entry changes', async () => {
  const world = await connect(['conversation-a', 'conversation-b']);
  receive(world, 'older', 'conversation-b');
  receive(world, 'newer', 'conversation-a');
  await tick();
  const list = () => world.client.select.list(world.client.store.getState());
  expect(list().map((entry) => entry.conversationId)).toEqual(['conversation-a', 'conversation-b']);
  const before = list();
  world.server.emit('conversation:typing', { conversationId: 'conversation-a', userId: PARTNER });
  await vi.advanceTimersByTimeAsync(0);
  expect(list()).toBe(before);
});

test('what one client remembers of its list is not another’s', async () => {
  const [own, other] = [await connect(['conversation-a']), await connect(['conversation-b'])];
  const list = () => own.client.select.list(own.client.store.getState());
  const before = list();
  expect(other.client.select.list(other.client.store.getState())[0]?.conversationId).toBe('conversation-b');
  own.client.store.dispatch({ type: 'typing:started', conversationId: 'conversation-a', userId: PARTNER });
  expect(list()).toBe(before);
});

test('typing shows until five seconds pass or the message comes, and is told at most every 2.5 s', async () => {
  const world = await connect(['conversation'], 1);
  const type = async () => {
    world.server.emit('conversation:typing', { conversationId: 'conversation', userId: PARTNER });
    await vi.advanceTimersByTimeAsync(0);
  };
  await type();
  expect(world.view().isPartnerTyping).toBe(true);
  await vi.advanceTimersByTimeAsync(5_000);
  expect(world.view().isPartnerTyping).toBe(false);
  await type();
  receive(world, 'done');
  await tick();
  expect(world.view().isPartnerTyping).toBe(false);

  for (let index = 0; index < 10; index++) world.actions.setTyping('conversation');
  expect(requests(world, 'conversation:typing')).toHaveLength(1);
});

test('a page of another protocol says so, not that it is offline, until a server of its own answers; then all goes', async () => {
  const world = new World();
  world.network.isInstant = true;
  world.start();
  const status = () => world.client.store.getState().connection;
  world.network.refuseProtocol();
  world.actions.send('conversation', { text: 'waits' });
  await vi.advanceTimersByTimeAsync(60_000);
  expect(status()).toBe('outdated');
  expect(world.pageReload.outdated).toHaveBeenCalledTimes(1);
  expect(world.pageReload.connected).not.toHaveBeenCalled();
  world.network.connect();
  await tick();
  expect(status()).toBe('online');
  expect(world.pageReload.connected).toHaveBeenCalledTimes(1);
  expect(world.server.conversation('conversation').log.map(({ body }) => body)).toEqual(['waits']);
});

test('fields and events that only a newer server knows change nothing of what is shown', async () => {
  const world = await connect(['conversation'], 2);
  world.actions.open('conversation');
  await tick();
  const { emit } = world.server;
  const more = { mood: { of: ['a', 'later'], release: 1 } };
  world.server.emit = (name, payload) => emit(name, { ...payload, ...(name !== 'heads' && more) });
  const { answer } = world.server;
  world.server.answer = (event, input) => ({ ...answer.call(world.server, event, input), ...more });
  receive(world, 'live');
  for (const payload of [undefined, { conversationId: 'conversation' }]) {
    world.server.emit('message:sung' as 'presence', payload as never);
  }
  await tick();
  world.network.disconnect();
  receive(world, 'missed');
  world.actions.send('conversation', { text: 'mine' });
  world.network.connect();
  await vi.advanceTimersByTimeAsync(5_000);
  expect(bodiesIn(world)).toEqual(['message 1', 'message 2', 'live', 'missed', 'mine']);
  expect(world.view().items.at(-1)?.status).toBe('sent');
});

test('a typing sign that was taken back is gone at once', async () => {
  const world = await connect(['conversation'], 1);
  world.server.emit('conversation:typing', { conversationId: 'conversation', userId: PARTNER });
  await vi.advanceTimersByTimeAsync(0);
  world.server.emit('conversation:typing-stopped', { conversationId: 'conversation', userId: PARTNER });
  await vi.advanceTimersByTimeAsync(0);
  expect(world.view().isPartnerTyping).toBe(false);
  // The life of the first sign does not end the second's early.
  await vi.advanceTimersByTimeAsync(3_000);
  world.server.emit('conversation:typing', { conversationId: 'conversation', userId: PARTNER });
  await vi.advanceTimersByTimeAsync(3_000);
  expect(world.view().isPartnerTyping).toBe(true);
});

test('clearing the box takes a sign back that may still be shown, and typing again tells at once', async () => {
  const world = await connect(['conversation'], 1);
  world.actions.stopTyping('conversation');
  expect(requests(world, 'conversation:typing-stopped')).toHaveLength(0);
  world.actions.setTyping('conversation');
  world.actions.stopTyping('conversation');
  world.actions.stopTyping('conversation');
  expect(requests(world, 'conversation:typing-stopped')).toHaveLength(1);
  world.actions.setTyping('conversation');
  expect(requests(world, 'conversation:typing')).toHaveLength(2);
  await vi.advanceTimersByTimeAsync(6_000);
  world.actions.stopTyping('conversation');
  expect(requests(world, 'conversation:typing-stopped')).toHaveLength(1);
});

test('presence is known while connected and unknown after the connection is lost', async () => {
  const world = await connect(['conversation'], 1);
  world.server.emit('presence', { userId: PARTNER, online: true, lastSeenAt: null });
  await tick();
  expect(world.view().partnerPresence).toEqual({ online: true, lastSeenAt: null });
  world.network.disconnect();
  await vi.advanceTimersByTimeAsync(1_600);
  expect(world.view().partnerPresence).toBeNull();
});

test('a short loss of the connection is not shown, a longer one is', async () => {
  const world = await connect();
  const connection = () => world.client.store.getState().connection;
  expect(connection()).toBe('online');
  world.network.disconnect();
  await vi.advanceTimersByTimeAsync(1_000);
  expect(connection()).toBe('online');
  await vi.advanceTimersByTimeAsync(1_000);
  expect(connection()).toBe('offline');
  world.network.connect();
  expect(connection()).toBe('online');
});

test('a block set elsewhere shows', async () => {
  const world = await connect(['conversation'], 1);
  world.server.setBlocked('conversation', true);
  await tick();
  expect(world.view().entry?.blocked).toBe(true);
});

test('a client far behind starts over from the newest page', async () => {
  const world = await connect(['conversation'], 3);
  world.actions.open('conversation');
  await tick();
  world.network.disconnect();
  for (let index = 0; index < 30; index++) receive(world, `missed ${index}`);
  world.network.connect();
  await tick();
  expect(world.view().items.map((item) => item.seq)).toEqual([28, 29, 30, 31, 32, 33]);
  expectFresh(world);
});

test('a server restored from a backup is believed', async () => {
  const world = await connect(['conversation'], 5);
  world.actions.open('conversation');
  await tick();
  world.network.disconnect();
  const conversation = world.server.conversation('conversation');
  conversation.log.length = 2;
  conversation.revision = 2;
  conversation.cursors[ME] = { userId: ME, deliveredSeq: 2, readSeq: 0 };
  world.network.connect();
  await tick();
  expectFresh(world);
});
