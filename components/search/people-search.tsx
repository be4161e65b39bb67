'use client';

import { type FormEvent, useActionState, useState } from 'react';
import { useTranslations } from 'use-intl';
import { useGoUp } from '#components/chat/conversation/use-current-conversation.ts';
import { Banner } from '#components/ui/banner.tsx';
import { useHydrated } from '#components/ui/use-hydrated.ts';
import type { ChatResult } from '#lib/chat/types.ts';
import { explainStart } from './explain-start.ts';
import { PeopleForms, type StartFormAction } from './people-forms.tsx';
import { PeopleOptions } from './people-options.tsx';
import { type Found, PeopleCount, PeopleResults } from './people-results.tsx';
import { SearchField } from './search-field.tsx';
import { SearchPane } from './search-pane.tsx';
import { useListKeys } from './use-list-keys.ts';
import { type Answered, useSearch } from './use-search.ts';
import { type StartAction, useStart } from './use-start.ts';

type Props = {
  initial: Answered<Found>;
  findAction: (query: string) => Promise<ChatResult<Found>>;
  startAction: StartAction;
  formAction: StartFormAction;
};

const PAUSE_MS = 120;
const LIST_ID = 'people';
const isWorthwhile = (query: string) => query.trim() !== '';

/** Finds somebody by name and opens the conversation with them; keys move through the list while one types. */
export function PeopleSearch(props: Props) {
  const t = useTranslations('search.people');
  const isHydrated = useHydrated();
  const search = usePeopleSearch(props);
  const { query, shown, isPending, people, keys, start, failure } = search;
  const activeId = people[keys.active]?.userId;

  const field = (
    <form action="/chat/new" method="get" onSubmit={search.submit}>
      <SearchField
        label={t('label')}
        placeholder={t('placeholder')}
        isPending={isPending}
        value={query}
        onChange={(event) => search.changeQuery(event.target.value)}
        {...keys.box}
        autoFocus
        aria-autocomplete="list"
        aria-controls={people.length > 0 ? LIST_ID : undefined}
        aria-activedescendant={isHydrated && activeId ? `person-${activeId}` : undefined}
      />
    </form>
  );

  return (
    <SearchPane title={t('title')} field={field}>
      <PeopleCount count={people.length} isStarting={start.pending !== null} />
      {failure && (
        <Banner tone="danger" className="mx-2 my-2">
          {failure}
        </Banner>
      )}
      <PeopleResults shown={shown} isPending={isPending} onRetry={search.retry}>
        {people.length > 0 && !isHydrated && <PeopleForms people={people} action={search.formAction} />}
        {people.length > 0 && isHydrated && (
          <PeopleOptions
            id={LIST_ID}
            label={t('results')}
            people={people}
            activeId={activeId}
            pendingId={start.pending}
            onPoint={keys.setActive}
            onChoose={start.open}
          />
        )}
      </PeopleResults>
    </SearchPane>
  );
}

/** What is asked, what is found, and what the keys and a form without scripts do with it. */
function usePeopleSearch({ initial, findAction, startAction, formAction }: Props) {
  const t = useTranslations('search');
  const goUp = useGoUp();
  const [query, setQuery] = useState(initial.query);
  const { shown, isPending, searchSoon, searchNow } = useSearch(findAction, initial, {
    pauseMs: PAUSE_MS,
    isWorthwhile,
  });
  const start = useStart(startAction);
  // A press before the scripts came is a plain form's, whose answer comes with the page.
  const [formError, action] = useActionState(formAction, null);
  const formFailure = formError && query === initial.query ? explainStart(t, formError) : null;
  const people = shown.answer?.ok ? shown.answer.value.people : [];
  const keys = useListKeys({
    count: people.length,
    initial: 0,
    onEnter: choose,
    onEscape: () => (query ? changeQuery('') : goUp('/chat')),
  });

  function changeQuery(next: string) {
    setQuery(next);
    keys.reset();
    start.clearError();
    searchSoon(next);
  }

  function choose(index: number) {
    const person = people[index];
    if (person && shown.query === query) start.open(person);
    else searchNow(query);
  }

  /** A phone's search key may submit without telling of an Enter key. */
  function submit(event: FormEvent) {
    event.preventDefault();
    choose(keys.active);
  }

  return {
    query,
    shown,
    isPending,
    people,
    keys,
    start,
    failure: start.error ?? formFailure,
    formAction: action,
    changeQuery,
    submit,
    retry: () => searchNow(query),
  };
}
