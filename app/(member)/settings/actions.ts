'use server';

import { refresh } from 'next/cache';
import { cookies } from 'next/headers';
import { changePassword } from '#lib/auth/change-password.ts';
import { requireUser } from '#lib/auth/current-user.ts';
import { type FormState, readFields } from '#lib/auth/form-state.ts';
import { savePreferences } from '#lib/auth/preferences.ts';
import { revokeSession } from '#lib/auth/sessions.ts';
import { sendVerifyMail } from '#lib/auth/verify-email.ts';
import { isSecureOrigin } from '#lib/env.ts';
import { consumeLimit } from '#lib/rate-limit.ts';
import { isTheme, THEME_COOKIE } from '#lib/theme.ts';

const YEAR_SECONDS = 365 * 24 * 60 * 60;

/** Sets the colours in this browser: a phone may be dark while the desk is light. */
export async function chooseTheme(form: FormData): Promise<void> {
  await requireUser();
  const theme = form.get('theme');
  if (!isTheme(theme)) return;
  (await cookies()).set(THEME_COOKIE, theme, {
    path: '/',
    maxAge: YEAR_SECONDS,
    sameSite: 'lax',
    secure: isSecureOrigin(),
  });
}

export async function chooseEmailPreference(form: FormData): Promise<void> {
  const user = await requireUser();
  await savePreferences(user.userId, { emailPreference: form.get('email') === 'on' ? 'every' : 'never' });
}

export async function submitPasswordChange(_state: FormState, form: FormData): Promise<FormState> {
  const result = await changePassword(await requireUser(), readFields(form));
  // The list of devices has become shorter.
  if (result.isDone) refresh();
  return result;
}

export async function resendVerification(): Promise<FormState> {
  const user = await requireUser();
  if (user.emailVerified) return { isDone: true };
  const limit = await consumeLimit('verifyResend', user.userId);
  if (!limit.ok) return { retryAfterMs: limit.retryAfterMs };
  const isSent = await sendVerifyMail({
    id: user.userId,
    username: user.username,
    email: user.email,
    locale: user.locale,
  });
  return isSent ? { isDone: true } : { formError: 'unavailable' };
}

export type EndSessionState = { outcome?: 'ended' | 'notFound' };

/** Ends one of the person's own sessions; another's is answered like one that does not exist. */
export async function endSession(_state: EndSessionState, form: FormData): Promise<EndSessionState> {
  const user = await requireUser();
  const { sessionId = '' } = readFields(form);
  const isEnded = await revokeSession(sessionId, user.userId);
  refresh();
  return { outcome: isEnded ? 'ended' : 'notFound' };
}
