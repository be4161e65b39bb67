'use client';

import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { Button } from '#components/ui/button.tsx';
import { cn } from '#components/ui/cn.ts';
import { Spinner } from '#components/ui/spinner.tsx';
import { Name } from '../name.tsx';
import type { Times } from '../times.ts';

/** A quiet centred line where the day changes. */
export function DateLine({ at, times }: { at: string; times: Times }) {
  return (
    <p className="pt-5 pb-1.5 text-center text-xs text-muted select-none" suppressHydrationWarning>
      <time dateTime={times.dayOf(at)} suppressHydrationWarning>
        {times.day(at)}
      </time>
    </p>
  );
}

/**
 * A persimmon hairline with its word: what is below it was unread. Where it stood before, its space stays
 * empty as long as the row is in the page, so that nothing that is read moves; later it takes none.
 */
export function UnreadDivider({ isCurrent }: { isCurrent: boolean }) {
  const label = useTranslations('chat.timeline')('divider');
  const [wasCurrent, setWasCurrent] = useState(isCurrent);
  if (isCurrent && !wasCurrent) setWasCurrent(true);
  // Not without any height: the virtual list would wait for its size.
  if (!isCurrent && !wasCurrent) return <div className="h-px" />;
  const look = cn(
    'mx-auto flex w-full max-w-180 items-center gap-3 px-3 pt-4 pb-1.5 text-xs font-medium text-persimmon-ink select-none before:h-px before:flex-1 before:bg-persimmon/60 after:h-px after:flex-1 after:bg-persimmon/60 sm:px-5',
    !isCurrent && 'invisible',
  );
  if (!isCurrent) return <div className={look}>&nbsp;</div>;
  return (
    // biome-ignore lint/a11y/useSemanticElements: an <hr> cannot hold its word.
    <div role="separator" aria-label={label} className={look}>
      {label}
    </div>
  );
}

type EdgeProps = {
  side: 'before' | 'after';
  hasMore: boolean;
  isLoading: boolean;
  hasFailed: boolean;
  onLoad: () => void;
  partnerName: string;
};

/** What stands at either end of the loaded messages: a spinner, a way to try again, the beginning. */
export function TimelineEdge({ side, hasMore, isLoading, hasFailed, onLoad, partnerName }: EdgeProps) {
  const t = useTranslations('chat.timeline');
  const isBefore = side === 'before';
  if (!hasMore) {
    if (!isBefore) return <div className="h-3" />;
    return (
      <p className="px-6 pt-8 text-center text-sm text-muted break-keep select-none">
        {t.rich('start', { name: () => <Name>{partnerName}</Name> })}
      </p>
    );
  }
  return (
    <div className="flex h-14 items-center justify-center text-muted">
      {hasFailed ? (
        <Button variant="ghost" size="sm" onClick={onLoad}>
          {t(isBefore ? 'loadOlderAgain' : 'loadNewerAgain')}
        </Button>
      ) : (
        isLoading && <Spinner label={t(isBefore ? 'loadingOlder' : 'loadingNewer')} />
      )}
    </div>
  );
}
