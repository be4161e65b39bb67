import { getLog } from '#lib/runtime/log.ts';
import type { ChatSocket } from '../io.ts';
import { openLine } from '../patches/line.ts';

/** Characters that may wait for one connection before more comes: some pages of the longest messages. */
const MAX_WAITING = 4 * 1024 * 1024;
/** Characters that may wait for all of a node's connections together before those with much are cut. */
const MAX_WAITING_IN_ALL = 64 * 1024 * 1024;
/** Less than this is what anybody may be behind. */
const MUCH = 256 * 1024;

let waitingInAll = 0;

/**
 * Cuts a connection that takes nothing in while packets for it pile up. Nothing is lost by it: the
 * client comes back and catches up from the log.
 */
export function cutSlowReader(socket: ChatSocket): void {
  const { conn } = socket;
  let waiting = 0;
  const wait = (characters: number) => {
    waiting += characters;
    waitingInAll += characters;
  };
  conn.on('packetCreate', ({ data }: { data?: unknown }) => {
    // One packet alone may be larger than what may wait: what counts is what was there before it.
    const before = waiting;
    wait(typeof data === 'string' ? data.length : 0);
    const isCrowded = waitingInAll > MAX_WAITING_IN_ALL && before > MUCH;
    if (before <= MAX_WAITING && !isCrowded) return;
    getLog().warn({ userId: socket.data.userId }, 'connection reads too slowly, cut');
    // A proper close waits its turn behind what is not taken in.
    const { socket: line } = openLine(conn).transport;
    if (line?.terminate) line.terminate();
    else conn.close(true);
  });
  // Handed to the transport, which takes no more before that has gone out.
  conn.on('flush', () => wait(-waiting));
  conn.on('close', () => wait(-waiting));
}
