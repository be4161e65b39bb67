'use client';

import { useTranslations } from 'use-intl';
import { Banner } from '#components/ui/banner.tsx';
import { Button } from '#components/ui/button.tsx';
import { Dialog } from '#components/ui/dialog.tsx';
import { Name } from '../name.tsx';
import type { Blocking } from './use-blocking.ts';

/** Asks before blocking and says what it does. */
export function BlockDialog({ name, blocking }: { name: string; blocking: Blocking }) {
  const t = useTranslations('chat.block');
  const tCommon = useTranslations('common');
  const isolated = () => <Name>{name}</Name>;
  return (
    <Dialog
      open={blocking.isAsking}
      onOpenChange={blocking.setIsAsking}
      title={t.rich('title', { name: isolated })}
      description={t.rich('body', { name: isolated })}
      footer={
        <>
          <Button variant="secondary" onClick={() => blocking.setIsAsking(false)}>
            {tCommon('cancel')}
          </Button>
          <Button variant="danger" isPending={blocking.isPending} onClick={() => blocking.change(true)}>
            {t('confirm')}
          </Button>
        </>
      }
    >
      {blocking.hasFailed && <Banner tone="danger">{t('failed')}</Banner>}
    </Dialog>
  );
}
