'use client';

import { useTranslations } from 'use-intl';
import { Button } from '#components/ui/button.tsx';
import { Dialog } from '#components/ui/dialog.tsx';

type Props = {
  /** Messages and drafts; 0 while nothing is asked. */
  unsent: number;
  onCancel: () => void;
  onLeave: () => void;
};

/** Asks before a log-out that loses messages and drafts. */
export function LeaveDialog({ unsent, onCancel, onLeave }: Props) {
  const t = useTranslations('auth');
  const tCommon = useTranslations('common');
  return (
    <Dialog
      open={unsent > 0}
      onOpenChange={onCancel}
      title={t('leave.title')}
      description={t('leave.body', { count: unsent })}
      footer={
        <>
          <Button variant="secondary" onClick={onCancel}>
            {tCommon('cancel')}
          </Button>
          <Button variant="danger" onClick={onLeave}>
            {t('logOut')}
          </Button>
        </>
      }
    />
  );
}
