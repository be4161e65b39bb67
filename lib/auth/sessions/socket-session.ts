import { getToken } from 'next-auth/jwt';
import { isSecureOrigin } from '#lib/runtime/env.ts';
import { getAuthSecret } from '../login/secret.ts';
import { decode } from './session-token.ts';
import { findLiveSession, type LiveSession } from './sessions.ts';

/**
 * The session id inside a request's cookie, or null when the cookie is absent, foreign or expired.
 * Only the cookie is read (also one split into chunks), never an Authorization header.
 */
export async function readSessionId(cookieHeader: string | undefined): Promise<string | null> {
  if (!cookieHeader) return null;
  const token = await getToken({
    req: { headers: { cookie: cookieHeader } },
    secret: getAuthSecret(),
    decode,
    secureCookie: isSecureOrigin(),
  });
  return typeof token?.sid === 'string' ? token.sid : null;
}

/** Who opens this connection: the live session named by the cookie, or null. */
export async function readSession(cookieHeader: string | undefined): Promise<LiveSession | null> {
  const sessionId = await readSessionId(cookieHeader);
  return sessionId === null ? null : findLiveSession(sessionId);
}
