'use server';

import { headers } from 'next/headers';
import { after } from 'next/server';
import { parseForm } from '#lib/auth/form-schema.ts';
import { type FormState, keepValues, readFields } from '#lib/auth/form-state.ts';
import { readRequestOrigin } from '#lib/auth/request-origin.ts';
import { sendResetMail } from '#lib/auth/reset-password.ts';
import { forgotPasswordSchema } from '#lib/auth/schemas.ts';
import { getLog } from '#lib/log.ts';
import { consumeLimits } from '#lib/rate-limit.ts';
import { foldEmail } from '#lib/text/fold.ts';

/** Answers before it looks whether the address is anyone's, so neither words nor time tell. */
export async function requestReset(_state: FormState, form: FormData): Promise<FormState> {
  const fields = readFields(form);
  const values = keepValues(fields);
  const parsed = parseForm(forgotPasswordSchema, fields);
  if (!parsed.ok) return { errors: parsed.errors, values };
  const { email } = parsed.data;
  const limit = await consumeLimits([
    ['resetIp', readRequestOrigin(await headers()).ipKey],
    ['resetAddress', foldEmail(email)],
  ]);
  if (!limit.ok) return { retryAfterMs: limit.retryAfterMs, values };
  after(() =>
    sendResetMail(email).catch((error) => getLog().error({ err: error }, 'could not queue a reset mail')),
  );
  return { isDone: true, values };
}
