import { createHash, timingSafeEqual } from 'node:crypto';
import { isLoopback } from './loopback.ts';

/**
 * Whether this request may read the metrics: it carries METRICS_TOKEN, or it comes from this machine.
 * A request that a proxy forwarded names an outer address, so it is not from this machine, even
 * where the proxy is.
 */
export function mayReadMetrics(headers: Headers, token: string | undefined): boolean {
  const [, given] = /^Bearer (.+)$/i.exec(headers.get('authorization') ?? '') ?? [];
  if (token && given) return timingSafeEqual(digest(token), digest(given));

  const remote = headers.get('x-dandul-remote');
  const forwarded = headers.get('x-forwarded-for')?.split(',') ?? [];
  return remote ? [remote, ...forwarded].every((address) => isLoopback(address.trim())) : false;
}

/** Equal lengths, so that the comparison takes the same time whatever was given. */
const digest = (text: string) => createHash('sha256').update(text).digest();
