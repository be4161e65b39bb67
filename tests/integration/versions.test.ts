import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { createConnection } from '#lib/chat-client/connection/connection.ts';
import { PROTOCOL } from '#lib/realtime/protocol.ts';
import { setUpDatabase } from '../support/database.ts';
import { connectClient, openClient, startLive } from '../support/live.ts';
import { addPair, addPerson, type Person } from '../support/people.ts';
import { makeTransportHandlers } from '../support/transport-handlers.ts';

/** Pages and servers of different releases that meet. */
await setUpDatabase();

type Live = Awaited<ReturnType<typeof startLive>>;
let present: Live;
/** The next release, which still takes this one's pages. */
let next: Live;
/** The release after, which takes them no more. */
let later: Live;
beforeAll(async () => {
  later = await startLive({ protocols: { oldest: PROTOCOL + 1, newest: PROTOCOL + 2 } });
  next = await startLive({ protocols: { oldest: PROTOCOL, newest: PROTOCOL + 1 } });
  // The last one is where this process publishes.
  present = await startLive();
});
const stops: (() => void)[] = [];
afterEach(() => {
  for (const stop of stops.splice(0)) stop();
});
afterAll(() => Promise.all([present, next, later].map((live) => live.close())));

/** The product's own connection, as a page of the release with this protocol opens it. */
function openPage(live: Live, { userId, cookie }: Person, protocol?: number) {
  const heard = makeTransportHandlers();
  const transport = createConnection(userId, live.url, {
    extraHeaders: { cookie },
    ...(protocol !== undefined && { auth: { userId, protocol } }),
  });
  stops.push(() => transport.stop());
  transport.start(heard);
  return { heard, transport };
}

const send = ({ transport }: ReturnType<typeof openPage>, conversationId: string, more = {}) =>
  transport.request('message:send', { conversationId, clientId: 'x', body: '안녕', ...more });

test('this page talks with this server, and with the next that still takes it', async () => {
  for (const live of [present, next]) {
    const { first, conversationId } = await addPair();
    const page = openPage(live, first);
    await vi.waitFor(() => expect(page.heard.connected).toHaveBeenCalled());
    expect(await send(page, conversationId)).toMatchObject({ ok: true, message: { seq: 1 } });
    expect(page.heard.outdated).not.toHaveBeenCalled();
  }
});

test.each([
  ['this page, a server that takes it no more', () => later, undefined],
  ['a page of the next release, this server', () => present, PROTOCOL + 1],
  ['a page from before the first number, this server', () => present, 0],
])(
  '%s: the page hears that it is outdated, not that its session ended, and goes on trying',
  async (_, live, protocol) => {
    const { heard } = openPage(live(), await addPerson('손님'), protocol);
    await vi.waitFor(() => expect(heard.outdated.mock.calls.length).toBeGreaterThan(1), { timeout: 10_000 });
    expect(heard.connected).not.toHaveBeenCalled();
    expect(heard.ended).not.toHaveBeenCalled();
  },
);

test('a client that names no protocol is taken for one of the present', async () => {
  const { first, conversationId } = await addPair();
  for (const live of [present, next, later]) {
    const client = await connectClient(live.url, first.cookie);
    stops.push(() => client.disconnect());
    const ack = await client.emitWithAck('conversation:history', { conversationId });
    expect(ack).toMatchObject({ ok: true });
  }
});

test.each(['1', 1.5, null, {}, Number.MAX_SAFE_INTEGER])(
  'the protocol %j is refused as such',
  async (protocol) => {
    const { cookie, userId } = await addPerson('손님');
    const client = openClient(present.url, { cookie, auth: { userId, protocol } });
    stops.push(() => client.disconnect());
    const error = await new Promise<Error & { data?: unknown }>((resolve) =>
      client.once('connect_error', resolve),
    );
    expect(error.data).toEqual({ code: 'protocol' });
  },
);

const UNKNOWN = { mood: 'calm', nested: { of: ['a', 'later', 'release'] } };

test('fields that only a newer client knows are dropped in every event, and a message with them is stored', async () => {
  const { first, second, conversationId } = await addPair();
  const page = openPage(present, first);
  const { heard } = openPage(present, second);
  await vi.waitFor(() => expect(heard.connected).toHaveBeenCalled());
  await vi.waitFor(() => expect(page.heard.connected).toHaveBeenCalled());
  const sent = await send(page, conversationId, UNKNOWN);
  expect(sent).toMatchObject({ ok: true, message: { body: '안녕' } });
  expect(JSON.stringify(sent)).not.toContain('calm');
  const before = { at: '2999-01-01T00:00:00Z', conversationId, ...UNKNOWN };
  for (const [event, input] of [
    ['conversation:delivered', { conversationId, seq: 1 }],
    ['conversation:read', { conversationId, seq: 1 }],
    ['conversation:history', { conversationId }],
    ['conversation:sync', { conversationId, afterRevision: 0 }],
    ['conversation:list', { before }],
  ] as const) {
    const ack = await page.transport.request(event, { ...input, ...UNKNOWN } as never);
    expect(ack, event).toMatchObject({ ok: true });
  }
  for (const event of ['conversation:typing', 'conversation:typing-stopped'] as const) {
    page.transport.tell(event, { conversationId, ...UNKNOWN });
    await vi.waitFor(() =>
      expect(heard.on[event]).toHaveBeenCalledWith({ conversationId, userId: first.userId }),
    );
  }
});
