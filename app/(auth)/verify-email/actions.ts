'use server';

import { RedirectType, redirect } from 'next/navigation';
import { answerForm } from '#lib/actions/answer-form.ts';
import { confirmEmailChange } from '#lib/auth/accounts/change-email.ts';
import { verifyEmail } from '#lib/auth/accounts/verify-email.ts';
import { type FormState, readFields } from '#lib/auth/forms/form-state.ts';

export async function confirmEmail(_state: FormState, form: FormData): Promise<FormState> {
  const { token = '', change = '' } = readFields(form);
  return answerForm(
    form,
    {
      limits: ({ origin }) => [['tokenIp', origin.ipKey]],
      event: change ? 'email:change' : 'email:verify',
    },
    async ({ origin }) => {
      if (change) await confirmEmailChange(change, origin);
      else await verifyEmail(token, origin);
      // The page says what became of the link.
      const query = change ? `change=${encodeURIComponent(change)}` : `token=${encodeURIComponent(token)}`;
      redirect(`/verify-email?${query}`, RedirectType.replace);
    },
  );
}
