import { io, type ManagerOptions, type Socket, type SocketOptions } from 'socket.io-client';
import type { ClientEvents, ServerEvents } from '#lib/realtime/events.ts';
import { PROTOCOL, SOCKET_PATH } from '#lib/realtime/protocol.ts';
import { getReconnectDelay, getReturnDelay } from './reconnect-delay.ts';
import type { Transport, TransportHandlers } from './transport.ts';

/** An unanswered request is given up after this long; the outbox then sends again. */
const ANSWER_TIMEOUT_MS = 10_000;
/** A connection in doubt that cannot answer this quickly is taken for dead. */
const PROBE_TIMEOUT_MS = 3_000;

type ChatSocket = Socket<ServerEvents, ClientEvents>;

/**
 * The Socket.IO connection of one viewer, to the page's origin. The handshake names the viewer, and the
 * server refuses it when the cookie is another account's, so nothing is sent in a wrong name; it also names the
 * protocol that this page speaks. A browser needs no `options`; a client outside one gives its cookie by them.
 */
export function createConnection(
  userId: string,
  origin = globalThis.location?.origin,
  options: Partial<ManagerOptions & SocketOptions> = {},
): Transport {
  let socket: ChatSocket | null = null;
  const retry = createRetryTimer(() => socket?.connect());

  const stop = () => {
    retry.cancel();
    socket?.removeAllListeners();
    socket?.disconnect();
    socket = null;
  };

  const probe = (current: ChatSocket) => {
    emit(current, 'conversation:list', { limit: 1 }, PROBE_TIMEOUT_MS).catch(() => {
      if (socket === current && current.connected) retry.reconnect(current);
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
      retry.reset();
      socket = open(origin, userId, options);
      listen(socket, handlers, { retry, stop });
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
      // A network that is gone takes its connections along; one to this very machine is there again at once.
      if (current.connected && globalThis.navigator?.onLine !== false) probe(current);
      else retry.reconnect(current);
    },
  };
}

type RetryTimer = ReturnType<typeof createRetryTimer>;

/** When to connect again: soon after a loss, and later after each attempt that failed. */
function createRetryTimer(connect: () => void) {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let attempt = 0;
  const connectLater = (ms: number) => {
    clearTimeout(timer);
    timer = setTimeout(connect, ms);
  };
  return {
    comeBack: () => connectLater(getReturnDelay()),
    tryAgain: () => connectLater(getReconnectDelay(attempt++)),
    /** Starts over at once, without waiting for a back-off that began before the machine slept. */
    reconnect(socket: ChatSocket) {
      clearTimeout(timer);
      socket.disconnect();
      socket.connect();
    },
    reset() {
      attempt = 0;
    },
    cancel: () => clearTimeout(timer),
  };
}

function open(origin: string, userId: string, options: Partial<ManagerOptions & SocketOptions>): ChatSocket {
  return io(origin, {
    path: SOCKET_PATH,
    transports: ['websocket', 'polling'],
    tryAllTransports: true,
    autoConnect: false,
    forceNew: true,
    auth: { userId, protocol: PROTOCOL },
    // Ours comes back after every kind of end, the library's not after the server's good-bye.
    reconnection: false,
    ...options,
  });
}

/** Passes on what happens to a connection, and connects again after a loss. */
function listen(
  socket: ChatSocket,
  handlers: TransportHandlers,
  { retry, stop }: { retry: RetryTimer; stop: () => void },
): void {
  const end = () => {
    stop();
    handlers.ended();
  };
  socket.on('connect', () => {
    retry.reset();
    handlers.connected();
  });
  socket.on('disconnect', (reason) => {
    handlers.disconnected();
    if (reason !== 'io client disconnect') retry.comeBack();
  });
  socket.on('connect_error', (error) => {
    const { code } = (error as { data?: { code?: string } }).data ?? {};
    if (code === 'unauthorized') return end();
    if (code === 'protocol') handlers.outdated();
    retry.tryAgain();
  });
  socket.on('session:ended', end);
  // Each name's payload is the one its handler expects; a loop over names cannot say so to the types.
  for (const [name, handler] of Object.entries(handlers.on)) (socket as Socket).on(name, handler);
}

/** Emits one event with a time limit. The typed overloads cannot follow an event that is a parameter. */
function emit(socket: unknown, event: string, input: unknown, timeoutMs: number) {
  return (socket as Socket).timeout(timeoutMs).emitWithAck(event, input);
}
