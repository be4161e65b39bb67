'use server';

import { RedirectType, redirect } from 'next/navigation';
import { answerForm } from '#lib/actions/answer-form.ts';
import { signUp } from '#lib/auth/accounts/sign-up.ts';
import type { FormState } from '#lib/auth/forms/form-state.ts';
import { sanitizeNextPath, withNext } from '#lib/auth/login/next-path.ts';
import { signInWithPassword } from '#lib/auth/login/sign-in.ts';
import { requireSignedOut } from '#lib/auth/sessions/require-signed-out.ts';
import { getLocale } from '#lib/i18n/server.ts';

export async function createAccount(_state: FormState, form: FormData): Promise<FormState> {
  return answerForm(
    form,
    {
      who: ({ next }) => requireSignedOut(sanitizeNextPath(next)),
      limits: ({ origin }) => [['signup', origin.ipKey]],
      event: 'signup',
    },
    async ({ fields, origin }) => {
      const nextPath = sanitizeNextPath(fields.next);
      // Without a schema above: what is taken is told together with what is wrong.
      const result = await signUp(fields, await getLocale(), origin);
      if (!result.ok) return result;
      const { ok: isIn } = await signInWithPassword(result.value.username, result.value.password);
      // The account exists; the login page says what stopped the login.
      redirect(isIn ? nextPath : withNext('/login', nextPath), RedirectType.replace);
    },
  );
}
