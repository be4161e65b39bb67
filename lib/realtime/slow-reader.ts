import { getLog } from '../log.ts';
import type { ChatSocket } from './io.ts';

/** Characters that may wait for one connection: some ten pages of history of the longest messages. */
const MAX_WAITING = 4 * 1024 * 1024;

/**
 * Cuts a connection that takes nothing in while packets for it pile up. Nothing is lost by it: the
 * client comes back and catches up from the log.
 */
export function cutSlowReader(socket: ChatSocket): void {
  const { conn } = socket;
  let waiting = 0;
  conn.on('packetCreate', ({ data }: { data?: unknown }) => {
    waiting += typeof data === 'string' ? data.length : 0;
    if (waiting <= MAX_WAITING) return;
    getLog().warn({ userId: socket.data.userId }, 'connection reads too slowly, cut');
    // A proper close waits its turn behind what is not taken in.
    const { socket: line } = conn.transport as { socket?: { terminate?: () => void } };
    if (line?.terminate) line.terminate();
    else conn.close(true);
  });
  // Handed to the transport, which takes no more before that has gone out.
  conn.on('flush', () => {
    waiting = 0;
  });
}
