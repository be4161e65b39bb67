'use client';

import { useSearchParams } from 'next/navigation';
import { type FormEvent, useEffect, useEffectEvent, useState } from 'react';
import { useTranslations } from 'use-intl';
import { useGoUp } from '#components/chat/conversation/use-current-conversation.ts';
import { usePageTurn } from '#components/chat/frame/page-turn.tsx';
import type { ChatResult, Partner, SearchCursor } from '#lib/chat/types.ts';
import { MAX_QUERY_UNITS, parseQuery } from '#lib/text/search-keys.ts';
import { toHitPath } from './hit-row.tsx';
import { type Found, HIT_LIST_ID, MessageResults, toHitId } from './message-results.tsx';
import { ScopeLine } from './scope-line.tsx';
import { SearchField } from './search-field.tsx';
import { SearchPane } from './search-pane.tsx';
import { useListKeys } from './use-list-keys.ts';
import { useMoreHits } from './use-more-hits.ts';
import { type Answered, useSearch } from './use-search.ts';

type FindInput = { query: string; conversationId?: string; before?: SearchCursor };
type Props = {
  initial: Answered<Found>;
  /** The one conversation that is searched; all when absent. */
  scope?: { conversationId: string; partner: Partner };
  findAction: (input: FindInput) => Promise<ChatResult<Found>>;
};

const PAUSE_MS = 250;
const isWorthwhile = (query: string) => parseQuery(query) !== null;

/** Finds messages by the words in them; the address follows, so that coming back shows the same. */
export function MessageSearch(props: Props) {
  const { initial, scope } = props;
  const t = useTranslations('search.messages');
  const search = useMessageSearch(props);
  const { query, shown, isPending, hits, keys } = search;
  const activeHit = hits[keys.active];

  const field = (
    <form action="/search" method="get" onSubmit={search.submit}>
      {scope && <input type="hidden" name="in" value={scope.conversationId} />}
      <SearchField
        label={t('label')}
        placeholder={t('placeholder')}
        isPending={isPending}
        value={query}
        onChange={(event) => search.changeQuery(event.target.value)}
        {...keys.box}
        maxLength={MAX_QUERY_UNITS}
        aria-controls={hits.length > 0 ? HIT_LIST_ID : undefined}
        aria-activedescendant={activeHit && toHitId(activeHit)}
        autoFocus={initial.query === ''}
      />
      {scope && <ScopeLine partner={scope.partner} widenPath={toSearchPath(query)} />}
    </form>
  );

  return (
    <SearchPane title={t('title')} field={field} backHref={toBackPath(scope?.conversationId)}>
      <MessageResults
        query={query}
        shown={shown}
        activeHit={activeHit}
        isPending={isPending}
        isLoadingMore={search.isLoadingMore}
        onMore={search.loadMore}
        onRetry={search.retry}
      />
    </SearchPane>
  );
}

/** What is asked, in the box and in the address, what is found, and what the keys do with it. */
function useMessageSearch({ initial, scope, findAction }: Props) {
  const { turnTo } = usePageTurn();
  const goUp = useGoUp();
  const conversationId = scope?.conversationId;
  // After a visit to a hit, the address is newer than what this page was first rendered with.
  const asked = useSearchParams().get('q') ?? '';
  const [query, setQuery] = useState(asked);
  const find = (wanted: string, before?: SearchCursor) =>
    findAction({ query: wanted, conversationId, before });
  const { shown, setShown, isPending, searchSoon, searchNow } = useSearch<Found>(find, initial, {
    pauseMs: PAUSE_MS,
    isWorthwhile,
  });
  const catchUp = useEffectEvent(() => {
    if (asked !== initial.query) searchNow(asked);
  });
  useEffect(() => catchUp(), []);
  const more = useMoreHits({ shown, setShown, find });
  const hits = shown.answer?.ok ? shown.answer.value.hits : [];
  const keys = useListKeys({
    count: hits.length,
    initial: -1,
    onEnter: choose,
    onEscape: () => (query ? changeQuery('') : goUp(toBackPath(conversationId))),
  });

  function changeQuery(next: string) {
    setQuery(next);
    keys.reset();
    searchSoon(next);
    window.history.replaceState(null, '', toSearchPath(next, conversationId));
  }

  /** Enter opens the hit that the arrows have reached, and before that asks without the pause. */
  function choose(index: number) {
    const hit = hits[index];
    if (hit && shown.query === query) turnTo(toHitPath(hit));
    else if (shown.query !== query || !shown.answer) searchNow(query);
  }

  function submit(event: FormEvent) {
    event.preventDefault();
    choose(-1);
  }

  return { query, shown, isPending, hits, keys, ...more, changeQuery, submit, retry: () => searchNow(query) };
}

function toBackPath(conversationId: string | undefined): string {
  return conversationId ? `/chat/${conversationId}` : '/chat';
}

function toSearchPath(query: string, conversationId?: string): string {
  const params = new URLSearchParams();
  if (query) params.set('q', query);
  if (conversationId) params.set('in', conversationId);
  return params.size > 0 ? `/search?${params}` : '/search';
}
