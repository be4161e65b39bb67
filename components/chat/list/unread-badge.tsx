'use client';

import { useTranslations } from 'use-intl';
import { cn } from '#components/ui/cn.ts';
import { COUNTED, formatCount } from './format-count.ts';

/** How many messages wait, as a number for the eye and a phrase for a screen reader; quiet in a muted conversation. */
export function UnreadBadge({ count, isQuiet = false }: { count: number; isQuiet?: boolean }) {
  const t = useTranslations('chat.list');
  return (
    <span
      className={cn(
        'inline-flex h-5 min-w-5 shrink-0 items-center justify-center rounded-full px-1.5 text-xs font-semibold tabular-nums',
        isQuiet ? 'bg-wash text-ink' : 'bg-persimmon text-on-persimmon',
      )}
    >
      <span aria-hidden>{formatCount(count)}</span>
      <span className="sr-only">
        {count > COUNTED ? t('unreadMany', { count: COUNTED }) : t('unread', { count })}
      </span>
    </span>
  );
}
