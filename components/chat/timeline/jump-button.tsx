'use client';

import { ArrowDown, ArrowUp } from 'lucide';
import { useTranslations } from 'use-intl';
import { cn } from '#components/ui/cn.ts';
import { Icon } from '#components/ui/icon.tsx';
import { COUNTED, formatCount } from '../list/format-count.ts';

const look =
  'absolute z-10 inline-flex min-h-11 items-center gap-1.5 rounded-full bg-raised text-sm font-medium text-ink shadow-float ring-1 ring-line animate-rise hover:bg-wash active:bg-press [&_svg]:size-4.5';

/** Leads down, and says how many unread messages lie there. */
export function ToNewestButton({ count, onClick }: { count: number; onClick: () => void }) {
  const t = useTranslations('chat.timeline');
  const label =
    count === 0
      ? t('toNewest')
      : count > COUNTED
        ? t('belowMany', { count: COUNTED })
        : t('below', { count });
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

/** Leads up to the first unread message, where the view has passed over it. */
export function ToUnreadButton({ onClick }: { onClick: () => void }) {
  const t = useTranslations('chat.timeline');
  return (
    <button type="button" onClick={onClick} className={cn(look, 'top-3 left-1/2 -translate-x-1/2 px-4')}>
      <Icon of={ArrowUp} />
      {t('toUnread')}
    </button>
  );
}
