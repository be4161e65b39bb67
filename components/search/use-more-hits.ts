'use client';

import { useState } from 'react';
import type { ChatResult, SearchCursor } from '#lib/chat/types.ts';
import { ok } from '#lib/runtime/result.ts';
import type { Found } from './message-results.tsx';
import { UNAVAILABLE, type useSearch } from './use-search.ts';

type Options = Pick<ReturnType<typeof useSearch<Found>>, 'shown' | 'setShown'> & {
  find: (query: string, before: SearchCursor) => Promise<ChatResult<Found>>;
};

/** Adds the next page of hits to those that are shown. */
export function useMoreHits({ shown, setShown, find }: Options) {
  const [isLoadingMore, setLoadingMore] = useState(false);

  async function loadMore(before: SearchCursor) {
    setLoadingMore(true);
    const answer = await find(shown.query, before).catch(() => UNAVAILABLE);
    setLoadingMore(false);
    setShown((now) => {
      // Another query may have been answered meanwhile.
      if (now.query !== shown.query || !now.answer?.ok || !answer.ok) return now;
      const hits = [...now.answer.value.hits, ...answer.value.hits];
      return { ...now, answer: ok({ ...answer.value, hits }) };
    });
    return answer;
  }

  return { isLoadingMore, loadMore };
}
