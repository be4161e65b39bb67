'use client';

import { useRouter, useSearchParams } from 'next/navigation';
import { type FormEvent, type KeyboardEvent, useEffect, useEffectEvent, useState } from 'react';
import { useTranslations } from 'use-intl';
import type { Ack, Partner, SearchCursor, SearchHit } from '#lib/chat/types.ts';
import { parseQuery } from '#lib/text/search-keys.ts';
import { MessageResults } from './message-results.tsx';
import { ScopeLine } from './scope-line.tsx';
import { SearchField } from './search-field.tsx';
import { SearchPane } from './search-pane.tsx';
import { type Answered, useSearch } from './use-search.ts';

export type Found = { hits: SearchHit[]; next: SearchCursor | null };
type FindInput = { query: string; conversationId?: string; before?: SearchCursor };
type Props = {
  initial: Answered<Found>;
  /** The one conversation that is searched; all when absent. */
  scope?: { conversationId: string; partner: Partner };
  findAction: (input: FindInput) => Promise<Ack<Found>>;
};

const PAUSE_MS = 250;
const isWorthwhile = (query: string) => parseQuery(query) !== null;

/** Finds messages by the words in them; the address follows, so that coming back shows the same. */
export function MessageSearch({ initial, scope, findAction }: Props) {
  const t = useTranslations('search.messages');
  const router = useRouter();
  const conversationId = scope?.conversationId;
  const backHref = conversationId ? `/chat/${conversationId}` : '/chat';
  // After a visit to a hit, the address is newer than what this page was first rendered with.
  const asked = useSearchParams().get('q') ?? '';
  const [query, setQuery] = useState(asked);
  const { shown, setShown, isPending, searchSoon, searchNow } = useSearch<Found>(
    (wanted) => findAction({ query: wanted, conversationId }),
    initial,
    { pauseMs: PAUSE_MS, isWorthwhile },
  );
  const catchUp = useEffectEvent(() => {
    if (asked !== initial.query) searchNow(asked);
  });
  useEffect(() => catchUp(), []);
  const [isLoadingMore, setLoadingMore] = useState(false);

  function changeQuery(next: string) {
    setQuery(next);
    searchSoon(next);
    window.history.replaceState(null, '', toSearchPath(next, conversationId));
  }

  async function loadMore(before: SearchCursor) {
    setLoadingMore(true);
    const answer = await findAction({ query: shown.query, conversationId, before }).catch(
      (): Ack<Found> => ({ ok: false, error: { code: 'unavailable' } }),
    );
    setLoadingMore(false);
    setShown((now) => {
      // Another query may have been answered meanwhile.
      if (now.query !== shown.query || !now.answer?.ok || !answer.ok) return now;
      return { ...now, answer: { ...answer, hits: [...now.answer.hits, ...answer.hits] } };
    });
    return answer;
  }

  function submit(event: FormEvent) {
    event.preventDefault();
    if (shown.query !== query || !shown.answer) searchNow(query);
  }

  function handleKey(event: KeyboardEvent<HTMLInputElement>) {
    if (event.key !== 'Escape' || event.nativeEvent.isComposing) return;
    event.preventDefault();
    if (query) changeQuery('');
    else router.push(backHref);
  }

  const field = (
    <form action="/search" method="get" onSubmit={submit}>
      {conversationId && <input type="hidden" name="in" value={conversationId} />}
      <SearchField
        label={t('label')}
        placeholder={t('placeholder')}
        isPending={isPending}
        value={query}
        onChange={(event) => changeQuery(event.target.value)}
        onKeyDown={handleKey}
        autoFocus={initial.query === ''}
      />
      {scope && <ScopeLine partner={scope.partner} widenPath={toSearchPath(query)} />}
    </form>
  );

  return (
    <SearchPane title={t('title')} field={field} backHref={backHref}>
      <MessageResults
        query={query}
        shown={shown}
        isPending={isPending}
        isLoadingMore={isLoadingMore}
        onMore={loadMore}
        onRetry={() => searchNow(query)}
      />
    </SearchPane>
  );
}

function toSearchPath(query: string, conversationId?: string): string {
  const params = new URLSearchParams();
  if (query) params.set('q', query);
  if (conversationId) params.set('in', conversationId);
  return params.size > 0 ? `/search?${params}` : '/search';
}
