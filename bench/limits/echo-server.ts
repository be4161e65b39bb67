import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Server } from 'socket.io';

/** A bare Socket.IO server that echoes each send and stores nothing. */
const httpServer = createServer();
const io = new Server(httpServer, { serveClient: false, perMessageDeflate: false });
io.on('connection', (socket) => {
  socket.on('message:send', (message: unknown, done: (ack: object) => void) => done({ ok: true, message }));
});
httpServer.listen(0, '127.0.0.1', () => {
  console.log(`echo at http://127.0.0.1:${(httpServer.address() as AddressInfo).port}`);
});
