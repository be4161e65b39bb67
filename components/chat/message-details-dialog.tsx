'use client';

import { useFormatter, useTranslations } from 'use-intl';
import { Button } from '#components/ui/button.tsx';
import { Dialog } from '#components/ui/dialog.tsx';
import { Spinner } from '#components/ui/spinner.tsx';
import type { MessageDetails } from '#lib/chat/types.ts';
import type { DetailsView } from './use-message-details.ts';

type Props = { view: DetailsView | null; onClose: () => void; onRetry: (seq: number) => void };

/** How far one's own message has come: a step that is not known to have been taken is not claimed. */
export function MessageDetailsDialog({ view, onClose, onRetry }: Props) {
  const t = useTranslations('chat.details');
  const tCommon = useTranslations('common');
  return (
    <Dialog open={view !== null} onOpenChange={(isOpen) => !isOpen && onClose()} title={t('title')}>
      {view?.details && <Ladder details={view.details} />}
      {view?.hasFailed && (
        <div className="flex flex-col items-start gap-3" role="alert">
          <p className="text-body">{t('failed')}</p>
          <Button variant="secondary" size="sm" onClick={() => onRetry(view.seq)}>
            {tCommon('retry')}
          </Button>
        </div>
      )}
      {view && !view.details && !view.hasFailed && <Spinner label={t('loading')} />}
    </Dialog>
  );
}

function Ladder({ details: { sentAt, delivered, read, mail } }: { details: MessageDetails }) {
  const t = useTranslations('chat.details');
  const format = useFormatter();
  const say = (step: { at: string | null } | undefined) => {
    if (!step) return t('notYet');
    return step.at
      ? format.dateTime(new Date(step.at), { dateStyle: 'medium', timeStyle: 'short' })
      : t('timeUnknown');
  };
  const steps: [label: string, value: string][] = [
    [t('sent'), say({ at: sentAt })],
    [t('delivered'), say(delivered)],
    [t('read'), say(read)],
    ...(mail?.sentAt ? [[t('mailed'), say({ at: mail.sentAt })] as [string, string]] : []),
    ...(mail?.deliveredAt ? [[t('mailArrived'), say({ at: mail.deliveredAt })] as [string, string]] : []),
    ...(mail?.bouncedAt ? [[t('bounced'), say({ at: mail.bouncedAt })] as [string, string]] : []),
  ];
  return (
    <>
      <dl className="grid grid-cols-[auto_1fr] gap-x-6 gap-y-2.5 text-body tabular-nums">
        {steps.map(([label, value]) => (
          <div key={label} className="contents">
            <dt className="text-muted break-keep">{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {mail?.bouncedAt && <p className="mt-4 text-sm text-muted break-keep">{t('bouncedHint')}</p>}
    </>
  );
}
