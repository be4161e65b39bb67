'use client';

import { useEffect, useState } from 'react';

/** Safari has no sign of an idle page; a moment later most pages are. */
const LATER_MS = 1000;

/**
 * A part of the page that its first paint does not need: loaded when the page is idle, at once when it is wanted.
 * Null until it is there; what could not be loaded is tried again when it is wanted the next time.
 */
export function usePart<Part>(load: () => Promise<Part>, isWanted: boolean): Part | null {
  const [part, setPart] = useState<Part | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `load` is the same import, whichever function asks for it.
  useEffect(() => {
    const start = () => void load().then((loaded) => setPart(() => loaded), ignoreLoss);
    if (part) return;
    if (isWanted) start();
    else if ('requestIdleCallback' in window) requestIdleCallback(start);
    else setTimeout(start, LATER_MS);
  }, [isWanted]);
  return part;
}

/** Without a connection a part may not be had. */
function ignoreLoss(): void {}
