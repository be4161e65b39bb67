'use server';

import { headers } from 'next/headers';
import { RedirectType, redirect } from 'next/navigation';
import { type FormState, readFields } from '#lib/auth/form-state.ts';
import { readRequestOrigin } from '#lib/auth/request-origin.ts';
import { verifyEmail } from '#lib/auth/verify-email.ts';
import { consumeLimit } from '#lib/rate-limit.ts';

export async function confirmEmail(_state: FormState, form: FormData): Promise<FormState> {
  const limit = await consumeLimit('tokenIp', readRequestOrigin(await headers()).ipKey);
  if (!limit.ok) return { retryAfterMs: limit.retryAfterMs };
  const { token = '' } = readFields(form);
  await verifyEmail(token);
  // The page tells how the link stands now.
  redirect(`/verify-email?token=${encodeURIComponent(token)}`, RedirectType.replace);
}
