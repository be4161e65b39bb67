'use client';

import { useTranslations } from 'use-intl';

/** The highest count that is exact; the server stops counting there. */
const COUNTED = 99;

export function formatCount(count: number): string {
  return count > COUNTED ? `${COUNTED}+` : String(count);
}

/** How many messages wait, as a number for the eye and a phrase for a screen reader. */
export function UnreadBadge({ count }: { count: number }) {
  const t = useTranslations('chat.list');
  return (
    <span className="inline-flex h-5 min-w-5 shrink-0 items-center justify-center rounded-full bg-persimmon px-1.5 text-xs font-semibold text-on-persimmon tabular-nums">
      <span aria-hidden>{formatCount(count)}</span>
      <span className="sr-only">
        {count > COUNTED ? t('unreadMany', { count: COUNTED }) : t('unread', { count })}
      </span>
    </span>
  );
}
