'use client';

import { useEffect, useMemo, useState } from 'react';
import { useLocale, useNow, useTimeZone, useTranslations } from 'use-intl';
import { createTimes, toDay } from './times.ts';

/** No zone's midnight lies within a quarter of an hour. */
const QUARTER_MS = 900_000;

/** Times in the words and the zone of the viewer; follows midnight by itself. */
export function useTimes() {
  const locale = useLocale();
  const timeZone = useTimeZone() ?? 'UTC';
  const t = useTranslations('chat.timeline');
  const now = useDayStart(timeZone);
  const today = t('today');
  const yesterday = t('yesterday');
  return useMemo(
    () => createTimes({ locale, timeZone, now, today, yesterday }),
    [locale, timeZone, now, today, yesterday],
  );
}

/** A moment of the present day, in milliseconds; another one from midnight on, and when the clock is set. */
function useDayStart(timeZone: string): number {
  const [now, setNow] = useState(useNow().getTime());
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout>;
    const look = () => {
      clearTimeout(timer);
      timer = setTimeout(look, QUARTER_MS - (Date.now() % QUARTER_MS));
      setNow((known) => (isSameDay(known, Date.now(), timeZone) ? known : Date.now()));
    };
    look();
    // Timers sleep with the machine.
    window.addEventListener('focus', look);
    document.addEventListener('visibilitychange', look);
    return () => {
      clearTimeout(timer);
      window.removeEventListener('focus', look);
      document.removeEventListener('visibilitychange', look);
    };
  }, [timeZone]);
  return now;
}

function isSameDay(a: number, b: number, timeZone: string): boolean {
  return toDay(new Date(a).toISOString(), timeZone) === toDay(new Date(b).toISOString(), timeZone);
}
