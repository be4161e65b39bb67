'use client';

import { useNow, useTranslations } from 'use-intl';

/** Says when a message goes that was one too many at once. `until` in milliseconds since 1970. */
export function HeldNote({ until }: { until: number }) {
  const t = useTranslations('chat');
  const seconds = Math.ceil((until - useNow({ updateInterval: 1000 }).getTime()) / 1000);
  if (seconds <= 0) return null;
  return (
    <p className="mt-1 text-sm text-muted break-keep tabular-nums select-none">{t('held', { seconds })}</p>
  );
}
