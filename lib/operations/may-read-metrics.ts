import { createHash, timingSafeEqual } from 'node:crypto';
import type { Env } from '#lib/runtime/env.ts';
import { hasPublicAddress } from './loopback.ts';
import { LOCAL_HEADER } from './mark-request.ts';

/**
 * Whether this request may read the metrics: it carries METRICS_TOKEN, or it comes from this machine. A proxy on
 * this machine that hands on neither the visitor's address nor the public name cannot always be told apart, so where
 * there is a public address, and a proxy with it, a token that is set is asked of everybody.
 */
export function mayReadMetrics(
  headers: Headers,
  { METRICS_TOKEN: token, APP_URL: publicUrl }: Pick<Env, 'METRICS_TOKEN' | 'APP_URL'>,
): boolean {
  const [, given] = /^Bearer (.+)$/i.exec(headers.get('authorization') ?? '') ?? [];
  if (token && given) return timingSafeEqual(digest(token), digest(given));
  if (token && hasPublicAddress(publicUrl)) return false;
  return headers.get(LOCAL_HEADER) === '1';
}

/** Equal lengths, so that the comparison takes the same time whatever was given. */
const digest = (text: string) => createHash('sha256').update(text).digest();
