import type { ChatSocket } from '../io.ts';

/** Faults of one connection within the window; a client of ours makes hardly any, one that is broken makes thousands. */
const MAX_FAULTS = 500;
const WINDOW_MS = 20_000;

/**
 * Gives the function that counts a connection's faults (unknown, invalid or over a limit) and cuts the connection
 * that makes them without end. Whoever comes back is under the limit on new connections.
 */
export function cutFaulty(socket: ChatSocket): () => void {
  let faults = 0;
  let until = 0;
  return () => {
    const now = Date.now();
    if (now > until) {
      faults = 0;
      until = now + WINDOW_MS;
    }
    faults += 1;
    if (faults > MAX_FAULTS) socket.disconnect(true);
  };
}
