import type { Server } from 'node:net';
import { isLoopback } from '#lib/operations/loopback.ts';
import { cleanIp, getIpKey } from '#lib/runtime/rate-limit.ts';

/** Connections of one address at a time; mail servers open one or two. */
const MAX_PER_ADDRESS = 3;
/** How long (ms) a connection may last in any case; the largest mail takes a minute on a slow line. */
const SESSION_MS = 5 * 60_000;

/**
 * Keeps one host from taking all connections of a server: ends each connection in time, and counts those of
 * each address. This machine's own, where a mail server of one's own may be, is not counted.
 *
 * @returns whether an address is within its number of connections.
 */
export function limitSessions(
  server: Server,
  { sessionMs = SESSION_MS, isExempt = isLoopback } = {},
): (address: string) => boolean {
  const open = new Map<string, number>();
  server.on('connection', (socket) => {
    const key = getIpKey(socket.remoteAddress ?? null);
    open.set(key, (open.get(key) ?? 0) + 1);
    const end = setTimeout(() => socket.destroy(), sessionMs);
    socket.once('close', () => {
      clearTimeout(end);
      const left = (open.get(key) ?? 1) - 1;
      if (left > 0) open.set(key, left);
      else open.delete(key);
    });
  });
  return (address) => {
    return isExempt(cleanIp(address)) || (open.get(getIpKey(address)) ?? 0) <= MAX_PER_ADDRESS;
  };
}
