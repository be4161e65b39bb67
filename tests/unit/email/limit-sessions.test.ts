import { once } from 'node:events';
import { type AddressInfo, connect, createServer } from 'node:net';
import { expect, test } from 'vitest';
import { limitSessions } from '#lib/email/reply/limit-sessions.ts';

/** A server that greets whom the limit lets in, and turns others away. */
async function start(options: Parameters<typeof limitSessions>[1]) {
  const server = createServer((socket) => {
    socket.on('error', () => {});
    // As the listener does, only after the connection was counted.
    setImmediate(() => socket.write(isWelcome(socket.remoteAddress ?? '') ? 'welcome' : 'full'));
  });
  const isWelcome = limitSessions(server, options);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    server,
    open: () =>
      connect(port, '127.0.0.1')
        .on('error', () => {})
        .setEncoding('utf8'),
  };
}

test('one address holds three places, and gets another when it leaves one', async () => {
  const { server, open } = await start({ isExempt: () => false });
  const sockets = [open(), open(), open()];
  for (const socket of sockets) expect(await once(socket, 'data')).toEqual(['welcome']);
  const fourth = open();
  expect(await once(fourth, 'data')).toEqual(['full']);
  for (const socket of [fourth, sockets[0]]) {
    const left = once(socket as typeof fourth, 'close');
    socket?.destroy();
    await left;
  }
  // The server hears of it a moment later.
  let heard = '';
  while (heard !== 'welcome') {
    const next = open();
    [heard] = await once(next, 'data');
    sockets.push(next);
    if (heard === 'full') next.destroy();
  }
  for (const socket of sockets) socket.destroy();
  server.close();
});

test('this machine itself is not counted', async () => {
  const { server, open } = await start({});
  const sockets = Array.from({ length: 5 }, open);
  for (const socket of sockets) expect(await once(socket, 'data')).toEqual(['welcome']);
  for (const socket of sockets) socket.destroy();
  server.close();
});

test('a connection that goes on and on is ended', async () => {
  const { server, open } = await start({ sessionMs: 100 });
  const socket = open();
  const trickle = setInterval(() => socket.write('x'), 10);
  await new Promise((resolve) => socket.once('close', resolve));
  clearInterval(trickle);
  server.close();
});
