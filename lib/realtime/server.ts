import type { Server as HttpServer, IncomingMessage } from 'node:http';
import { Server } from 'socket.io';
import { findLiveSession } from '#lib/auth/sessions/sessions.ts';
import { readSession } from '#lib/auth/sessions/socket-session.ts';
import { getAllowedOrigins } from '#lib/runtime/env.ts';
import { getLog } from '#lib/runtime/log.ts';
import { consumeLimit } from '#lib/runtime/rate-limit.ts';
import { closeRedis, getPubSub, subscriptionsStand } from '#lib/runtime/redis.ts';
import type { ErrorCode } from '../chat/types.ts';
import { getCounters } from '../operations/counters.ts';
import { cutFaulty } from './guards/cut-faulty.ts';
import { cutFloods } from './guards/cut-floods.ts';
import { startSessionSweep } from './guards/session-sweep.ts';
import { cutSlowReader } from './guards/slow-reader.ts';
import { createHandlers } from './handlers.ts';
import { findHeads, sendHeads, startHeads } from './heads.ts';
import { type ChatServer, type ChatSocket, sessionRoom, userRoom } from './io.ts';
import { createPort } from './io-port.ts';
import { gatherWrites } from './patches/gather-writes.ts';
import { checkLines } from './patches/line.ts';
import { createLocalFirstAdapter } from './patches/local-first-adapter.ts';
import { setRealtime } from './port.ts';
import { createPresence } from './presence/presence.ts';
import { ACCEPTED_PROTOCOLS, acceptsProtocol, SOCKET_PATH } from './protocol.ts';
import { publishEvents } from './publish-events.ts';

/** Largest packet from a client, Socket.IO's own default: a body far too long is answered, not cut off. */
const MAX_PACKET_BYTES = 1_000_000;

/** Connections of one person on this node: more tabs and devices than anybody has. The newest is refused and tries again. */
const MAX_CONNECTIONS = 50;

/**
 * Attaches the live side to the HTTP server: authentication, handlers, heads, presence, and, with
 * REDIS_URL, delivery between nodes. `close` ends connections and waits for what is in flight. `protocols`
 * are those it takes; tests stand in for another release by it.
 */
export async function attachRealtime(
  httpServer: HttpServer,
  { protocols = ACCEPTED_PROTOCOLS } = {},
): Promise<{ close(): Promise<void> }> {
  checkLines();
  const io = createSocketServer(httpServer);
  attachAdapter(io);
  const presence = createPresence(io);
  const port = createPort(io, { tellPresence: presence.tell });
  setRealtime(port);
  publishEvents(port);
  const handlers = createHandlers();

  io.use(async (socket, next) => {
    const code = await findRefusal(io, socket, protocols);
    if (code) next(Object.assign(new Error(code), { data: { code } }));
    else next();
  });
  io.on('connection', (socket) => {
    getCounters().connections += 1;
    socket.on('disconnect', () => {
      getCounters().connections -= 1;
    });
    cutSlowReader(socket);
    const noteFault = cutFaulty(socket);
    handlers.listen(socket, noteFault);
    presence.connect(socket);
    void welcome(socket);
  });

  const stopHeads = startHeads(io);
  const stopSweep = startSessionSweep(io);
  return {
    async close() {
      stopHeads();
      stopSweep();
      await handlers.drain();
      const userIds = [...io.sockets.sockets.values()].map((socket) => socket.data.userId);
      io.local.disconnectSockets(true);
      await presence.close(userIds);
      await io.close();
      await closeRedis();
    },
  };
}

function createSocketServer(httpServer: HttpServer): ChatServer {
  const io: ChatServer = new Server(httpServer, {
    path: SOCKET_PATH,
    serveClient: false,
    destroyUpgrade: false,
    maxHttpBufferSize: MAX_PACKET_BYTES,
    perMessageDeflate: false,
    allowRequest: (request, done) => done(null, isAllowedOrigin(request)),
  });
  io.engine.on('connection', cutFloods);
  io.engine.on('connection', gatherWrites);
  return io;
}

/** Why a handshake is refused; null when it is not, and then `socket.data` says whose connection it is. */
async function findRefusal(
  io: ChatServer,
  socket: ChatSocket,
  protocols: typeof ACCEPTED_PROTOCOLS,
): Promise<ErrorCode | 'protocol' | null> {
  const named = (socket.handshake.auth ?? {}) as Record<string, unknown>;
  const { userId: expected } = named;
  if (!acceptsProtocol(protocols, named)) return 'protocol';
  const session = await readSession(socket.request.headers.cookie).catch((error) => {
    getLog().error({ err: error }, 'session lookup failed');
    return undefined;
  });
  if (session === undefined) return 'unavailable';
  // A page that was rendered for one account must not act for another that logged in since.
  if (!session || (expected !== undefined && expected !== session.userId)) return 'unauthorized';
  const allowance = await consumeLimit('connect', session.userId);
  if (!allowance.ok || countConnections(io, session.userId) >= MAX_CONNECTIONS) return 'rate_limited';
  socket.data = session;
  return null;
}

/**
 * Joins the rooms, then tells where things stand: in this order nothing falls between. The session
 * may have ended after the handshake's look and before the join, so it is looked at once more.
 */
async function welcome(socket: ChatSocket): Promise<void> {
  const { userId, sessionId } = socket.data;
  try {
    await socket.join([userRoom(userId), sessionRoom(sessionId)]);
    await subscriptionsStand();
    const [session, heads] = await Promise.all([findLiveSession(sessionId), findHeads(userId)]);
    if (session) return sendHeads(socket, heads);
    socket.emit('session:ended', {});
  } catch (error) {
    getLog().warn({ err: error }, 'connection not welcomed');
  }
  socket.disconnect(true);
}

function countConnections(io: ChatServer, userId: string): number {
  return io.sockets.adapter.rooms.get(userRoom(userId))?.size ?? 0;
}

function attachAdapter(io: ChatServer): void {
  const clients = getPubSub();
  if (clients) io.adapter(createLocalFirstAdapter(clients.publisher, clients.subscriber));
}

/** CORS does not guard WebSocket upgrades, so the Origin is judged here; no Origin means no browser. */
function isAllowedOrigin(request: IncomingMessage): boolean {
  const { origin } = request.headers;
  return origin === undefined || getAllowedOrigins().includes(origin);
}
