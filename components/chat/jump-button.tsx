'use client';

import { ArrowDown, ArrowUp } from 'lucide';
import { useTranslations } from 'use-intl';
import { cn } from '#components/ui/cn.ts';
import { Icon } from '#components/ui/icon.tsx';
import { formatCount } from './format-count.ts';

const look =
  'absolute z-10 inline-flex min-h-11 items-center gap-1.5 rounded-full bg-raised text-sm font-medium text-ink shadow-float ring-1 ring-line animate-rise hover:bg-wash [&_svg]:size-4.5';

/** Leads down to the newest message and says how many unread ones lie on the way. */
export function ToNewestButton({ count, onClick }: { count: number; onClick: () => void }) {
  const t = useTranslations('chat.timeline');
  const label =
    count === 0 ? t('toNewest') : count > 99 ? t('belowMany', { count: 99 }) : t('below', { count });
  return (
    <button
      type="button"
      onClick={onClick}
      aria-label={label}
      title={label}
      className={cn(look, 'right-4 bottom-3 justify-center', count > 0 ? 'px-4 text-persimmon-ink' : 'w-11')}
    >
      {count > 0 && <span className="tabular-nums">{formatCount(count)}</span>}
      <Icon of={ArrowDown} />
    </button>
  );
}

/** Leads up to the first unread message when it is too far back to be loaded. */
export function ToUnreadButton({ onClick }: { onClick: () => void }) {
  const t = useTranslations('chat.timeline');
  return (
    <button type="button" onClick={onClick} className={cn(look, 'top-3 left-1/2 -translate-x-1/2 px-4')}>
      <Icon of={ArrowUp} />
      {t('toUnread')}
    </button>
  );
}
