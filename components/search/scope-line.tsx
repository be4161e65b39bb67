import Link from 'next/link';
import { useTranslations } from 'use-intl';
import { Name } from '#components/chat/name.tsx';
import { Avatar } from '#components/ui/avatar.tsx';
import type { Partner } from '#lib/chat/types.ts';

/** Says that only one conversation is searched, and leads to all of them. */
export function ScopeLine({ partner, widenPath }: { partner: Partner; widenPath: string }) {
  const t = useTranslations('search.messages');
  return (
    <div className="mt-1 flex flex-wrap items-center gap-x-3 text-sm text-muted">
      <span className="flex min-h-11 min-w-0 flex-1 items-center gap-2">
        <Avatar userId={partner.userId} name={partner.username} size="sm" />
        <span className="min-w-0 wrap-anywhere">
          {t.rich('within', {
            name: () => <Name className="font-semibold text-ink">{partner.username}</Name>,
          })}
        </span>
      </span>
      <Link
        href={widenPath}
        className="inline-flex min-h-11 items-center rounded-control font-semibold text-persimmon-ink underline-offset-4 hover:underline"
      >
        {t('widen')}
      </Link>
    </div>
  );
}
