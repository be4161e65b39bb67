'use client';

import { useEffect, useState } from 'react';
import type { Emoji } from '#lib/text/emoji/emoji.ts';
import { loadEmoji } from '../load-emoji.ts';

type Loaded = { status: 'loading' | 'failed'; all: null } | { status: 'ready'; all: Emoji[] };

/** The emoji to choose from; what failed is tried again by `retry`, and when the connection is back. */
export function useEmoji(): Loaded & { retry: () => void } {
  const [loaded, setLoaded] = useState<Loaded>({ status: 'loading', all: null });
  const isLoading = loaded.status === 'loading';
  useEffect(() => {
    if (!isLoading) return;
    let isOver = false;
    const set = (next: Loaded) => {
      if (!isOver) setLoaded(next);
    };
    loadEmoji().then(
      (all) => set({ status: 'ready', all }),
      () => set({ status: 'failed', all: null }),
    );
    return () => {
      isOver = true;
    };
  }, [isLoading]);
  const retry = () => setLoaded({ status: 'loading', all: null });
  const hasFailed = loaded.status === 'failed';
  useEffect(() => {
    if (!hasFailed) return;
    const again = () => setLoaded({ status: 'loading', all: null });
    window.addEventListener('online', again);
    return () => window.removeEventListener('online', again);
  }, [hasFailed]);
  return { ...loaded, retry };
}
