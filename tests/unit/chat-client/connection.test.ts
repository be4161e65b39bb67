import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Server, type Socket } from 'socket.io';
import { afterEach, beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import { createConnection } from '#lib/chat-client/connection/connection.ts';
import { getReconnectDelay } from '#lib/chat-client/connection/reconnect-delay.ts';
import type { Transport } from '#lib/chat-client/connection/transport.ts';
import { PROTOCOL } from '#lib/realtime/protocol.ts';
import { makeTransportHandlers } from '../../support/transport-handlers.ts';

vi.mock('#lib/chat-client/connection/reconnect-delay.ts', { spy: true });

let io: Server;
let origin: string;
let transport: Transport;
/** What the next handshakes are refused with, in order; then all are let in. */
let refusals: string[];
const handlers = makeTransportHandlers();
const { on } = handlers;

beforeEach(async () => {
  vi.clearAllMocks();
  refusals = [];
  const http = createServer();
  io = new Server(http, { path: '/socket.io/' });
  io.use((socket, next) => {
    const code = socket.handshake.auth.userId === 'me' ? refusals.shift() : 'unauthorized';
    next(code ? Object.assign(new Error(code), { data: { code } }) : undefined);
  });
  io.on('connection', (socket) => {
    socket.on('conversation:list', (_, ack) => ack({ ok: true, conversations: [], more: false }));
  });
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(http.address() as AddressInfo).port}`;
  transport = createConnection('me', origin);
});

afterEach(async () => {
  transport.stop();
  await io.close();
});

const serverSockets = () => [...io.sockets.sockets.values()] as Socket[];
const waitConnected = (times = 1) =>
  vi.waitFor(() => expect(handlers.connected).toHaveBeenCalledTimes(times), { timeout: 5_000 });

test('connects over WebSocket, asks, and hears each event', async () => {
  transport.start(handlers);
  await waitConnected();
  expect(serverSockets()[0]?.conn.transport.name).toBe('websocket');
  expect(await transport.request('conversation:list', {})).toEqual({
    ok: true,
    conversations: [],
    more: false,
  });
  for (const [name, handler] of Object.entries(on)) {
    io.emit(name, { of: name });
    await vi.waitFor(() => expect(handler.mock.calls).toEqual([[{ of: name }]]));
  }
});

test('a request without a connection answers null at once', async () => {
  expect(await transport.request('conversation:list', {})).toBeNull();
});

test('a request answers null when the connection breaks before the answer', async () => {
  transport.start(handlers);
  await waitConnected();
  const answer = transport.request('conversation:sync', { conversationId: 'conversation', afterRevision: 0 });
  serverSockets()[0]?.conn.close();
  expect(await answer).toBeNull();
});

test('a connection that leaves questions unanswered is replaced', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  onTestFinished(() => void vi.useRealTimers());
  transport.start(handlers);
  await expect.poll(() => handlers.connected.mock.calls.length).toBe(1);
  serverSockets()[0]?.removeAllListeners('conversation:list');
  const answer = transport.request('conversation:list', {});
  await vi.advanceTimersByTimeAsync(10_000);
  expect(await answer).toBeNull();
  await vi.advanceTimersByTimeAsync(3_000);
  await expect.poll(() => handlers.connected.mock.calls.length).toBe(2);
  expect(await transport.request('conversation:list', {})).toMatchObject({ ok: true });
});

test('comes back after the connection breaks, and after the server says good-bye', async () => {
  transport.start(handlers);
  await waitConnected();
  serverSockets()[0]?.conn.close();
  await waitConnected(2);
  io.disconnectSockets();
  await waitConnected(3);
  expect(handlers.disconnected).toHaveBeenCalledTimes(2);
  expect(handlers.ended).not.toHaveBeenCalled();
});

test('a handshake refused for now is tried again', async () => {
  refusals = ['unavailable', 'rate_limited'];
  transport.start(handlers);
  await waitConnected();
  expect(handlers.ended).not.toHaveBeenCalled();
});

test('the handshake names the protocol; where the server speaks another, that is told and tried again', async () => {
  refusals = ['protocol', 'protocol'];
  transport.start(handlers);
  await waitConnected();
  expect(serverSockets()[0]?.handshake.auth).toEqual({ userId: 'me', protocol: PROTOCOL });
  expect(handlers.outdated).toHaveBeenCalledTimes(2);
  expect(handlers.ended).not.toHaveBeenCalled();
  expect(vi.mocked(getReconnectDelay).mock.calls).toEqual([[0], [1]]);
});

test('a refusal with a code that only a newer server knows is tried again', async () => {
  refusals = ['of a later release'];
  transport.start(handlers);
  await waitConnected();
  io.emit('message:sung', { conversationId: 'conversation' });
  io.emit('presence', { userId: 'you', online: true, lastSeenAt: null, mood: 'calm' });
  await vi.waitFor(() => expect(on.presence).toHaveBeenCalledOnce());
  expect(on['message:new']).not.toHaveBeenCalled();
  expect(handlers.outdated).not.toHaveBeenCalled();
});

test('waking up reconnects at once instead of waiting', async () => {
  refusals = ['unavailable'];
  vi.mocked(getReconnectDelay).mockReturnValueOnce(3_600_000);
  transport.start(handlers);
  await vi.waitFor(() => expect(getReconnectDelay).toHaveBeenCalled());
  transport.wake();
  await waitConnected();
});

test('waking up leaves a living connection alone', async () => {
  transport.start(handlers);
  await waitConnected();
  transport.wake();
  await transport.request('conversation:list', {});
  expect(handlers.disconnected).not.toHaveBeenCalled();
});

test('a session that is over, or another account’s cookie, ends the connection for good', async () => {
  refusals = ['unauthorized'];
  transport.start(handlers);
  await vi.waitFor(() => expect(handlers.ended).toHaveBeenCalledTimes(1));
  const stranger = createConnection('somebody-else', origin);
  const ended = vi.fn();
  stranger.start({ ...handlers, ended });
  await vi.waitFor(() => expect(ended).toHaveBeenCalledTimes(1));
  stranger.stop();
  expect(handlers.connected).not.toHaveBeenCalled();
});

test('the server’s word that the session ended is the last', async () => {
  transport.start(handlers);
  await waitConnected();
  io.emit('session:ended', {});
  await vi.waitFor(() => expect(handlers.ended).toHaveBeenCalledTimes(1));
  expect(transport.isConnected()).toBe(false);
  await vi.waitFor(() => expect(serverSockets()).toEqual([]));
});
