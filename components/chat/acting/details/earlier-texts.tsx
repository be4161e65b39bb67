'use client';

import { useFormatter, useTranslations } from 'use-intl';
import type { MessageDetails } from '#lib/chat/types.ts';

/** What a message said before it was edited, the latest first, and whether a mail shows such a text. */
export function EarlierTexts({ details: { versions, mail } }: { details: MessageDetails }) {
  const t = useTranslations('chat.details');
  const format = useFormatter();
  if (!versions?.length) return null;
  return (
    <section className="mt-5 border-t border-line pt-4">
      <h3 className="text-sm font-semibold text-muted">{t('earlier')}</h3>
      {mail?.showsEarlierText && (
        <p className="mt-1 text-sm text-muted break-keep">{t('mailShowsEarlier')}</p>
      )}
      <ol className="mt-3 flex flex-col gap-3">
        {versions.toReversed().map(({ body, at }) => (
          <li key={at}>
            <p
              dir="auto"
              className="rounded-control bg-wash px-3 py-2 text-body break-keep whitespace-pre-wrap wrap-anywhere"
            >
              {body}
            </p>
            <time dateTime={at} className="mt-1 block text-xs text-muted tabular-nums">
              {t('until', {
                time: format.dateTime(new Date(at), { dateStyle: 'medium', timeStyle: 'short' }),
              })}
            </time>
          </li>
        ))}
      </ol>
    </section>
  );
}
