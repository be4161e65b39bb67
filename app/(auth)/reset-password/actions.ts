'use server';

import { RedirectType, redirect } from 'next/navigation';
import { answerForm } from '#lib/actions/answer-form.ts';
import { resetPassword } from '#lib/auth/accounts/reset-password.ts';
import { type FormState, refuseFields } from '#lib/auth/forms/form-state.ts';
import { resetPasswordSchema } from '#lib/auth/forms/schemas.ts';

export async function chooseNewPassword(_state: FormState, form: FormData): Promise<FormState> {
  return answerForm(
    form,
    {
      schema: resetPasswordSchema,
      limits: ({ origin }) => [['tokenIp', origin.ipKey]],
      event: 'reset',
    },
    async ({ data, origin }) => {
      const result = await resetPassword(data, origin);
      if (result.ok) redirect('/login?reset=done', RedirectType.replace);
      if (result.error.code === 'invalid') return refuseFields(result.error.fields);
      // The link has become unusable in the meantime; the page says so.
      redirect('/reset-password', RedirectType.replace);
    },
  );
}
