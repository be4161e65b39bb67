'use client';

import { useRouter } from 'next/navigation';
import { type KeyboardEvent, useState } from 'react';
import { useTranslations } from 'use-intl';
import { NoResultsArt } from '#components/ui/art/no-results.tsx';
import { PickRoomArt } from '#components/ui/art/pick-room.tsx';
import { Banner } from '#components/ui/banner.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { useHydrated } from '#components/ui/use-hydrated.ts';
import type { Ack, Partner } from '#lib/chat/types.ts';
import { PeopleForms } from './people-forms.tsx';
import { PeopleOptions } from './people-options.tsx';
import { RowSkeletons } from './row-skeletons.tsx';
import { SearchFailure } from './search-failure.tsx';
import { SearchField } from './search-field.tsx';
import { SearchPane } from './search-pane.tsx';
import { type Answered, useSearch } from './use-search.ts';
import { type StartAction, useStart } from './use-start.ts';

type Found = { people: Partner[] };
type Props = {
  initial: Answered<Found>;
  findAction: (query: string) => Promise<Ack<Found>>;
  startAction: StartAction;
  formAction: (form: FormData) => Promise<void>;
};

const PAUSE_MS = 120;
/** The server shows no more at once (lib/chat/search-people.ts). */
const FULL_PAGE = 20;
const LIST_ID = 'people';
const isWorthwhile = (query: string) => query.trim() !== '';

/** Finds somebody by name and opens the room with them; keys move through the list while one types. */
export function PeopleSearch({ initial, findAction, startAction, formAction }: Props) {
  const t = useTranslations('search');
  const router = useRouter();
  const isHydrated = useHydrated();
  const [query, setQuery] = useState(initial.query);
  const [active, setActive] = useState(0);
  const { shown, isPending, searchSoon, searchNow } = useSearch(findAction, initial, {
    pauseMs: PAUSE_MS,
    isWorthwhile,
  });
  const start = useStart(startAction);
  const people = shown.answer?.ok ? shown.answer.people : [];
  const activePerson = people[Math.min(active, people.length - 1)];

  function changeQuery(next: string) {
    setQuery(next);
    setActive(0);
    start.clearError();
    searchSoon(next);
  }

  function handleKey(event: KeyboardEvent<HTMLInputElement>) {
    // The key that ends a composition belongs to the input method.
    if (event.nativeEvent.isComposing) return;
    const last = people.length - 1;
    const steps: Record<string, number> = {
      ArrowDown: active < last ? active + 1 : 0,
      ArrowUp: active > 0 ? active - 1 : last,
    };
    const step = steps[event.key];
    if (step !== undefined && people.length > 0) {
      event.preventDefault();
      setActive(step);
    } else if (event.key === 'Enter') {
      event.preventDefault();
      if (activePerson && shown.query === query) start.open(activePerson);
      else searchNow(query);
    } else if (event.key === 'Escape') {
      event.preventDefault();
      if (query) changeQuery('');
      else router.push('/chat');
    }
  }

  const field = (
    <form action="/chat/new" method="get" onSubmit={(event) => event.preventDefault()}>
      <SearchField
        label={t('people.label')}
        placeholder={t('people.placeholder')}
        isPending={isPending}
        value={query}
        onChange={(event) => changeQuery(event.target.value)}
        onKeyDown={handleKey}
        autoFocus
        aria-autocomplete="list"
        aria-controls={people.length > 0 ? LIST_ID : undefined}
        aria-activedescendant={isHydrated && activePerson ? `person-${activePerson.userId}` : undefined}
      />
    </form>
  );

  return (
    <SearchPane title={t('people.title')} field={field}>
      <p role="status" className="px-3 text-sm text-muted empty:hidden">
        {start.pending
          ? t('people.starting')
          : shown.answer?.ok &&
            (people.length === FULL_PAGE
              ? t('people.countMany', { count: people.length })
              : t('people.count', { count: people.length }))}
      </p>
      {start.error && (
        <Banner tone="danger" className="mx-2 my-2">
          {start.error}
        </Banner>
      )}
      {shown.answer && !shown.answer.ok && (
        <SearchFailure error={shown.answer.error} onRetry={() => searchNow(query)} />
      )}
      {people.length > 0 && !isHydrated && <PeopleForms people={people} formAction={formAction} />}
      {people.length > 0 && isHydrated && (
        <PeopleOptions
          id={LIST_ID}
          label={t('people.results')}
          people={people}
          activeId={activePerson?.userId}
          pendingId={start.pending}
          onPoint={setActive}
          onChoose={start.open}
        />
      )}
      {!shown.answer && isPending && <RowSkeletons lines={1} />}
      {!shown.answer && !isPending && (
        <EmptyState art={<PickRoomArt />} title={t('people.initialTitle')} className="my-auto">
          {t('people.initialBody')}
        </EmptyState>
      )}
      {shown.answer?.ok && people.length === 0 && (
        <EmptyState
          art={<NoResultsArt />}
          title={t('people.noneTitle', { query: shown.query.trim() })}
          className="my-auto [&_h2]:wrap-anywhere"
        >
          {t('people.noneBody')}
        </EmptyState>
      )}
    </SearchPane>
  );
}
