'use client';

import { LogOut } from 'lucide';
import { useTranslations } from 'use-intl';
import { Banner } from '#components/ui/banner.tsx';
import { Button } from '#components/ui/button.tsx';
import { Icon } from '#components/ui/icon.tsx';
import { type LogOutAction, useLogOut } from './use-log-out.ts';

/** Ends this session; asks first when that loses something. Works before scripts run. */
export function LogOutButton({ action }: { action: LogOutAction }) {
  const t = useTranslations('auth');
  const { question, loss, isPending, ask, cancel, leave } = useLogOut(action);
  return (
    <form
      action={action}
      onSubmit={(event) => {
        event.preventDefault();
        ask();
      }}
    >
      <Button type="submit" variant="quiet" size="narrow" title={t('logOut')} isPending={isPending}>
        <Icon of={LogOut} className="size-5 sm:hidden" />
        <span className="max-sm:sr-only">{t('logOut')}</span>
      </Button>
      {loss && (
        <Banner tone="danger" className="fixed inset-x-3 top-16 z-40 mx-auto max-w-sm shadow-float">
          {t(`errors.${loss}`)}
        </Banner>
      )}
      {question && <question.Dialog unsent={question.unsent} onCancel={cancel} onLeave={leave} />}
    </form>
  );
}
