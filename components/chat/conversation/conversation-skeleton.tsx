'use client';

import { useTranslations } from 'use-intl';
import { Avatar } from '#components/ui/avatar.tsx';
import { cn } from '#components/ui/cn.ts';
import { Skeleton } from '#components/ui/skeleton.tsx';
import type { ConversationEntry } from '#lib/chat/types.ts';
import { BackLink } from '../frame/back-link.tsx';
import { Name } from '../name.tsx';

const bubbles = ['w-40', 'w-56 mine', 'w-28 mine', 'w-64', 'w-36', 'w-48 mine'];

/** The shape of a conversation while it loads; whose conversation it is stands there already when it is known. */
export function ConversationSkeleton({ entry }: { entry: ConversationEntry | null }) {
  const t = useTranslations('chat.pane');
  return (
    <>
      {/* Outside what is busy, of which nothing is read out. */}
      <p role="status" className="sr-only">
        {t('loading')}
      </p>
      <div className="flex min-h-0 flex-1 flex-col" aria-busy="true">
        <div className="flex h-14 shrink-0 items-center gap-2 border-b border-line pr-2 pl-1 md:h-15 md:pl-5">
          <BackLink className="md:hidden" />
          {entry ? (
            <>
              <Avatar userId={entry.partner.userId} name={entry.partner.username} size="sm" />
              <h1 className="min-w-0 truncate text-base font-semibold">
                <Name>{entry.partner.username}</Name>
              </h1>
            </>
          ) : (
            <>
              <Skeleton shape="round" className="size-9" />
              <Skeleton className="h-4 w-24" />
            </>
          )}
        </div>
        <div className="mx-auto flex w-full max-w-180 min-h-0 flex-1 flex-col justify-end gap-3 overflow-hidden px-3 pb-5 sm:px-5">
          {bubbles.map((look) => (
            <Skeleton
              key={look}
              shape="bubble"
              className={cn('h-10', look, look.includes('mine') && 'self-end')}
            />
          ))}
        </div>
      </div>
    </>
  );
}
