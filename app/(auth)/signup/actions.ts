'use server';

import { headers } from 'next/headers';
import { RedirectType, redirect } from 'next/navigation';
import { type FormState, keepValues, readFields } from '#lib/auth/form-state.ts';
import { sanitizeNextPath, withNext } from '#lib/auth/next-path.ts';
import { readRequestOrigin } from '#lib/auth/request-origin.ts';
import { requireGuest } from '#lib/auth/require-guest.ts';
import { signInWithPassword } from '#lib/auth/sign-in.ts';
import { signUp } from '#lib/auth/sign-up.ts';
import { getLocale } from '#lib/i18n/server.ts';
import { consumeLimit } from '#lib/rate-limit.ts';

export async function createAccount(_state: FormState, form: FormData): Promise<FormState> {
  const fields = readFields(form);
  const nextPath = sanitizeNextPath(fields.next);
  await requireGuest(nextPath);
  const values = keepValues(fields);
  const limit = await consumeLimit('signup', readRequestOrigin(await headers()).ipKey);
  if (!limit.ok) return { retryAfterMs: limit.retryAfterMs, values };
  const result = await signUp(fields, await getLocale());
  if (!result.ok) return { errors: result.errors, values };
  const refused = await signInWithPassword(result.username, result.password);
  // The account stands; what stopped the login is said on its own page.
  redirect(refused ? withNext('/login', nextPath) : nextPath, RedirectType.replace);
}
