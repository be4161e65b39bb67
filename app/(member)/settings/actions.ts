'use server';

import { refresh } from 'next/cache';
import { cookies } from 'next/headers';
import { requestEmailChange } from '#lib/auth/change-email.ts';
import { changePassword } from '#lib/auth/change-password.ts';
import { requireUser } from '#lib/auth/current-user.ts';
import { type FormState, keepValues, readFields } from '#lib/auth/form-state.ts';
import { revokeSession } from '#lib/auth/sessions.ts';
import { sendVerifyMail } from '#lib/auth/verify-email.ts';
import { resumeMail } from '#lib/email/resume-mail.ts';
import { isEmailPreference, saveEmailPreference } from '#lib/email/save-preference.ts';
import { isSecureOrigin } from '#lib/env.ts';
import { consumeLimit } from '#lib/rate-limit.ts';
import { isTheme, THEME_COOKIE } from '#lib/theme.ts';
import { isTimeZone, TIME_ZONE_COOKIE } from '#lib/time-zone.ts';

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

/** Sets which new messages reach this person by e-mail; the zone is this browser's. */
export async function chooseEmailPreference(form: FormData): Promise<void> {
  const user = await requireUser();
  const preference = form.get('email');
  if (!isEmailPreference(preference)) return;
  const zone = decodeURIComponent((await cookies()).get(TIME_ZONE_COOKIE)?.value ?? '');
  await saveEmailPreference(user.userId, preference, isTimeZone(zone) ? zone : null);
}

export async function submitPasswordChange(_state: FormState, form: FormData): Promise<FormState> {
  const result = await changePassword(await requireUser(), readFields(form));
  // The list of devices has become shorter.
  if (result.isDone) refresh();
  return result;
}

/** Asks for another address; what was typed stays in the form when it is refused. */
export async function submitEmailChange(_state: FormState, form: FormData): Promise<FormState> {
  const fields = readFields(form);
  const result = await requestEmailChange(await requireUser(), fields);
  return result.isDone ? result : { ...result, values: keepValues(fields) };
}

/** Lets mail go out again to an address whose reader had called one spam: they say so themselves. */
export async function resumeOwnMail(): Promise<FormState> {
  await resumeMail((await requireUser()).userId);
  refresh();
  return { isDone: true };
}

export async function resendVerification(): Promise<FormState> {
  const user = await requireUser();
  // One that refused a mail may be tried again, however surely it was confirmed before.
  if (user.emailVerified && user.emailStopReason !== 'bounced') return { isDone: true };
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
