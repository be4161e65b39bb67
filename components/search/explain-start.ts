import type { useTranslations } from 'use-intl';
import type { Fault } from '#lib/chat/types.ts';

const SECOND_MS = 1000;
const HOUR_MS = 3600 * SECOND_MS;

/** Why a conversation with somebody could not be opened, in a sentence. */
export function explainStart(
  t: ReturnType<typeof useTranslations<'search'>>,
  { code, retryAfterMs }: Fault,
): string {
  if (code === 'rate_limited') {
    const waitMs = retryAfterMs ?? SECOND_MS;
    // Of the two limits one counts in a minute, the other in a day.
    if (waitMs > 60 * SECOND_MS) return t('people.startLimited', { hours: Math.ceil(waitMs / HOUR_MS) });
    return t('limited', { seconds: Math.ceil(waitMs / SECOND_MS) });
  }
  return t(code === 'not_found' ? 'people.startGone' : 'people.startFailed');
}
