'use client';

import { useTranslations } from 'use-intl';
import { Banner } from '#components/ui/banner.tsx';
import { Button } from '#components/ui/button.tsx';
import type { Fault } from '#lib/chat/types.ts';

/** Why there is no answer, and the way to ask again. */
export function SearchFailure({ error, onRetry }: { error: Fault; onRetry: () => void }) {
  const t = useTranslations('search');
  const tCommon = useTranslations('common');
  const isLimited = error.code === 'rate_limited';
  return (
    <Banner
      tone={isLimited ? 'warning' : 'danger'}
      className="mx-2 my-2"
      action={
        <Button variant="secondary" size="sm" onClick={onRetry}>
          {tCommon('retry')}
        </Button>
      }
    >
      {isLimited ? t('limited', { seconds: Math.ceil((error.retryAfterMs ?? 1000) / 1000) }) : t('failed')}
    </Banner>
  );
}
