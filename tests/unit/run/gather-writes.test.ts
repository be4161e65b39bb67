import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo, Socket as Wire } from 'node:net';
import { Server } from 'socket.io';
import { io } from 'socket.io-client';
import { expect, onTestFinished, test, vi } from 'vitest';
import { gatherWrites } from '#lib/realtime/gather-writes.ts';

/** A server whose connections gather, and one client of it. */
async function connect(transport: 'websocket' | 'polling') {
  const httpServer = createServer();
  const server = new Server(httpServer);
  server.engine.on('connection', gatherWrites);
  httpServer.listen(0, '127.0.0.1');
  await once(httpServer, 'listening');
  const { port } = httpServer.address() as AddressInfo;
  const client = io(`http://127.0.0.1:${port}`, {
    transports: [transport],
    forceNew: true,
    reconnection: false,
  });
  onTestFinished(async () => {
    client.disconnect();
    await server.close();
  });
  const arrival = new Promise<import('socket.io').Socket>((resolve) => server.on('connection', resolve));
  const heard: unknown[][] = [];
  client.onAny((...event) => heard.push(event));
  const [socket] = await Promise.all([
    arrival,
    new Promise<void>((resolve) => client.on('connect', resolve)),
  ]);
  return { client, socket, heard };
}

for (const transport of ['websocket', 'polling'] as const) {
  test(`by ${transport}, what is said in one turn and before the end is heard, in its order`, async () => {
    const { client, socket, heard } = await connect(transport);
    const ended = new Promise((resolve) => client.on('disconnect', resolve));
    socket.on('ask', (done: (answer: string) => void) => {
      socket.emit('before', 1);
      done('answer');
      socket.emit('after', 2);
      void Promise.resolve().then(() => {
        socket.emit('later in the turn', 3);
        socket.disconnect(true);
      });
    });
    const answer = client.emitWithAck('ask').then((value) => heard.push(['answer', value]));
    await Promise.all([ended, answer]);
    expect(heard.filter(([name]) => name !== 'answer')).toEqual([
      ['before', 1],
      ['after', 2],
      ['later in the turn', 3],
    ]);
    expect(heard).toContainEqual(['answer', 'answer']);
  });
}

test('by websocket they are one write', async () => {
  const { client, socket, heard } = await connect('websocket');
  const { _socket: wire } = (socket.conn.transport as unknown as { socket: { _socket: Wire } }).socket;
  const together = vi.spyOn(wire, '_writev' as never);
  const single = vi.spyOn(wire, '_write' as never);
  const last = new Promise((resolve) => client.on('last', resolve));
  for (const name of ['first', 'second']) socket.emit(name, name);
  await Promise.resolve();
  socket.emit('last', 'last');
  await last;
  expect(heard).toEqual(['first', 'second', 'last'].map((name) => [name, name]));
  expect(together).toHaveBeenCalledTimes(1);
  expect(single).not.toHaveBeenCalled();
});
