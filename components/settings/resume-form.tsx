'use client';

import { useActionState } from 'react';
import { useTranslations } from 'use-intl';
import { Banner } from '#components/ui/banner.tsx';
import { Button } from '#components/ui/button.tsx';
import { useGuardedAction } from '#components/ui/use-guarded-action.ts';
import type { FormAction } from '#lib/auth/forms/form-state.ts';

/** Lets mails come again after one was called spam. */
export function ResumeForm({ action }: { action: FormAction }) {
  const t = useTranslations('settings.account');
  const tAuth = useTranslations('auth');
  const [state, formAction, isPending] = useActionState(
    useGuardedAction(action, (loss) => ({ formError: loss })),
    {},
  );
  return (
    <form action={formAction} className="flex flex-col items-start gap-4">
      {state.formError && <Banner tone="danger">{tAuth(`errors.${state.formError}`)}</Banner>}
      <Button type="submit" variant="secondary" size="sm" isPending={isPending}>
        {t('resume')}
      </Button>
    </form>
  );
}
