'use server';

import { after } from 'next/server';
import { answerForm } from '#lib/actions/answer-form.ts';
import { toMailTarget } from '#lib/auth/accounts/mail-target.ts';
import { sendResetMail } from '#lib/auth/accounts/reset-password.ts';
import type { FormState } from '#lib/auth/forms/form-state.ts';
import { forgotPasswordSchema } from '#lib/auth/forms/schemas.ts';
import { getLog } from '#lib/runtime/log.ts';
import { ok } from '#lib/runtime/result.ts';

/** Answers before it looks the address up, so neither the words nor the time tell whether somebody has it. */
export async function requestReset(_state: FormState, form: FormData): Promise<FormState> {
  return answerForm(
    form,
    {
      schema: forgotPasswordSchema,
      limits: ({ data, origin }) => [
        ['resetIp', origin.ipKey],
        ['mailTarget', toMailTarget(data.email)],
      ],
      event: 'reset:ask',
      keepsTyped: true,
    },
    async ({ data, origin }) => {
      after(() =>
        sendResetMail(data.email, origin).catch((error) =>
          getLog().error({ err: error }, 'could not queue a reset mail'),
        ),
      );
      return ok(undefined);
    },
  );
}
