import { createSecretKey, hkdfSync, type KeyObject, randomUUID } from 'node:crypto';
import { jwtVerify, SignJWT } from 'jose';
import { decode as decrypt, type JWTDecodeParams, type JWTEncodeParams } from 'next-auth/jwt';
import { defineSingleton } from '#lib/runtime/singleton.ts';

const ALGORITHM = 'HS256';
/** As long as the hash: RFC 7518, 3.2. */
const KEY_BYTES = 32;
/** Clocks of nodes may differ by so much (seconds), as Auth.js has it. */
const CLOCK_TOLERANCE = 15;
/** Auth.js's own default (seconds). */
const MAX_AGE = 30 * 24 * 60 * 60;

/**
 * What a session cookie holds, signed so that nobody else can make one. Auth.js would encrypt it, which
 * costs four times as much to read and guards a name and an id from their own owner (docs/decisions/011).
 */
export async function encode({ token, secret, salt, maxAge = MAX_AGE }: JWTEncodeParams): Promise<string> {
  const now = Math.floor(Date.now() / 1000);
  return new SignJWT({ ...token })
    .setProtectedHeader({ alg: ALGORITHM })
    .setIssuedAt(now)
    .setExpirationTime(now + maxAge)
    .setJti(randomUUID())
    .sign(keyOf(secret, salt));
}

/**
 * Reads a session cookie; also one that an earlier version encrypted, whose five parts tell it.
 *
 * @throws when it is not ours, was changed, or has expired.
 */
export async function decode(params: JWTDecodeParams) {
  const { token, secret, salt } = params;
  if (!token) return null;
  if (token.split('.').length === 5) return decrypt(params);
  const { payload } = await jwtVerify(token, keyOf(secret, salt), {
    algorithms: [ALGORITHM],
    clockTolerance: CLOCK_TOLERANCE,
    requiredClaims: ['exp'],
  });
  return payload;
}

const keysSingleton = defineSingleton('sessionKeys', () => new Map<string, KeyObject>());

/** The key of a cookie, by its name: what was signed for one purpose is worth nothing for another. */
function keyOf(secret: string | string[], salt: string): KeyObject {
  const [first] = [secret].flat() as [string];
  const keys = keysSingleton.get();
  const name = `${salt} ${first}`;
  const key =
    keys.get(name) ??
    createSecretKey(
      Buffer.from(hkdfSync('sha256', first, salt, `Dandul session token (${salt})`, KEY_BYTES)),
    );
  keys.set(name, key);
  return key;
}
