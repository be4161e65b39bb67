'use server';

import { headers } from 'next/headers';
import { RedirectType, redirect } from 'next/navigation';
import { confirmEmailChange } from '#lib/auth/change-email.ts';
import { type FormState, readFields } from '#lib/auth/form-state.ts';
import { readRequestOrigin } from '#lib/auth/request-origin.ts';
import { verifyEmail } from '#lib/auth/verify-email.ts';
import { consumeLimit } from '#lib/rate-limit.ts';

export async function confirmEmail(_state: FormState, form: FormData): Promise<FormState> {
  const limit = await consumeLimit('tokenIp', readRequestOrigin(await headers()).ipKey);
  if (!limit.ok) return { retryAfterMs: limit.retryAfterMs };
  const { token = '', change = '' } = readFields(form);
  if (change) await confirmEmailChange(change);
  else await verifyEmail(token);
  // The page tells how the link stands now.
  const query = change ? `change=${encodeURIComponent(change)}` : `token=${encodeURIComponent(token)}`;
  redirect(`/verify-email?${query}`, RedirectType.replace);
}
