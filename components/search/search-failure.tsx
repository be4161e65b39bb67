'use client';

import { useTranslations } from 'use-intl';
import { Banner } from '#components/ui/banner.tsx';
import { Button } from '#components/ui/button.tsx';
import type { Fault } from '#lib/chat/types.ts';

type Props = {
  error: Fault;
  onRetry: () => void;
  /** Says that something else than a search came to nothing. */
  failed?: string;
};

/** Why there is no answer, and the way to ask again. */
export function SearchFailure({ error, onRetry, failed }: Props) {
  const tCommon = useTranslations('common');
  const explain = useFailure();
  return (
    <Banner
      tone={error.code === 'rate_limited' ? 'warning' : 'danger'}
      className="mx-2 my-2"
      action={
        <Button variant="secondary" size="sm" onClick={onRetry}>
          {tCommon('retry')}
        </Button>
      }
    >
      {explain(error, failed)}
    </Banner>
  );
}

/** Says why there is no answer; `failed` in place of a search's own words. */
export function useFailure(): (error: Fault, failed?: string) => string {
  const t = useTranslations('search');
  return ({ code, retryAfterMs }, failed) =>
    code === 'rate_limited'
      ? t('limited', { seconds: Math.ceil((retryAfterMs ?? 1000) / 1000) })
      : (failed ?? t('failed'));
}
