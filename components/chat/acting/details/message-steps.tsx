'use client';

import { useFormatter, useTranslations } from 'use-intl';
import type { MessageDetails } from '#lib/chat/types.ts';

type Props = { details: MessageDetails; isMine: boolean };

/** The steps of a message: one that is not known to have been taken is not claimed. Of the partner's it was sent. */
export function MessageSteps({ details: { sentAt, delivered, read, mail }, isMine }: Props) {
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
    ...(isMine
      ? ([
          [t('delivered'), say(delivered)],
          [t('read'), say(read)],
        ] as [string, string][])
      : []),
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
