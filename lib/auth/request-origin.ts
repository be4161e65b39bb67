import { getClientIp, getIpKey } from '#lib/rate-limit.ts';

/** Where a request comes from: for the list of sessions (`ip`, `userAgent`) and for limits (`ipKey`). */
export type RequestOrigin = { ip: string | null; ipKey: string; userAgent: string | null };

/** Reads the origin from headers; `server.ts` always overwrites `x-dandul-remote` with the socket's address. */
export function readRequestOrigin(headers: Pick<Headers, 'get'>): RequestOrigin {
  const ip = getClientIp(headers.get('x-forwarded-for'), headers.get('x-dandul-remote'));
  return { ip, ipKey: getIpKey(ip), userAgent: headers.get('user-agent') };
}
