import pTimeout from 'p-timeout';
import { getLog } from '#lib/runtime/log.ts';
import type { ChatServer, ChatSocket } from '../io.ts';
import { createDepartures } from './departures.ts';
import { markOnline, takeExpired } from './online.ts';
import { createPresenceTeller } from './tell-presence.ts';

const REFRESH_MS = 20_000;
/** A stop does not wait longer for the word to go round. */
const CLOSE_LIMIT_MS = 1_000;

/**
 * Who is online, told to partners only. This node knows its own connections; with Redis a shared set
 * says so to the other nodes, and shows whom a node that died has left behind.
 */
export function createPresence(io: ChatServer) {
  const teller = createPresenceTeller(io);
  const departures = createDepartures(io, teller.tellPartners, warn);
  const refresh = setInterval(() => void refreshOnline().catch(warn), REFRESH_MS);

  async function arrive(socket: ChatSocket) {
    const { userId } = socket.data;
    await markOnline([userId]);
    const partners = await teller.tellPartners(userId, true, null);
    await teller.tellConnection(socket, partners);
  }

  async function refreshOnline() {
    void departures.makeSure().catch(warn);
    await markOnline([...new Set([...io.sockets.sockets.values()].map((socket) => socket.data.userId))]);
    for (const userId of await takeExpired()) await departures.leave(userId);
  }

  return {
    /** Tells two people of each other, when their first message made them partners or a block between them came or went. */
    tell(pair: readonly [string, string]) {
      void teller.tellEachOther(pair).catch(warn);
    },
    connect(socket: ChatSocket) {
      const { userId } = socket.data;
      departures.cancel(userId);
      void arrive(socket).catch(warn);
      socket.on('disconnect', () => departures.leaveSoon(userId));
    },
    /** Called once this node's connections are closed: their people are gone unless another node has them. */
    async close(userIds: readonly string[]) {
      clearInterval(refresh);
      const gone = Promise.allSettled(
        [...new Set([...departures.cancelAll(), ...userIds])].map(departures.leave),
      );
      await pTimeout(gone, { milliseconds: CLOSE_LIMIT_MS, message: false });
    },
  };
}

function warn(error: unknown): void {
  getLog().warn({ err: error }, 'presence failed');
}
