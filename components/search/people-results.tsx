'use client';

import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import { NoResultsArt } from '#components/ui/art/no-results.tsx';
import { PickConversationArt } from '#components/ui/art/pick-conversation.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';
import type { Partner } from '#lib/chat/types.ts';
import { MAX_PEOPLE } from '#lib/search/sizes.ts';
import { RowSkeletons } from './row-skeletons.tsx';
import { SearchFailure } from './search-failure.tsx';
import { shortenQuery } from './shorten-query.ts';
import type { Answered } from './use-search.ts';

export type Found = { people: Partner[] };

/** Says how many people were found, or that a conversation is being opened. */
export function PeopleCount({ count, isStarting }: { count: number; isStarting: boolean }) {
  const t = useTranslations('search.people');
  return (
    <p role="status" className="px-3 text-sm text-muted empty:hidden">
      {isStarting ? t('starting') : count > 0 && t(count === MAX_PEOPLE ? 'countMany' : 'count', { count })}
    </p>
  );
}

type Props = {
  shown: Answered<Found>;
  isPending: boolean;
  onRetry: () => void;
  /** The list of the people found. */
  children: ReactNode;
};

/** The answer to a search for people, in each of its states. */
export function PeopleResults({ shown: { query, answer }, isPending, onRetry, children }: Props) {
  const t = useTranslations('search.people');
  return (
    <>
      {answer && !answer.ok && <SearchFailure error={answer.error} onRetry={onRetry} />}
      {children}
      {!answer && isPending && <RowSkeletons lines={1} />}
      {!answer && !isPending && (
        <EmptyState art={<PickConversationArt />} title={t('initialTitle')} className="my-auto">
          {t('initialBody')}
        </EmptyState>
      )}
      <div role="status" className="contents">
        {answer?.ok && answer.value.people.length === 0 && (
          <EmptyState
            art={<NoResultsArt />}
            title={t.rich('noneTitle', { query: () => <bdi>{shortenQuery(query)}</bdi> })}
            className="my-auto [&_h2]:wrap-anywhere"
          >
            {t('noneBody')}
          </EmptyState>
        )}
      </div>
    </>
  );
}
