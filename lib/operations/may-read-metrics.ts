import { createHash, timingSafeEqual } from 'node:crypto';
import type { Env } from '../env.ts';
import { isLoopback } from './loopback.ts';

/**
 * Whether this request may read the metrics: it carries METRICS_TOKEN, or it comes from this machine,
 * addressed to it by its own name. A request that a proxy forwarded names an outer address or the public
 * host, so it is not from this machine, even where the proxy is. One that names neither cannot be told
 * apart, so where there is a public address, and a proxy with it, a token that is set is asked of everybody.
 */
export function mayReadMetrics(
  headers: Headers,
  { METRICS_TOKEN: token, APP_URL: publicUrl }: Pick<Env, 'METRICS_TOKEN' | 'APP_URL'>,
): boolean {
  const [, given] = /^Bearer (.+)$/i.exec(headers.get('authorization') ?? '') ?? [];
  if (token && given) return timingSafeEqual(digest(token), digest(given));
  if (token && publicUrl && !isOwnName(new URL(publicUrl).host)) return false;
  if (!isOwnName(headers.get('host'))) return false;

  const remote = headers.get('x-dandul-remote');
  const forwarded = headers.get('x-forwarded-for')?.split(',') ?? [];
  return remote ? [remote, ...forwarded].every((address) => isLoopback(address.trim())) : false;
}

/** Equal lengths, so that the comparison takes the same time whatever was given. */
const digest = (text: string) => createHash('sha256').update(text).digest();

/** Whether a host, with or without a port, is one that only this machine goes by. */
function isOwnName(host: string | null): boolean {
  const name = URL.parse(`http://${host ?? ''}`)?.hostname.replace(/^\[|\]$/g, '');
  return name !== undefined && isLoopback(name);
}
