import { createHmac, hkdfSync } from 'node:crypto';
import { getAuthSecret } from '#lib/auth/login/secret.ts';

/**
 * The SHA-256 HMAC of a value under a key that serves one purpose only: the label keeps it apart from
 * every other use of the secret. A changed label or secret voids everything signed before.
 */
export function signFor(purpose: string, value: string | Uint8Array): Buffer {
  const key = Buffer.from(hkdfSync('sha256', getAuthSecret(), '', purpose, 32));
  return createHmac('sha256', key).update(value).digest();
}
