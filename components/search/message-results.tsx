'use client';

import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { useTimes } from '#components/chat/use-times.ts';
import { NoResultsArt } from '#components/ui/art/no-results.tsx';
import { Button } from '#components/ui/button.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';
import type { Ack, Failure, SearchCursor } from '#lib/chat/types.ts';
import { HitRow } from './hit-row.tsx';
import type { Found } from './message-search.tsx';
import { RowSkeletons } from './row-skeletons.tsx';
import { SearchFailure } from './search-failure.tsx';
import type { Answered } from './use-search.ts';

type Props = {
  query: string;
  shown: Answered<Found>;
  isPending: boolean;
  isLoadingMore: boolean;
  onMore: (before: SearchCursor) => Promise<Ack<Found>>;
  onRetry: () => void;
};

/** The answer to a message search, in each of its states. */
export function MessageResults({ query, shown, isPending, isLoadingMore, onMore, onRetry }: Props) {
  const t = useTranslations('search');
  const times = useTimes();
  const [moreError, setMoreError] = useState<Failure['error'] | null>(null);
  const { answer } = shown;

  if (!answer) {
    if (isPending) return <RowSkeletons lines={2} />;
    const state = query.trim() === '' ? 'initial' : 'short';
    return (
      <EmptyState art={<NoResultsArt />} title={t(`messages.${state}Title`)} className="my-auto">
        {t(`messages.${state}Body`)}
      </EmptyState>
    );
  }
  if (!answer.ok) return <SearchFailure error={answer.error} onRetry={onRetry} />;

  const { hits, next } = answer;
  async function loadMore(before: SearchCursor) {
    setMoreError(null);
    const more = await onMore(before);
    if (!more.ok) setMoreError(more.error);
  }

  return (
    <>
      <p role="status" className="px-3 text-sm text-muted">
        {next ? t('messages.countMore', { count: hits.length }) : t('messages.count', { count: hits.length })}
      </p>
      {hits.length === 0 && (
        <EmptyState
          art={<NoResultsArt />}
          title={t('messages.noneTitle', { query: shown.query.trim() })}
          className="my-auto [&_h2]:wrap-anywhere"
        >
          {t('messages.noneBody')}
        </EmptyState>
      )}
      <ul aria-label={t('messages.results')} className="mt-1 empty:hidden">
        {hits.map((hit) => (
          <li key={`${hit.message.conversationId}:${hit.message.seq}`}>
            <HitRow hit={hit} times={times} />
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
