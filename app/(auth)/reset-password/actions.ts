'use server';

import { headers } from 'next/headers';
import { RedirectType, redirect } from 'next/navigation';
import { type FormState, readFields } from '#lib/auth/form-state.ts';
import { readRequestOrigin } from '#lib/auth/request-origin.ts';
import { resetPassword } from '#lib/auth/reset-password.ts';
import { consumeLimit } from '#lib/rate-limit.ts';

export async function chooseNewPassword(_state: FormState, form: FormData): Promise<FormState> {
  const limit = await consumeLimit('tokenIp', readRequestOrigin(await headers()).ipKey);
  if (!limit.ok) return { retryAfterMs: limit.retryAfterMs };
  const result = await resetPassword(readFields(form));
  if (result.ok) redirect('/login?reset=done', RedirectType.replace);
  // A link that has become unusable meanwhile: the page says so by itself.
  if (!result.errors) redirect('/reset-password', RedirectType.replace);
  return { errors: result.errors };
}
