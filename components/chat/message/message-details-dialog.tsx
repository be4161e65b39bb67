'use client';

import { useTranslations } from 'use-intl';
import { Button } from '#components/ui/button.tsx';
import { Dialog } from '#components/ui/dialog.tsx';
import { Spinner } from '#components/ui/spinner.tsx';
import type { DetailsView } from './use-message-details.ts';

type Props = { view: DetailsView | null; onClose: () => void; onRetry: (seq: number) => void };

/** How far one's own message has come. */
export function MessageDetailsDialog({ view, onClose, onRetry }: Props) {
  const t = useTranslations('chat.details');
  const tCommon = useTranslations('common');
  return (
    <Dialog open={view !== null} onOpenChange={(isOpen) => !isOpen && onClose()} title={t('title')}>
      {view?.steps}
      {view?.hasFailed && (
        <div className="flex flex-col items-start gap-3" role="alert">
          <p className="text-body">{t('failed')}</p>
          <Button variant="secondary" size="sm" onClick={() => onRetry(view.seq)}>
            {tCommon('retry')}
          </Button>
        </div>
      )}
      {view && !view.steps && !view.hasFailed && <Spinner label={t('loading')} />}
    </Dialog>
  );
}
