'use client';

import { useTranslations } from 'use-intl';
import { Button } from '#components/ui/button.tsx';
import { Spinner } from '#components/ui/spinner.tsx';

/** While the emoji are loaded. */
export function Waiting() {
  const t = useTranslations('chat.emoji');
  return (
    <div role="status" className="flex flex-1 items-center justify-center gap-2 text-muted">
      <Spinner />
      {t('loading')}
    </div>
  );
}

/** When they could not be loaded. */
export function Failed({ onRetry }: { onRetry: () => void }) {
  const t = useTranslations('chat.emoji');
  return (
    <div role="status" className="flex flex-1 flex-col items-center justify-center gap-3 px-6 text-center">
      <p className="text-body text-pretty text-muted break-keep">{t('failed')}</p>
      <Button variant="secondary" size="sm" onClick={onRetry}>
        {t('retry')}
      </Button>
    </div>
  );
}

/** When a search finds none. */
export function NothingFound() {
  const t = useTranslations('chat.emoji');
  return (
    <p
      role="status"
      className="flex flex-1 items-center justify-center px-6 text-center text-body text-pretty text-muted break-keep"
    >
      {t('nothingFound')}
    </p>
  );
}
