'use client';

import { useActionState } from 'react';
import { useTranslations } from 'use-intl';
import { Banner } from '#components/ui/banner.tsx';
import { Button } from '#components/ui/button.tsx';
import { useGuardedAction } from '#components/ui/use-guarded-action.ts';
import type { FormAction } from '#lib/auth/forms/form-state.ts';
import { formatRetry } from './format-retry.ts';
import { formLook } from './look.ts';

/** The button that uses a mailed link up; opening the link alone, as mail scanners do, does not. */
export function TokenForm({
  action,
  name,
  token,
  label,
}: {
  action: FormAction;
  /** Which kind of link it is: `change` moves the account to another address. */
  name: 'token' | 'change';
  token: string;
  /** What the button does. */
  label: string;
}) {
  const t = useTranslations('auth');
  const [state, formAction, isPending] = useActionState(
    useGuardedAction(action, (loss) => ({ formError: loss })),
    {},
  );
  return (
    <form action={formAction} className={formLook}>
      {state.retryAfterMs !== undefined && (
        <Banner tone="danger">{formatRetry(t, state.retryAfterMs)}</Banner>
      )}
      {state.formError && <Banner tone="danger">{t(`errors.${state.formError}`)}</Banner>}
      <input type="hidden" name={name} value={token} />
      <Button type="submit" isPending={isPending}>
        {label}
      </Button>
    </form>
  );
}
