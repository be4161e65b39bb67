'use client';

import { useActionState } from 'react';
import { useTranslations } from 'use-intl';
import { Banner } from '#components/ui/banner.tsx';
import { Button } from '#components/ui/button.tsx';
import { type Loss, useGuardedAction } from '#components/ui/use-guarded-action.ts';

/** Ends this session on the server; works before scripts run. */
export function LogOutButton({ action }: { action: () => Promise<never> }) {
  const t = useTranslations('auth');
  const [loss, formAction, isPending] = useActionState(
    useGuardedAction<Loss | null>(action, (loss) => loss),
    null,
  );
  return (
    <form action={formAction}>
      <Button type="submit" variant="ghost" size="sm" isPending={isPending}>
        {t('logOut')}
      </Button>
      {loss && (
        <Banner tone="danger" className="fixed inset-x-3 top-16 z-40 mx-auto max-w-sm shadow-float">
          {t(`errors.${loss}`)}
        </Banner>
      )}
    </form>
  );
}
