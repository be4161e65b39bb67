'use client';

import { useEffect, useRef, useState } from 'react';

/** What comes into the open conversation is unread until the next frame; a rise that lasts no longer is not shown (ms). */
const SETTLE_MS = 100;

/** An unread count that falls at once and rises when the rise has lasted; another `key` begins anew. */
export function useSettledCount(key: string | null, count: number): number {
  const [shown, setShown] = useState({ key, count });
  const isAtOnce = shown.key !== key || count < shown.count;
  if (isAtOnce) setShown({ key, count });
  const isRising = !isAtOnce && count > shown.count;
  const latest = useRef(count);
  useEffect(() => {
    latest.current = count;
  });
  // Not for each count anew: messages in quick succession would keep it from ever rising.
  useEffect(() => {
    if (!isRising) return;
    const timer = setTimeout(() => setShown({ key: shown.key, count: latest.current }), SETTLE_MS);
    return () => clearTimeout(timer);
  }, [isRising, shown]);
  return isAtOnce ? count : shown.count;
}
