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
  token,
}: {
  action: (state: { retryAfterMs?: number }, form: FormData) => Promise<{ retryAfterMs?: number }>;
  token: string;
}) {
  const t = useTranslations('auth');
  const [state, formAction, isPending] = useActionState(action, {});
  return (
    <form action={formAction} className={formLook}>
      {state.retryAfterMs !== undefined && (
        <Banner tone="danger">{formatRetry(t, state.retryAfterMs)}</Banner>
      )}
      <input type="hidden" name="token" value={token} />
      <Button type="submit" isPending={isPending}>
        {t('verifyEmail.submit')}
      </Button>
    </form>
  );
}
