import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo, Socket as Wire } from 'node:net';
import { Server, type Socket } from 'socket.io';
import { io } from 'socket.io-client';
import { expect, onTestFinished, test, vi } from 'vitest';
import WebSocket from 'ws';
import { gatherWrites } from '#lib/realtime/patches/gather-writes.ts';

/** A server whose connections gather. */
async function listen() {
  const httpServer = createServer();
  const server = new Server(httpServer);
  server.engine.on('connection', gatherWrites);
  httpServer.listen(0, '127.0.0.1');
  await once(httpServer, 'listening');
  onTestFinished(() => server.close());
  const arrival = new Promise<Socket>((resolve) => server.on('connection', resolve));
  return { url: `http://127.0.0.1:${(httpServer.address() as AddressInfo).port}`, arrival };
}

/** One client of such a server. */
async function connect(transport: 'websocket' | 'polling') {
  const { url, arrival } = await listen();
  const client = io(url, { transports: [transport], forceNew: true, reconnection: false });
  onTestFinished(() => void client.disconnect());
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

test('what is said right before the end is heard also where an upgrade to websocket ends then', async () => {
  const { url, arrival } = await listen();
  const poll = `${url}/socket.io/?EIO=4&transport=polling`;
  const { sid } = JSON.parse((await (await fetch(poll)).text()).slice(1)) as { sid: string };
  await fetch(`${poll}&sid=${sid}`, { method: 'POST', body: '40' });
  const socket = await arrival;
  await fetch(`${poll}&sid=${sid}`);
  const line = new WebSocket(`${url.replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket&sid=${sid}`);
  const heard: string[] = [];
  line.on('message', (data: Buffer) => heard.push(data.toString()));
  const closed = once(line, 'close');
  await once(line, 'open');
  line.send('2probe');
  await once(line, 'message');
  socket.emit('last words', 1);
  socket.disconnect(true);
  line.send('5');
  await closed;
  expect(heard).toEqual(['3probe', '42["last words",1]', '41']);
});
