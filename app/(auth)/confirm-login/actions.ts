'use server';

import { RedirectType, redirect } from 'next/navigation';
import { answerForm } from '#lib/actions/answer-form.ts';
import type { FormState } from '#lib/auth/forms/form-state.ts';
import { HOME_PATH } from '#lib/auth/login/next-path.ts';
import { signInWithLink } from '#lib/auth/login/sign-in.ts';
import { requireSignedOut } from '#lib/auth/sessions/require-signed-out.ts';

/** Logs in by a mailed link; only this press of the button uses the link up. */
export async function confirmLogin(_state: FormState, form: FormData): Promise<FormState> {
  return answerForm(
    form,
    {
      who: () => requireSignedOut(HOME_PATH),
      limits: ({ origin }) => [['tokenIp', origin.ipKey]],
      event: 'login:link',
    },
    async ({ fields }) => {
      const isIn = await signInWithLink(fields.token ?? '');
      // The link has become unusable in the meantime; the page says so.
      redirect(isIn ? HOME_PATH : '/confirm-login', RedirectType.replace);
    },
  );
}
