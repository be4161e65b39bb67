'use client';

import { useMemo } from 'react';
import { useLocale, useNow, useTimeZone, useTranslations } from 'use-intl';
import { createTimes } from './times.ts';

/** Times in the words and the zone of the viewer; follows midnight by itself. */
export function useTimes() {
  const locale = useLocale();
  const timeZone = useTimeZone() ?? 'UTC';
  const t = useTranslations('chat.timeline');
  const now = useNow({ updateInterval: 60_000 });
  const today = t('today');
  const yesterday = t('yesterday');
  const minute = Math.floor(now.getTime() / 60_000);
  return useMemo(
    () => createTimes({ locale, timeZone, now: minute * 60_000, today, yesterday }),
    [locale, timeZone, minute, today, yesterday],
  );
}
