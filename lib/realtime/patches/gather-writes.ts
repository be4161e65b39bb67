import type { ChatSocket } from '../io.ts';
import { openLine } from './line.ts';

/**
 * Lets all that is said to a connection in one turn of the event loop go out as one write. Left alone, each
 * packet is a system call of its own, and these are a fifth of what a message costs: a sender gets the
 * acknowledgement and the message, and sends that were stored together are answered together.
 *
 * Packets keep their order. Nothing waits for a timer: they go out before the event loop goes on.
 */
export function gatherWrites(conn: ChatSocket['conn']): void {
  const line = openLine(conn);
  const flush = line.flush.bind(line);
  let isDue = false;
  line.flush = () => {
    // A connection that is ending says its last at once, before the end.
    if (line.readyState !== 'open') return flush();
    if (isDue) return;
    isDue = true;
    process.nextTick(() => {
      isDue = false;
      // A WebSocket writes each frame by itself unless its line is corked; polling joins packets as it is.
      const wire = line.transport.socket?._socket;
      wire?.cork();
      try {
        flush();
      } finally {
        wire?.uncork();
      }
    });
  };
}
