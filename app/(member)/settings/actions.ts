'use server';

import { refresh } from 'next/cache';
import { headers } from 'next/headers';
import { answerForm } from '#lib/actions/answer-form.ts';
import { keepChoice } from '#lib/actions/keep-choice.ts';
import { requestEmailChange } from '#lib/auth/accounts/change-email.ts';
import { changePassword } from '#lib/auth/accounts/change-password.ts';
import { sendVerifyMail } from '#lib/auth/accounts/verify-email.ts';
import { type FormState, readFields } from '#lib/auth/forms/form-state.ts';
import { changeEmailSchema, changePasswordSchema } from '#lib/auth/forms/schemas.ts';
import { logSecurity } from '#lib/auth/log-security.ts';
import { requireUser } from '#lib/auth/sessions/current-user.ts';
import { readRequestOrigin } from '#lib/auth/sessions/request-origin.ts';
import { revokeSession } from '#lib/auth/sessions/sessions.ts';
import { keepTimeZone } from '#lib/auth/time-zone.ts';
import { resumeMail } from '#lib/email/delivery/resume-mail.ts';
import { isEmailPreference, saveEmailPreference } from '#lib/email/preferences/save-email-preference.ts';
import { consumeLimit } from '#lib/runtime/rate-limit.ts';
import { err, ok } from '#lib/runtime/result.ts';
import { isTheme, THEME_COOKIE } from '#lib/theme.ts';

const readOrigin = async () => readRequestOrigin(await headers());

/** Sets the colours in this browser: a phone may be dark while the desk is light. */
export async function chooseTheme(form: FormData): Promise<void> {
  await requireUser();
  const { theme } = readFields(form);
  if (!isTheme(theme)) return;
  await keepChoice(THEME_COOKIE, theme);
}

/** Sets which new messages reach this person by e-mail; the mornings of the summary are this browser's. */
export async function chooseEmailPreference(form: FormData): Promise<void> {
  const user = await requireUser();
  const { email: preference } = readFields(form);
  if (!isEmailPreference(preference)) return;
  await keepTimeZone(user);
  await saveEmailPreference(user.userId, preference);
}

export async function submitPasswordChange(_state: FormState, form: FormData): Promise<FormState> {
  const rules = { who: requireUser, schema: changePasswordSchema };
  return answerForm(form, rules, async ({ user, data, origin }) => {
    const result = await changePassword(user, data, origin);
    // The list of devices has become shorter.
    if (result.ok) refresh();
    return result;
  });
}

/** Asks for another address; what was typed stays in the form when it is refused. */
export async function submitEmailChange(_state: FormState, form: FormData): Promise<FormState> {
  const rules = { who: requireUser, schema: changeEmailSchema };
  return answerForm(form, rules, ({ user, data, origin }) => requestEmailChange(user, data, origin));
}

/** Lets mail go out again to an address whose reader had called one spam: they say so themselves. */
export async function resumeOwnMail(): Promise<FormState> {
  return answerForm(undefined, { who: requireUser }, async ({ user }) => {
    await resumeMail(user.userId);
    refresh();
    return ok(undefined);
  });
}

export async function resendVerification(): Promise<FormState> {
  return answerForm(undefined, { who: requireUser }, async ({ user }) => {
    // One that refused a mail may be tried again, however surely it was confirmed before.
    if (user.emailVerified && user.emailStopReason !== 'bounced') return ok(undefined);
    const limit = await consumeLimit('verifyResend', user.userId);
    if (!limit.ok) return err({ code: 'rate_limited', retryAfterMs: limit.retryAfterMs });
    const { userId: id, username, email, locale } = user;
    return sendVerifyMail({ id, username, email, locale });
  });
}

export type EndSessionState = { outcome?: 'ended' | 'notFound' };

/** Ends one of the person's own sessions; another's is answered like one that does not exist. */
export async function endSession(_state: EndSessionState, form: FormData): Promise<EndSessionState> {
  const user = await requireUser();
  const { sessionId = '' } = readFields(form);
  const isEnded = await revokeSession(sessionId, user.userId, 'elsewhere');
  logSecurity('session:end', isEnded ? 'ok' : 'failed', { userId: user.userId, origin: await readOrigin() });
  refresh();
  return { outcome: isEnded ? 'ended' : 'notFound' };
}
