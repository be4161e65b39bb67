'use client';

import { useEffect, useState } from 'react';

/** Safari has no sign of an idle page; a moment later most pages are. */
const LATER_MS = 1_000;
const TRY_AGAIN_MS = 2_000;

/**
 * A part of the page that its first paint does not need: loaded `laterMs` after the page is there (when it is idle, unless
 * given), and at once when it is wanted. Null until then. One that is wanted and cannot be loaded, as without a
 * connection, is tried again for as long as it is wanted.
 */
export function usePart<Part>(load: () => Promise<Part>, isWanted: boolean, laterMs?: number): Part | null {
  const [part, setPart] = useState<Part | null>(null);
  const [failures, setFailures] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `load` is the same import, whichever function asks for it.
  useEffect(() => {
    if (part) return;
    let isOver = false;
    const start = () =>
      load().then(
        (loaded) => setPart(() => loaded),
        () => {
          if (isWanted && !isOver) setFailures((count) => count + 1);
        },
      );
    const cancel = isWanted ? after(failures > 0 ? TRY_AGAIN_MS : 0, start) : whenIdle(start, laterMs);
    return () => {
      isOver = true;
      cancel();
    };
  }, [part, isWanted, failures]);
  return part;
}

function after(milliseconds: number, run: () => void): () => void {
  const timer = setTimeout(run, milliseconds);
  return () => clearTimeout(timer);
}

function whenIdle(run: () => void, laterMs: number | undefined): () => void {
  if (laterMs !== undefined || !('requestIdleCallback' in window)) return after(laterMs ?? LATER_MS, run);
  const handle = requestIdleCallback(run);
  return () => cancelIdleCallback(handle);
}
