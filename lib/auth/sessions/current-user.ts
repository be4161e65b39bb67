import { headers } from 'next/headers';
import { redirect } from 'next/navigation';
import { cache } from 'react';
import { validate as isUuid } from 'uuid';
import { selectLiveSession } from '#db/queries/sessions.ts';
import type { Locale } from '#lib/i18n/config.ts';
import { PATH_HEADER, toLoginPath } from '../login/next-path.ts';
import { getIdleSeconds, getStaleSeconds, touchSession } from './sessions.ts';
import { readSessionId } from './socket-session.ts';

type LiveRow = NonNullable<Awaited<ReturnType<typeof selectLiveSession>>>;

/** The signed-in person, as pages and actions need them. */
export type CurrentUser = {
  userId: string;
  username: string;
  email: string;
  emailVerified: boolean;
  locale: Locale;
  emailPreference: LiveRow['emailPreference'];
  /** As the person's browser told it last; null until one did. */
  timeZone: string | null;
  /** Why the address takes no more mail, if it does not. */
  emailStopReason: 'bounced' | 'complained' | null;
  sessionId: string;
};

/**
 * Who asks, from the live session row; null when nobody is signed in. Counts as use of the session.
 * Read once per rendered request.
 */
export const getCurrentUser = cache(async (): Promise<CurrentUser | null> => {
  const sessionId = await readSessionId((await headers()).get('cookie') ?? undefined);
  if (sessionId === null || !isUuid(sessionId)) return null;
  const idleSeconds = getIdleSeconds();
  const row = await selectLiveSession(sessionId, idleSeconds, getStaleSeconds(idleSeconds));
  if (!row) return null;
  const { emailVerifiedAt, isStale, ...user } = row;
  if (isStale) await touchSession(sessionId);
  return { ...user, emailVerified: emailVerifiedAt !== null };
});

/**
 * Who asks, or a redirect to login that comes back to this very page. Await it before anything
 * else, so that who is signed out gets a redirect and no part of the page.
 */
export async function requireUser(): Promise<CurrentUser> {
  const user = await getCurrentUser();
  if (user) return user;
  // proxy.ts overwrites this header on every request, so it cannot be forged.
  redirect(toLoginPath((await headers()).get(PATH_HEADER)));
}
