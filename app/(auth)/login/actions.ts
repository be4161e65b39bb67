'use server';

import { RedirectType, redirect } from 'next/navigation';
import { answerForm } from '#lib/actions/answer-form.ts';
import type { FormState } from '#lib/auth/forms/form-state.ts';
import { loginSchema } from '#lib/auth/forms/login-schema.ts';
import { sanitizeNextPath } from '#lib/auth/login/next-path.ts';
import { signInWithPassword } from '#lib/auth/login/sign-in.ts';
import { requireSignedOut } from '#lib/auth/sessions/require-signed-out.ts';

export async function logIn(_state: FormState, form: FormData): Promise<FormState> {
  return answerForm(
    form,
    { who: ({ next }) => requireSignedOut(sanitizeNextPath(next)), schema: loginSchema },
    async ({ data, fields }) => {
      const signedIn = await signInWithPassword(data.identifier, data.password);
      if (!signedIn.ok) return signedIn;
      redirect(sanitizeNextPath(fields.next), RedirectType.replace);
    },
  );
}
