'use server';

import { cookies, headers } from 'next/headers';
import { redirect } from 'next/navigation';
import { keepChoice } from '#lib/actions/keep-choice.ts';
import { readFields } from '#lib/auth/forms/form-state.ts';
import { logSecurity } from '#lib/auth/log-security.ts';
import { signOut } from '#lib/auth/login/next-auth.ts';
import { saveLocale } from '#lib/auth/save-language.ts';
import { getCurrentUser } from '#lib/auth/sessions/current-user.ts';
import { noteLeaving } from '#lib/auth/sessions/read-ended.ts';
import { readRequestOrigin } from '#lib/auth/sessions/request-origin.ts';
import { revokeSession } from '#lib/auth/sessions/sessions.ts';
import { isLocale, LOCALE_COOKIE } from '#lib/i18n/config.ts';
import { TIME_ZONE_COOKIE } from '#lib/time-zone.ts';

/** Sets the language: in this browser, and on the account when signed in. */
export async function chooseLanguage(form: FormData): Promise<void> {
  const { locale } = readFields(form);
  if (!isLocale(locale)) return;
  await keepChoice(LOCALE_COOKIE, locale);
  const user = await getCurrentUser();
  if (user) await saveLocale(user.userId, locale);
}

/**
 * Ends this session on the server, closes its sockets and clears the cookies that identify the person. A
 * page with scripts sends `scripted`, tidies up, and goes to the login page by itself.
 */
export async function logOut(form: FormData): Promise<void> {
  const user = await getCurrentUser();
  if (user) {
    await revokeSession(user.sessionId, user.userId, 'logout');
    logSecurity('logout', 'ok', { userId: user.userId, origin: readRequestOrigin(await headers()) });
  }
  await noteLeaving();
  await signOut({ redirect: false });
  (await cookies()).delete(TIME_ZONE_COOKIE);
  if (!form.has('scripted')) redirect('/login');
}
