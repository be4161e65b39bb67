'use server';

import { cookies } from 'next/headers';
import { redirect } from 'next/navigation';
import { getCurrentUser } from '#lib/auth/current-user.ts';
import { signOut } from '#lib/auth/next-auth.ts';
import { saveLocale } from '#lib/auth/preferences.ts';
import { revokeSession } from '#lib/auth/sessions.ts';
import { isSecureOrigin } from '#lib/env.ts';
import { isLocale, LOCALE_COOKIE } from '#lib/i18n/config.ts';

const YEAR_SECONDS = 365 * 24 * 60 * 60;

/** Sets the language: in this browser, and on the account when signed in. */
export async function chooseLanguage(form: FormData): Promise<void> {
  const locale = form.get('locale');
  if (!isLocale(locale)) return;
  (await cookies()).set(LOCALE_COOKIE, locale, {
    path: '/',
    maxAge: YEAR_SECONDS,
    sameSite: 'lax',
    secure: isSecureOrigin(),
  });
  const user = await getCurrentUser();
  if (user) await saveLocale(user.userId, locale);
}

/** Ends this session on the server, closes its sockets and clears the cookie. */
export async function logOut(): Promise<never> {
  const user = await getCurrentUser();
  if (user) await revokeSession(user.sessionId, user.userId);
  await signOut({ redirect: false });
  redirect('/login');
}
