'use client';

import { useActionState } from 'react';
import { useTranslations } from 'use-intl';
import { Banner } from '#components/ui/banner.tsx';
import { Button } from '#components/ui/button.tsx';
import { formatRetry } from './format-retry.ts';
import { formLook } from './look.ts';

/** The button that uses a verify link up; opening the link alone, as mail scanners do, does not. */
export function VerifyEmailForm({
  action,
  name,
  token,
}: {
  action: (state: { retryAfterMs?: number }, form: FormData) => Promise<{ retryAfterMs?: number }>;
  /** Which kind of link it is: one that confirms the address in use, or one that changes it. */
  name: 'token' | 'change';
  token: string;
}) {
  const t = useTranslations('auth');
  const [state, formAction, isPending] = useActionState(action, {});
  return (
    <form action={formAction} className={formLook}>
      {state.retryAfterMs !== undefined && (
        <Banner tone="danger">{formatRetry(t, state.retryAfterMs)}</Banner>
      )}
      <input type="hidden" name={name} value={token} />
      <Button type="submit" isPending={isPending}>
        {t(name === 'change' ? 'verifyEmail.submitChange' : 'verifyEmail.submit')}
      </Button>
    </form>
  );
}
