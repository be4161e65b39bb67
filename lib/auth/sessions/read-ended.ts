import { cookies, headers } from 'next/headers';
import { validate as isUuid } from 'uuid';
import { selectSessionEnd } from '#db/queries/sessions.ts';
import { isSecureOrigin } from '#lib/runtime/env.ts';
import { readSessionId } from './socket-session.ts';

/** Remembers for a moment that this browser has just logged out: its session cookie is gone by then. */
const LEFT_COOKIE = 'dandul.left';
const LEFT_SECONDS = 60;

/** Why somebody finds themselves on the login page; `ended` where a session ended and nobody noted why. */
export type EndedReason = 'logout' | 'elsewhere' | 'password' | 'idle' | 'ended';

/** Notes that this browser logs out. */
export async function noteLeaving(): Promise<void> {
  (await cookies()).set(LEFT_COOKIE, '1', {
    path: '/login',
    maxAge: LEFT_SECONDS,
    httpOnly: true,
    sameSite: 'lax',
    secure: isSecureOrigin(),
  });
}

/** Why the session of this browser ended; null for one that has none. Ask while nobody is signed in. */
export async function readEndedReason(): Promise<EndedReason | null> {
  const sessionId = await readSessionId((await headers()).get('cookie') ?? undefined);
  if (sessionId === null || !isUuid(sessionId)) {
    return (await cookies()).has(LEFT_COOKIE) ? 'logout' : null;
  }
  const row = await selectSessionEnd(sessionId);
  if (row?.revokedAt) return row.endReason ?? 'ended';
  return 'idle';
}
