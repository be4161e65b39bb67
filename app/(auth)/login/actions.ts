'use server';

import { RedirectType, redirect } from 'next/navigation';
import { parseForm } from '#lib/auth/form-schema.ts';
import { type FormState, keepValues, readFields } from '#lib/auth/form-state.ts';
import { loginSchema } from '#lib/auth/login-schema.ts';
import { sanitizeNextPath } from '#lib/auth/next-path.ts';
import { requireGuest } from '#lib/auth/require-guest.ts';
import { signInWithPassword } from '#lib/auth/sign-in.ts';

export async function logIn(_state: FormState, form: FormData): Promise<FormState> {
  const fields = readFields(form);
  const nextPath = sanitizeNextPath(fields.next);
  await requireGuest(nextPath);
  const values = keepValues(fields);
  const parsed = parseForm(loginSchema, fields);
  if (!parsed.ok) return { errors: parsed.errors, values };
  const refused = await signInWithPassword(parsed.data.identifier, parsed.data.password);
  if (refused) return { ...refused, values };
  redirect(nextPath, RedirectType.replace);
}
