import { createRequire } from 'node:module';
import type { Writable } from 'node:stream';
import { checkShape, hasMethod } from '#lib/runtime/check-shape.ts';
import type { ChatSocket } from '../io.ts';

/** The parts of an Engine.IO connection and of ws that their types keep to themselves. */
export type Line = {
  readyState: string;
  flush(): void;
  /** Polling has no socket. */
  transport: { socket?: { _socket?: Writable; terminate?: () => void } };
};

/** A connection with its private parts. */
export function openLine(conn: ChatSocket['conn']): Line {
  return conn as unknown as Line;
}

type EngineIo = { Socket: { prototype: object } };
type Ws = { WebSocket: new (address: null, protocols: undefined, options: object) => object };

/** The copies of Engine.IO and ws that Socket.IO runs on. */
function loadLibraries(): { engineIo: EngineIo; ws: Ws } {
  const requireAsSocketIo = createRequire(createRequire(import.meta.url).resolve('socket.io'));
  const requireAsEngineIo = createRequire(requireAsSocketIo.resolve('engine.io'));
  return { engineIo: requireAsSocketIo('engine.io'), ws: requireAsEngineIo('ws') };
}

/**
 * Sees that connections still have the parts of `Line`, before there is one.
 *
 * @throws Error when Engine.IO or ws has changed.
 */
export function checkLines({ engineIo, ws } = loadLibraries()): void {
  const { prototype } = engineIo.Socket;
  checkShape(
    { library: 'engine.io', version: '6.6.12', patch: 'lib/realtime/patches/line.ts' },
    { readyState: 'readyState' in prototype, 'flush()': hasMethod(prototype, 'flush') },
  );
  // As a server makes one: it is connected to nothing yet.
  const socket = new ws.WebSocket(null, undefined, {});
  checkShape(
    { library: 'ws', version: '8.21.3', patch: 'lib/realtime/patches/line.ts' },
    { _socket: '_socket' in socket, 'terminate()': hasMethod(socket, 'terminate') },
  );
}
