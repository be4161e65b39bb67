'use client';

import { useActionState } from 'react';
import { useTranslations } from 'use-intl';
import { formatRetry } from '#components/auth/format-retry.ts';
import { Banner } from '#components/ui/banner.tsx';
import { Button } from '#components/ui/button.tsx';
import { useGuardedAction } from '#components/ui/use-guarded-action.ts';
import type { FormAction } from '#lib/auth/forms/form-state.ts';

/** Asks for another mail that confirms the address. */
export function ResendForm({ action }: { action: FormAction }) {
  const t = useTranslations('settings.account');
  const tAuth = useTranslations('auth');
  const [state, formAction, isPending] = useActionState(
    useGuardedAction(action, (loss) => ({ formError: loss })),
    {},
  );
  return (
    <form action={formAction} className="mt-4 flex flex-col items-start gap-4">
      {state.isDone && <Banner tone="success">{t('resent')}</Banner>}
      {state.retryAfterMs !== undefined && (
        <Banner tone="danger">{formatRetry(tAuth, state.retryAfterMs)}</Banner>
      )}
      {state.formError && <Banner tone="danger">{tAuth(`errors.${state.formError}`)}</Banner>}
      <Button type="submit" variant="secondary" size="sm" isPending={isPending}>
        {t('resend')}
      </Button>
    </form>
  );
}
