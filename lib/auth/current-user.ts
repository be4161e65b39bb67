import { headers } from 'next/headers';
import { redirect } from 'next/navigation';
import { cache } from 'react';
import { validate as isUuid } from 'uuid';
import { selectLiveSession } from '#db/queries/sessions.ts';
import type { EmailPreference } from '#lib/email/policy.ts';
import type { Locale } from '#lib/i18n/config.ts';
import { toLoginPath } from './next-path.ts';
import { getIdleSeconds, getStaleSeconds, touchSession } from './sessions.ts';
import { readSessionId } from './socket-session.ts';

/** The signed-in person, as pages and actions need them. */
export type CurrentUser = {
  userId: string;
  username: string;
  email: string;
  emailVerified: boolean;
  locale: Locale;
  emailPreference: EmailPreference;
  /** Why the address takes no more mail, if it does not. */
  emailStopReason: 'bounced' | 'complained' | null;
  sessionId: string;
};

/**
 * Who asks, from the live session row; null for a guest. Counts as use of the session.
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
 * else, so that a guest gets a redirect and no part of the page.
 */
export async function requireUser(): Promise<CurrentUser> {
  const user = await getCurrentUser();
  if (user) return user;
  // proxy.ts overwrites this header on every request, so it cannot be forged.
  redirect(toLoginPath((await headers()).get('x-dandul-path')));
}
