'use client';

import { useEffect, useState } from 'react';
import { useTranslations } from 'use-intl';
import { useTimes } from '#components/chat/use-times.ts';
import { NoResultsArt } from '#components/ui/art/no-results.tsx';
import { Button } from '#components/ui/button.tsx';
import { cn } from '#components/ui/cn.ts';
import { EmptyState } from '#components/ui/empty-state.tsx';
import type { ChatResult, Fault, SearchCursor, SearchHit } from '#lib/chat/types.ts';
import { HitRow } from './hit-row.tsx';
import { RowSkeletons } from './row-skeletons.tsx';
import { SearchFailure } from './search-failure.tsx';
import { shortenQuery } from './shorten-query.ts';
import type { Answered } from './use-search.ts';

type Props = {
  query: string;
  shown: Answered<Found>;
  /** The hit that the arrow keys have reached. */
  activeHit: SearchHit | undefined;
  isPending: boolean;
  isLoadingMore: boolean;
  onMore: (before: SearchCursor) => Promise<ChatResult<Found>>;
  onRetry: () => void;
};

export type Found = { hits: SearchHit[]; next: SearchCursor | null };

export const HIT_LIST_ID = 'hits';

/** The id of a hit's link, by which the search box names the active one. */
export function toHitId({ message }: SearchHit): string {
  return `hit-${message.conversationId}-${message.seq}`;
}

/** The answer to a message search, in each of its states. */
export function MessageResults({
  query,
  shown,
  activeHit,
  isPending,
  isLoadingMore,
  onMore,
  onRetry,
}: Props) {
  const t = useTranslations('search');
  const times = useTimes();
  const [moreError, setMoreError] = useState<Fault | null>(null);
  const { answer } = shown;
  const activeId = activeHit && toHitId(activeHit);
  useEffect(() => {
    if (activeId) document.getElementById(activeId)?.scrollIntoView({ block: 'nearest' });
  }, [activeId]);

  if (!answer) return isPending ? <RowSkeletons lines={2} /> : <NothingAsked query={query} />;
  if (!answer.ok) return <SearchFailure error={answer.error} onRetry={onRetry} />;

  const { hits, next } = answer.value;
  async function loadMore(before: SearchCursor) {
    setMoreError(null);
    const more = await onMore(before);
    if (!more.ok) setMoreError(more.error);
  }

  return (
    <>
      <HitCount query={shown.query} found={answer.value} />
      <ul id={HIT_LIST_ID} aria-label={t('messages.results')} className="mt-1 empty:hidden">
        {hits.map((hit) => (
          <li key={toHitId(hit)}>
            <HitRow id={toHitId(hit)} hit={hit} isActive={hit === activeHit} times={times} />
          </li>
        ))}
      </ul>
      {moreError && next && <SearchFailure error={moreError} onRetry={() => void loadMore(next)} />}
      {!moreError && next && (
        <Button
          variant="secondary"
          isPending={isLoadingMore}
          onClick={() => void loadMore(next)}
          className="mx-auto my-4"
        >
          {t('messages.more')}
        </Button>
      )}
    </>
  );
}

/** Before a query, or under one that is too short. */
function NothingAsked({ query }: { query: string }) {
  const t = useTranslations('search.messages');
  const state = query.trim() === '' ? 'initial' : 'short';
  return (
    <EmptyState art={<NoResultsArt />} title={t(`${state}Title`)} className="my-auto">
      {t(`${state}Body`)}
    </EmptyState>
  );
}

/** How many messages were found, or that none was. */
function HitCount({ query, found: { hits, next } }: { query: string; found: Found }) {
  const t = useTranslations('search.messages');
  return (
    <div role="status" className={cn(hits.length === 0 && 'my-auto')}>
      {hits.length > 0 && (
        <p className="px-3 text-sm text-muted">{t(next ? 'countMore' : 'count', { count: hits.length })}</p>
      )}
      {hits.length === 0 && (
        <EmptyState
          art={<NoResultsArt />}
          title={t.rich(next ? 'notYetTitle' : 'noneTitle', {
            query: () => <bdi>{shortenQuery(query)}</bdi>,
          })}
          className="[&_h2]:wrap-anywhere"
        >
          {t(next ? 'notYetBody' : 'noneBody')}
        </EmptyState>
      )}
    </div>
  );
}
