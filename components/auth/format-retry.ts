import type { useTranslations } from 'use-intl';

/** When to try again, said in seconds below a minute, else in minutes. */
export function formatRetry(t: ReturnType<typeof useTranslations<'auth'>>, retryAfterMs: number): string {
  const seconds = Math.ceil(retryAfterMs / 1000);
  return seconds < 60
    ? t('tooMany.seconds', { count: seconds })
    : t('tooMany.minutes', { count: Math.ceil(seconds / 60) });
}
