'use client';

import { useFormStatus } from 'react-dom';
import { useTranslations } from 'use-intl';
import { Button } from '#components/ui/button.tsx';

function Submit() {
  const t = useTranslations('auth');
  const { pending } = useFormStatus();
  return (
    <Button type="submit" variant="ghost" size="sm" isPending={pending}>
      {t('logOut')}
    </Button>
  );
}

/** Ends this session on the server; works before scripts run. */
export function LogOutButton({ action }: { action: () => Promise<void> }) {
  return (
    <form action={action}>
      <Submit />
    </form>
  );
}
