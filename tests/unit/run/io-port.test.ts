import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Server } from 'socket.io';
import { ClusterAdapter } from 'socket.io-adapter';
import { io } from 'socket.io-client';
import { expect, onTestFinished, test } from 'vitest';
import { sessionRoom, userRoom } from '#lib/realtime/io.ts';
import { createPort } from '#lib/realtime/io-port.ts';

/** As with a Redis that takes in what is published and never answers. */
class HangingAdapter extends ClusterAdapter {
  static make(namespace: unknown) {
    return new HangingAdapter(namespace);
  }
  protected override doPublish(): Promise<string> {
    return new Promise(() => {});
  }
  protected override doPublishResponse(): Promise<void> {
    return new Promise(() => {});
  }
}

test('an ended session is cut on its own node, whatever becomes of the word to the others', async () => {
  const httpServer = createServer();
  const server = new Server(httpServer);
  server.adapter(function makeAdapter(namespace: unknown) {
    return HangingAdapter.make(namespace);
  } as never);
  onTestFinished(() => server.close());
  server.on('connection', (socket) => void socket.join(sessionRoom(String(socket.handshake.auth.session))));
  httpServer.listen(0, '127.0.0.1');
  await once(httpServer, 'listening');
  const url = `http://127.0.0.1:${(httpServer.address() as AddressInfo).port}`;
  const [ended, other] = await Promise.all(
    ['ended', 'other'].map(async (session) => {
      const client = io(url, { auth: { session }, forceNew: true, reconnection: false });
      onTestFinished(() => void client.disconnect());
      await new Promise<void>((resolve) => client.on('connect', resolve));
      return client;
    }),
  );
  const reason = new Promise((resolve) => ended?.on('disconnect', resolve));
  createPort(server, { tellPresence() {} }).endSessions(['ended']);
  expect(await reason).toBe('io server disconnect');
  expect(other?.connected).toBe(true);
});

test('what is for nobody reaches nobody', async () => {
  const httpServer = createServer();
  const server = new Server(httpServer);
  onTestFinished(() => server.close());
  server.on('connection', (socket) => void socket.join(userRoom('here')));
  httpServer.listen(0, '127.0.0.1');
  await once(httpServer, 'listening');
  const client = io(`http://127.0.0.1:${(httpServer.address() as AddressInfo).port}`, { forceNew: true });
  onTestFinished(() => void client.disconnect());
  const heard: string[] = [];
  client.onAny((_, { userId }) => heard.push(userId));
  await new Promise<void>((resolve) => client.on('connect', resolve));

  const port = createPort(server, { tellPresence() {} });
  const event = { online: true, lastSeenAt: null };
  port.publish([], 'presence', { userId: 'nobody', ...event });
  port.publish(['here'], 'presence', { userId: 'here', ...event });
  await expect.poll(() => heard).toEqual(['here']);
});
