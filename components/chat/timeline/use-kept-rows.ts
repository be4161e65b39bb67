'use client';

import { useCallback, useMemo, useState } from 'react';
import { useHydrated } from '#components/ui/use-hydrated.ts';
import type { TimelineRow } from './timeline-rows.ts';

/**
 * Which rows a virtual list holds in the page wherever it stands, as indices: the server's until the list has
 * measured them, then the one with the focus. `serverCount` is how many the server drew, undefined for a list
 * that only the browser has drawn.
 */
export function useKeptRows(rows: readonly TimelineRow[], focusedRow: number) {
  const isHydrated = useHydrated();
  const [serverCount] = useState(isHydrated ? undefined : rows.length);
  // The list shows but the server's rows until it first scrolls, which a short one never does.
  const [hasScrolled, setHasScrolled] = useState(false);
  const isServerRange = serverCount !== undefined && !hasScrolled;
  const keptRows = useMemo(() => {
    if (isServerRange) return [...rows.keys()];
    return focusedRow < 0 ? undefined : [focusedRow];
  }, [isServerRange, rows, focusedRow]);
  return { serverCount, keptRows, endServerRange: useCallback(() => setHasScrolled(true), []) };
}
