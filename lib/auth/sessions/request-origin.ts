import { validate as isUuid } from 'uuid';
import { REMOTE_HEADER } from '#lib/operations/mark-request.ts';
import { getClientIp, getIpKey } from '#lib/runtime/rate-limit.ts';
import { DEVICE_HEADER } from './device-cookie.ts';

/**
 * Where a request comes from: for the list of sessions (`ip`, `userAgent`), for limits (`ipKey`), and
 * to know a browser again (`deviceId`, null outside the pages that log in).
 */
export type RequestOrigin = {
  ip: string | null;
  ipKey: string;
  userAgent: string | null;
  deviceId: string | null;
};

/** Reads the origin from headers; `server.ts` always overwrites `REMOTE_HEADER` with the socket's address. */
export function readRequestOrigin(headers: Pick<Headers, 'get'>): RequestOrigin {
  const ip = getClientIp(headers.get('x-forwarded-for'), headers.get(REMOTE_HEADER));
  const deviceId = headers.get(DEVICE_HEADER);
  return {
    ip,
    ipKey: getIpKey(ip),
    userAgent: headers.get('user-agent'),
    deviceId: isUuid(deviceId) ? deviceId : null,
  };
}
