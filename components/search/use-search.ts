'use client';

import { useCallback, useEffect, useRef, useState } from 'react';
import type { ChatResult } from '#lib/chat/types.ts';
import { err } from '#lib/runtime/result.ts';

/** What is on screen: the query that was answered last, and its answer. */
export type Answered<T extends object> = { query: string; answer: ChatResult<T> | null };

/** What a request comes to that did not arrive. */
export const UNAVAILABLE = err({ code: 'unavailable' } as const);

/**
 * Search as one types: waits for a pause, keeps one request under way, and lets only the newest
 * query's answer through. `searchNow` skips the pause.
 */
export function useSearch<T extends object>(
  find: (query: string) => Promise<ChatResult<T>>,
  initial: Answered<T>,
  { pauseMs, isWorthwhile }: { pauseMs: number; isWorthwhile: (query: string) => boolean },
) {
  const [shown, setShown] = useState(initial);
  const [isPending, setPending] = useState(false);
  const wanted = useRef<string | null>(null);
  const isBusy = useRef(false);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const latest = useRef({ find, isWorthwhile });
  useEffect(() => {
    latest.current = { find, isWorthwhile };
  });
  useEffect(() => () => clearTimeout(timer.current), []);

  const run = useCallback(async () => {
    // Actions go to the server one after another: a queue of outdated ones would only delay the last.
    if (isBusy.current) return;
    isBusy.current = true;
    while (wanted.current !== null) {
      const query: string = wanted.current;
      const answer = await latest.current.find(query).catch(() => UNAVAILABLE);
      if (wanted.current !== query) continue;
      wanted.current = null;
      setShown({ query, answer });
    }
    isBusy.current = false;
    setPending(false);
  }, []);

  const begin = useCallback(
    (query: string, waitMs: number) => {
      clearTimeout(timer.current);
      if (!latest.current.isWorthwhile(query)) {
        wanted.current = null;
        setPending(false);
        setShown({ query, answer: null });
        return;
      }
      wanted.current = query;
      setPending(true);
      timer.current = setTimeout(() => void run(), waitMs);
    },
    [run],
  );

  return {
    shown,
    setShown,
    isPending,
    searchSoon: useCallback((query: string) => begin(query, pauseMs), [begin, pauseMs]),
    searchNow: useCallback((query: string) => begin(query, 0), [begin]),
  };
}
