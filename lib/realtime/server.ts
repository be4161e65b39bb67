import type { Server as HttpServer, IncomingMessage } from 'node:http';
import { Server } from 'socket.io';
import { findLiveSession } from '../auth/sessions.ts';
import { readSession } from '../auth/socket-session.ts';
import type { ErrorCode } from '../chat/types.ts';
import { getAllowedOrigins } from '../env.ts';
import { getLog } from '../log.ts';
import { getCounters } from '../operations/counters.ts';
import { consumeLimit } from '../rate-limit.ts';
import { closeRedis, getPubSub, subscriptionsStand } from '../redis.ts';
import { createLocalFirstAdapter } from './adapter.ts';
import { cutFloods } from './cut-floods.ts';
import { gatherWrites } from './gather-writes.ts';
import { createHandlers } from './handlers.ts';
import { findHeads, sendHeads, startHeads } from './heads.ts';
import { type ChatServer, type ChatSocket, sessionRoom, userRoom } from './io.ts';
import { createPort } from './io-port.ts';
import { setRealtime } from './port.ts';
import { createPresence } from './presence.ts';
import { startSessionSweep } from './session-sweep.ts';
import { cutSlowReader } from './slow-reader.ts';

/** Largest packet from a client, Socket.IO's own default: a body far too long is answered, not cut off. */
const MAX_PACKET_BYTES = 1_000_000;

/**
 * Attaches the live side to the HTTP server: authentication, handlers, heads, presence, and, with
 * REDIS_URL, delivery between nodes. `close` ends connections and waits for what is in hand.
 */
export async function attachRealtime(httpServer: HttpServer): Promise<{ close(): Promise<void> }> {
  const io: ChatServer = new Server(httpServer, {
    path: '/socket.io/',
    serveClient: false,
    destroyUpgrade: false,
    maxHttpBufferSize: MAX_PACKET_BYTES,
    perMessageDeflate: false,
    allowRequest: (request, done) => done(null, isAllowedOrigin(request)),
  });
  io.engine.on('connection', cutFloods);
  io.engine.on('connection', gatherWrites);
  attachAdapter(io);
  setRealtime(createPort(io));
  const presence = createPresence(io);
  const handlers = createHandlers();

  io.use(async (socket, next) => {
    const session = await readSession(socket.request.headers.cookie).catch((error) => {
      getLog().error({ err: error }, 'session lookup failed');
      return undefined;
    });
    if (session === undefined) return next(refusal('unavailable'));
    // A page that was rendered for one account must not act for another that logged in since.
    const expected = (socket.handshake.auth as { userId?: unknown } | undefined)?.userId;
    if (!session || (expected !== undefined && expected !== session.userId)) {
      return next(refusal('unauthorized'));
    }
    const allowance = await consumeLimit('connect', session.userId);
    if (!allowance.ok) return next(refusal('rate_limited'));
    socket.data = session;
    next();
  });
  io.on('connection', (socket) => {
    getCounters().connections += 1;
    socket.on('disconnect', () => {
      getCounters().connections -= 1;
    });
    cutSlowReader(socket);
    handlers.listen(socket);
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

function attachAdapter(io: ChatServer): void {
  const clients = getPubSub();
  if (clients) io.adapter(createLocalFirstAdapter(clients.publisher, clients.subscriber));
}

/** CORS does not guard WebSocket upgrades, so the Origin is judged here; no Origin means no browser. */
function isAllowedOrigin(request: IncomingMessage): boolean {
  const { origin } = request.headers;
  return origin === undefined || getAllowedOrigins().includes(origin);
}

function refusal(code: ErrorCode) {
  return Object.assign(new Error(code), { data: { code } });
}
