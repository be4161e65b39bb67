import { getLog } from '../log.ts';
import type { ChatSocket } from './io.ts';

/**
 * Packets that may wait for one connection. The largest live packet is a message of 4,000 characters,
 * so a connection holds at most some 6 MB; one that reads at all never has this many waiting.
 */
const MAX_WAITING_PACKETS = 500;

/**
 * Cuts a connection that takes nothing in while events for it pile up. Nothing is lost by it: the
 * client comes back and catches up from the log.
 */
export function cutSlowReader(socket: ChatSocket): void {
  const { conn } = socket;
  const waiting = conn as unknown as { writeBuffer: unknown[] };
  const check = () => {
    if (waiting.writeBuffer.length < MAX_WAITING_PACKETS) return;
    conn.off('packetCreate', check);
    getLog().warn({ userId: socket.data.userId }, 'connection reads too slowly, cut');
    conn.close(true);
  };
  conn.on('packetCreate', check);
}
