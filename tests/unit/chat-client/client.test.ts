import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { selectConversationList, selectTotalUnread } from '#lib/chat-client/selectors.ts';
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

async function connect(rooms = ['room'], messages = 0) {
  const world = new World(rooms);
  for (let index = 1; index <= messages; index++) receive(world, `message ${index}`);
  world.network.isInstant = true;
  world.start();
  world.network.connect();
  await vi.advanceTimersByTimeAsync(1_000);
  return world;
}

const receive = (world: World, body: string, room = 'room') =>
  world.server.send(PARTNER, { conversationId: room, clientId: `c${world.server.clock}`, body });
const tick = () => vi.advanceTimersByTimeAsync(500);
const requests = (world: World, event: string) => world.network.sent.filter((s) => s.event === event);

test('a room that is not in the list is opened with its entry', async () => {
  const world = await connect(['room'], 3);
  world.actions.open('room');
  await tick();
  expect(world.view()).toMatchObject({ status: 'ready', hasBefore: false, hasAfter: false });
  expect(world.view().messages).toHaveLength(3);
});

test('a room that is not there or not mine is not found', async () => {
  const world = await connect();
  world.actions.open('elsewhere');
  await tick();
  expect(world.view('elsewhere').status).toBe('not_found');
});

test('a room opened while offline loads once connected', async () => {
  const world = await connect(['room'], 2);
  world.network.disconnect();
  world.actions.open('room');
  await tick();
  expect(world.view().status).toBe('loading');
  world.network.connect();
  await tick();
  expect(world.view().status).toBe('ready');
});

test('what is seeded shows at once and is brought up to date', async () => {
  const world = new World();
  receive(world, 'seeded');
  const page = world.server.history({ conversationId: 'room' });
  if (!page.ok) throw new Error('no page');
  const seed = structuredClone({ page, entry: world.server.entry('room') });
  receive(world, 'missed between page and connection');
  world.network.isInstant = true;
  world.start();
  world.actions.open('room', seed);
  expect(world.view().messages.map((m) => m.body)).toEqual(['seeded']);
  world.network.connect();
  await tick();
  expect(world.view().messages.map((m) => m.body)).toEqual(['seeded', 'missed between page and connection']);
});

test('a jump waits for a connection, and says when there is no such message', async () => {
  const world = await connect(['room'], 40);
  world.actions.open('room');
  await tick();
  world.network.disconnect();
  const jump = world.actions.jumpTo('room', 10);
  await tick();
  world.network.connect();
  await tick();
  expect(await jump).toBe('there');
  const late = world.actions.jumpTo('room', 20);
  const missing = world.actions.jumpTo('room', 900);
  await tick();
  expect([await late, await missing]).toEqual(['dropped', 'missing']);
});

test('after ten minutes without a connection all that was said on both sides is there, once', async () => {
  const world = await connect(['room'], 5);
  world.actions.open('room');
  await tick();
  world.network.disconnect();
  for (let minute = 1; minute <= 10; minute++) {
    world.actions.send('room', `mine ${minute}`);
    receive(world, `theirs ${minute}`);
    await vi.advanceTimersByTimeAsync(60_000);
  }
  expect(world.view().messages.filter(({ status }) => status === 'sending')).toHaveLength(10);
  await world.settle();
  const bodies = world.view().messages.map(({ body }) => body);
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
  const world = await connect(['room'], 40);
  world.actions.open('room');
  await tick();
  const seqs = () => world.view().messages.map((message) => message.seq);
  expect(seqs()).toEqual([35, 36, 37, 38, 39, 40]);
  const { windowId } = world.view();
  const jump = world.actions.jumpTo('room', 10);
  await tick();
  expect(await jump).toBe('there');
  expect(seqs()).toEqual([7, 8, 9, 10, 11, 12]);
  expect(world.view().windowId).not.toBe(windowId);
  world.actions.loadBefore('room');
  expect(world.view().isLoadingBefore).toBe(true);
  world.actions.loadAfter('room');
  await tick();
  expect(seqs()).toEqual(Array.from({ length: 18 }, (_, index) => index + 1));
  expect(world.view()).toMatchObject({ hasBefore: false, hasAfter: true, isLoadingBefore: false });
  receive(world, 'live');
  await tick();
  expect(seqs().at(-1)).toBe(18);
  expect(world.view().entry?.lastMessage?.body).toBe('live');
  const newest = world.actions.jumpToNewest('room');
  await tick();
  expect(await newest).toBe(true);
  expect(world.view().messages.at(-1)?.body).toBe('live');
});

test('a page that cannot be loaded says so, and loads when asked again', async () => {
  const world = await connect(['room'], 20);
  world.actions.open('room');
  await tick();
  world.network.disconnect();
  world.actions.loadBefore('room');
  await tick();
  expect(world.view()).toMatchObject({ loadFailed: 'before', isLoadingBefore: false });
  world.network.connect();
  await tick();
  world.actions.loadBefore('room');
  await tick();
  expect(world.view().loadFailed).toBeUndefined();
  expect(world.view().messages).toHaveLength(12);
});

test('unread grows with each message of the partner and falls by reading, before the server answers', async () => {
  const world = await connect();
  world.actions.open('room');
  receive(world, 'one');
  receive(world, 'two');
  await tick();
  const total = () => selectTotalUnread(world.client.store.getState());
  expect(total()).toBe(2);
  world.actions.markRead('room', 1);
  expect(total()).toBe(1);
  world.actions.markRead('room', 2);
  expect(total()).toBe(0);
  await tick();
  expect(world.server.room('room').cursors[ME]?.readSeq).toBe(2);
  expect(requests(world, 'conversation:read')).toHaveLength(1);
  expectFresh(world);
});

test('reading while offline reaches the server after reconnecting', async () => {
  const world = await connect(['room'], 2);
  world.network.disconnect();
  world.actions.markRead('room', 2);
  await tick();
  world.network.connect();
  await tick();
  expect(world.server.room('room').cursors[ME]?.readSeq).toBe(2);
});

test('every message of the partner is acknowledged as delivered, many at once', async () => {
  const world = await connect();
  for (let index = 0; index < 5; index++) receive(world, `m${index}`);
  await tick();
  expect(world.server.room('room').cursors[ME]?.deliveredSeq).toBe(5);
  expect(requests(world, 'conversation:delivered')).toHaveLength(1);
});

test('ticks follow the partner: sent, delivered, read', async () => {
  const world = await connect();
  world.actions.open('room');
  world.actions.send('room', '안녕');
  await tick();
  const status = () => world.view().messages[0]?.status;
  expect(status()).toBe('sent');
  world.server.moveCursor(PARTNER, 'delivered', 'room', 1);
  await tick();
  expect(status()).toBe('delivered');
  world.server.moveCursor(PARTNER, 'read', 'room', 1);
  await tick();
  expect(status()).toBe('read');
});

test('only the message that changed gets a new reference', async () => {
  const world = await connect(['room'], 3);
  world.actions.open('room');
  await tick();
  const before = world.view().messages;
  expect(world.view().messages).toEqual(before);
  world.server.change('room', 2, 'edit');
  await tick();
  const { createViewSelector } = await import('#lib/chat-client/selectors.ts');
  const select = createViewSelector('room');
  const first = select(world.client.store.getState());
  world.server.change('room', 3, 'edit');
  await tick();
  const second = select(world.client.store.getState());
  expect(second.messages[1]).toBe(first.messages[1]);
  expect(second.messages[2]).not.toBe(first.messages[2]);
});

test('the list is sorted by newest activity and keeps its reference while no entry changes', async () => {
  const world = await connect(['room-a', 'room-b']);
  receive(world, 'older', 'room-b');
  receive(world, 'newer', 'room-a');
  await tick();
  const list = () => selectConversationList(world.client.store.getState());
  expect(list().map((entry) => entry.conversationId)).toEqual(['room-a', 'room-b']);
  const before = list();
  world.server.emit('conversation:typing', { conversationId: 'room-a', userId: PARTNER });
  await vi.advanceTimersByTimeAsync(0);
  expect(list()).toBe(before);
});

test('typing shows until five seconds pass or the message comes, and is told at most every 2.5 s', async () => {
  const world = await connect(['room'], 1);
  const type = async () => {
    world.server.emit('conversation:typing', { conversationId: 'room', userId: PARTNER });
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

  for (let index = 0; index < 10; index++) world.actions.setTyping('room');
  expect(requests(world, 'conversation:typing')).toHaveLength(1);
});

test('presence is known while connected and unknown after the connection is lost', async () => {
  const world = await connect(['room'], 1);
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
  const world = await connect(['room'], 1);
  world.server.setBlocked('room', true);
  await tick();
  expect(world.view().entry?.blocked).toBe(true);
});

test('a client far behind starts over from the newest page', async () => {
  const world = await connect(['room'], 3);
  world.actions.open('room');
  await tick();
  world.network.disconnect();
  for (let index = 0; index < 30; index++) receive(world, `missed ${index}`);
  world.network.connect();
  await tick();
  expect(world.view().messages.map((message) => message.seq)).toEqual([28, 29, 30, 31, 32, 33]);
  expectFresh(world);
});

test('a server restored from a backup is believed', async () => {
  const world = await connect(['room'], 5);
  world.actions.open('room');
  await tick();
  world.network.disconnect();
  const room = world.server.room('room');
  room.log.length = 2;
  room.revision = 2;
  room.cursors[ME] = { userId: ME, deliveredSeq: 2, readSeq: 0 };
  world.network.connect();
  await tick();
  expectFresh(world);
});
