import type { IncomingMessage } from 'node:http';
import { isLoopback } from './loopback.ts';

/** Carries the address of the socket that a request came by. */
export const REMOTE_HEADER = 'x-dandul-remote';
/** Says '1' on a request that comes from this machine, '0' on any other. */
export const LOCAL_HEADER = 'x-dandul-local';

type Received = Pick<IncomingMessage, 'headers' | 'headersDistinct' | 'httpVersion' | 'socket'>;

/** Notes on a request what this server itself knows of it, whatever a client claims about the same. */
export function markRequest(request: Received): void {
  const { headers } = request;
  headers[REMOTE_HEADER] = request.socket.remoteAddress ?? '';
  headers[LOCAL_HEADER] = isFromThisMachine(request) ? '1' : '0';
  // The public name is APP_URL's. Next would take one that is given twice, or by a visitor, for the server's own.
  delete headers['x-forwarded-host'];
}

/**
 * Whether nobody but this machine can have asked: the peer and every address that proxies wrote down are loopback,
 * and every host name is one that only this machine goes by. A proxy on this machine that writes no addresses hands
 * on the public name. One that hands on neither, as nginx does left alone, asks over HTTP/1.0, which no browser does.
 */
function isFromThisMachine({ headersDistinct, httpVersion, socket }: Received): boolean {
  const list = (name: string) => (headersDistinct[name] ?? []).flatMap((value) => value.split(','));
  const hosts = [...list('host'), ...list('x-forwarded-host')];
  const addresses = [socket.remoteAddress ?? '', ...list('x-forwarded-for'), ...list('x-real-ip')];
  return (
    httpVersion !== '1.0' &&
    hosts.length > 0 &&
    hosts.every(isOwnName) &&
    addresses.every((address) => isLoopback(address.trim())) &&
    headersDistinct.forwarded === undefined
  );
}

/** Whether a host, with or without a port, is one that only this machine goes by. */
function isOwnName(host: string): boolean {
  const name = URL.parse(`http://${host.trim()}`)?.hostname.replace(/^\[|\]$/g, '');
  return name !== undefined && isLoopback(name);
}
