import type { ChatSocket } from '../io.ts';

/** Requests to connect on one line; the product's client opens a new line for each. */
const MAX_CONNECTS = 4;
/** Packets taken in one go: refusing so many takes a tenth of a second; a client back from a tunnel has some hundred. */
const MAX_AT_ONCE = 10_000;
/** Socket.IO's packet type CONNECT (protocol 5). */
const CONNECT = '0';

/**
 * Cuts a line that asks to connect over and over, or brings ten thousand packets at once: a request can hold
 * hundreds of thousands, all taken in one go, and each CONNECT costs a look at the cookie and its session.
 * Listens before Socket.IO does, which makes a socket for each.
 */
export function cutFloods(line: ChatSocket['conn']): void {
  let connects = 0;
  let atOnce = 0;
  line.on('packet', ({ data }: { data?: unknown }) => {
    if (atOnce === 0) {
      setImmediate(() => {
        atOnce = 0;
      });
    }
    atOnce += 1;
    if (typeof data === 'string' && data.startsWith(CONNECT)) connects += 1;
    if (connects > MAX_CONNECTS || atOnce > MAX_AT_ONCE) line.close(true);
  });
}
