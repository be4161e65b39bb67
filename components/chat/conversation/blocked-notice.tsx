'use client';

import { useTranslations } from 'use-intl';
import { Banner } from '#components/ui/banner.tsx';
import { Button } from '#components/ui/button.tsx';
import { Name } from '../name.tsx';
import type { Blocking } from './use-blocking.ts';

/** Stands where the composer was while the partner is blocked. */
export function BlockedNotice({ name, blocking }: { name: string; blocking: Blocking }) {
  const t = useTranslations('chat.block');
  return (
    <div className="shrink-0 px-3 pt-1 pb-[max(--spacing(3),env(safe-area-inset-bottom))] sm:px-5">
      <Banner
        tone="info"
        className="mx-auto max-w-170"
        action={
          <Button
            variant="secondary"
            size="sm"
            isPending={blocking.isPending}
            onClick={() => blocking.change(false)}
          >
            {t('undo')}
          </Button>
        }
      >
        {blocking.hasFailed ? t('failed') : t.rich('notice', { name: () => <Name>{name}</Name> })}
      </Banner>
    </div>
  );
}
