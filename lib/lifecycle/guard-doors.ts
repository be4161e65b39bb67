import type { Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { SOCKET_PATH } from '#lib/realtime/protocol.ts';
import { setSecurityHeaders, writeRefusal } from '../operations/security-headers.ts';

/** What Node refuses before there is a request, by the code of its error; anything else is malformed. */
const REFUSALS: Record<string, string> = {
  HPE_HEADER_OVERFLOW: '431 Request Header Fields Too Large',
  ERR_HTTP_REQUEST_TIMEOUT: '408 Request Timeout',
};

/**
 * Stands before whatever answers on this server: every answer carries the security headers, and an upgrade that
 * nobody takes is ended, as Node leaves the line to whoever listens. Called after the live side is attached and before
 * Next. `isDev` leaves Next its own upgrades, by which pages reload while somebody writes them.
 */
export function guardDoors(server: Server, { isDev }: { isDev: boolean }): void {
  server.prependListener('request', (_, response) => setSecurityHeaders(response));
  server.on('upgrade', ({ url = '' }, line) => {
    const isTaken = url.startsWith(SOCKET_PATH) || (isDev && url.startsWith('/_next/'));
    if (!isTaken) end(line, '404 Not Found');
  });
  server.on('clientError', (error: NodeJS.ErrnoException, line) => {
    if (error.code === 'ECONNRESET' || !line.writable) line.destroy();
    else end(line, REFUSALS[error.code ?? ''] ?? '400 Bad Request');
  });
}

function end(line: Duplex, status: string): void {
  line.on('error', () => {});
  line.end(writeRefusal(status), () => line.destroy());
}

/** Whether a path can be read: one with a broken escape names nothing, and Next would fail on it. */
export function isReadablePath(url = '/'): boolean {
  try {
    decodeURIComponent(url.split('?', 1)[0] ?? '');
    return true;
  } catch {
    return false;
  }
}
