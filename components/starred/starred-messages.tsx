'use client';

import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { PassingStatus } from '#components/chat/acting/outcome/passing-status.tsx';
import { StatusStack } from '#components/chat/acting/outcome/status-stack.tsx';
import { useTimes } from '#components/chat/use-times.ts';
import { SearchFailure, useFailure } from '#components/search/search-failure.tsx';
import { SearchPane } from '#components/search/search-pane.tsx';
import { OfflineArt } from '#components/ui/art/offline.tsx';
import { StarredArt } from '#components/ui/art/starred.tsx';
import { Button } from '#components/ui/button.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { UNDO_SECONDS } from '#lib/chat/sizes.ts';
import type { ChatResult, Fault, SearchCursor, StarredMessage, StarredPage } from '#lib/chat/types.ts';
import { findRow, StarredRow } from './starred-row.tsx';
import { type ListAction, toKey, useStarred } from './use-starred.ts';

type Props = { initial: ChatResult<StarredPage>; listAction: ListAction };
type Unstarred = { starred: StarredMessage; index: number };

/** All messages that the viewer has starred, in whichever conversation, newest star first. */
export function StarredMessages({ initial, listAction }: Props) {
  const t = useTranslations('chat.starred');
  const { shown, isPending, reload, loadMore, unstar, starAgain } = useStarred(initial, listAction);
  const [last, setLast] = useState<Unstarred | null>(null);
  return (
    <SearchPane title={t('title')}>
      {!shown.ok && <NothingLoaded error={shown.error} isPending={isPending} onRetry={() => void reload()} />}
      {shown.ok && (
        <StarredList
          page={shown.value}
          isPending={isPending}
          onMore={loadMore}
          onUnstar={(starred, index) => {
            unstar(starred);
            setLast({ starred, index });
          }}
        />
      )}
      {last && (
        <StatusStack>
          <PassingStatus
            key={toKey(last.starred.message)}
            lasts={UNDO_SECONDS * 1000}
            onOver={() => setLast(null)}
            findHome={() => findRow(toKey(last.starred.message))}
            action={{
              label: t('undo'),
              run() {
                starAgain(last.starred, last.index);
                setLast(null);
              },
            }}
          >
            {t('unstarred')}
          </PassingStatus>
        </StatusStack>
      )}
    </SearchPane>
  );
}

type ListProps = {
  page: StarredPage;
  isPending: boolean;
  onMore: (before: SearchCursor) => Promise<ChatResult<StarredPage>>;
  onUnstar: (starred: StarredMessage, index: number) => void;
};

function StarredList({ page: { starred, next }, isPending, onMore, onUnstar }: ListProps) {
  const t = useTranslations('chat.starred');
  const times = useTimes();
  const [error, setError] = useState<Fault | null>(null);
  async function loadMore(before: SearchCursor) {
    setError(null);
    const more = await onMore(before);
    if (!more.ok) setError(more.error);
  }
  if (starred.length === 0 && !next) return <NothingStarred />;
  return (
    <>
      <ul aria-label={t('list')}>
        {starred.map((one, index) => (
          <StarredRow
            key={toKey(one.message)}
            starred={one}
            times={times}
            onUnstar={() => onUnstar(one, index)}
          />
        ))}
      </ul>
      {next && error && (
        <SearchFailure error={error} failed={t('failed')} onRetry={() => void loadMore(next)} />
      )}
      {next && !error && (
        <Button
          variant="secondary"
          isPending={isPending}
          onClick={() => void loadMore(next)}
          className="mx-auto my-4"
        >
          {t('more')}
        </Button>
      )}
    </>
  );
}

function NothingStarred() {
  const t = useTranslations('chat.starred');
  return (
    <EmptyState art={<StarredArt />} title={t('emptyTitle')} className="my-auto">
      {t('emptyBody')}
    </EmptyState>
  );
}

type NothingLoadedProps = { error: Fault; isPending: boolean; onRetry: () => void };

function NothingLoaded({ error, isPending, onRetry }: NothingLoadedProps) {
  const t = useTranslations('chat.starred');
  const tCommon = useTranslations('common');
  const explain = useFailure();
  return (
    <EmptyState
      art={<OfflineArt />}
      title={t('failedTitle')}
      className="my-auto"
      action={
        <Button isPending={isPending} onClick={onRetry}>
          {tCommon('retry')}
        </Button>
      }
    >
      {explain(error, t('failedBody'))}
    </EmptyState>
  );
}
