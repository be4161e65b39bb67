import { io, type ManagerOptions, type Socket, type SocketOptions } from 'socket.io-client';
import type { ClientEvents, ServerEvents } from '../realtime/events.ts';
import { getReconnectDelay, getReturnDelay } from './reconnect-delay.ts';
import type { Transport, TransportHandlers } from './transport.ts';

/** An unanswered request is given up after this long; the outbox then sends again. */
const ANSWER_TIMEOUT_MS = 10_000;
/** A connection in doubt that cannot answer this quickly is taken for dead. */
const PROBE_TIMEOUT_MS = 3_000;

const SERVER_EVENTS = [
  'message:new',
  'message:update',
  'conversation:new',
  'conversation:cursor',
  'conversation:typing',
  'heads',
  'presence',
] as const satisfies (keyof ServerEvents)[];

/**
 * The Socket.IO connection of one viewer, to the page's origin. The handshake names the viewer, and the
 * server refuses it when the cookie is another account's, so nothing is sent in a wrong name. A browser
 * needs no `options`; a client outside one gives its cookie by them.
 */
export function createConnection(
  userId: string,
  origin = globalThis.location?.origin,
  options: Partial<ManagerOptions & SocketOptions> = {},
): Transport {
  let socket: Socket<ServerEvents, ClientEvents> | null = null;
  let retryTimer: ReturnType<typeof setTimeout> | undefined;
  let attempt = 0;

  const connectLater = (ms: number) => {
    clearTimeout(retryTimer);
    retryTimer = setTimeout(() => socket?.connect(), ms);
  };
  const stop = () => {
    clearTimeout(retryTimer);
    socket?.removeAllListeners();
    socket?.disconnect();
    socket = null;
  };

  /** Starts over at once, without waiting for a back-off that began before the machine slept. */
  const reconnect = (current: Socket<ServerEvents, ClientEvents>) => {
    clearTimeout(retryTimer);
    current.disconnect();
    current.connect();
  };

  const probe = (current: Socket<ServerEvents, ClientEvents>) => {
    emit(current, 'conversation:list', { limit: 1 }, PROBE_TIMEOUT_MS).catch(() => {
      if (socket === current && current.connected) reconnect(current);
    });
  };

  const request: Transport['request'] = async (event, input) => {
    const current = socket;
    if (!current?.connected) return null;
    try {
      return await emit(current, event, input, ANSWER_TIMEOUT_MS);
    } catch {
      // Either the server is busy or the connection is dead and nobody has noticed.
      if (socket === current && current.connected) probe(current);
      return null;
    }
  };

  return {
    start(handlers) {
      stop();
      attempt = 0;
      socket = open(origin, userId, options, handlers, {
        comeBack: () => connectLater(getReturnDelay()),
        tryAgain: () => connectLater(getReconnectDelay(attempt++)),
        stop,
        resetAttempt: () => (attempt = 0),
      });
      socket.connect();
    },
    stop,
    isConnected: () => socket?.connected ?? false,
    request,
    tell(event, input) {
      if (socket?.connected) socket.volatile.emit(event, input);
    },
    wake() {
      const current = socket;
      if (!current) return;
      if (current.connected) probe(current);
      else reconnect(current);
    },
  };
}

function open(
  origin: string,
  userId: string,
  options: Partial<ManagerOptions & SocketOptions>,
  handlers: TransportHandlers,
  control: Record<'comeBack' | 'tryAgain' | 'stop' | 'resetAttempt', () => void>,
): Socket<ServerEvents, ClientEvents> {
  const socket: Socket<ServerEvents, ClientEvents> = io(origin, {
    path: '/socket.io/',
    transports: ['websocket', 'polling'],
    tryAllTransports: true,
    autoConnect: false,
    forceNew: true,
    auth: { userId },
    // Ours comes back after every kind of end, the library's not after the server's good-bye.
    reconnection: false,
    ...options,
  });
  const end = () => {
    control.stop();
    handlers.ended();
  };
  socket.on('connect', () => {
    control.resetAttempt();
    handlers.connected();
  });
  socket.on('disconnect', (reason) => {
    handlers.disconnected();
    if (reason !== 'io client disconnect') control.comeBack();
  });
  socket.on('connect_error', (error) => {
    const { code } = (error as { data?: { code?: string } }).data ?? {};
    if (code === 'unauthorized') end();
    else control.tryAgain();
  });
  socket.on('session:ended', end);
  for (const name of SERVER_EVENTS) {
    // Each name's payload is the one its handler expects; a loop over names cannot say so to the types.
    (socket as Socket).on(name, (payload) => handlers.event(name, payload));
  }
  return socket;
}

/** Emits one event with a time limit. The typed overloads cannot follow an event that is a parameter. */
function emit(socket: unknown, event: string, input: unknown, timeoutMs: number) {
  return (socket as Socket).timeout(timeoutMs).emitWithAck(event, input);
}
