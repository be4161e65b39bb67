import type { Page } from '@playwright/test';

/** How a page answered while it was used; milliseconds. */
export type Response = {
  /** Interaction to Next Paint: the longest, leaving out one of each 50 (https://web.dev/articles/inp). */
  inp: number;
  interactions: number;
  /** The longest frame, of those over 50 ms; 0 when there was none. */
  longestFrame: number;
  longFrames: number;
};

type Kept = { interactions: Map<number, number>; frames: number[] };
/** Each frame of a wheel or a key ends by this; shorter answers are not told by the browser. */
const SHORTEST_TOLD_MS = 16;

/** Begins to note down each interaction's duration and each long frame of the page. */
export async function watchResponse(page: Page): Promise<void> {
  await page.evaluate((durationThreshold) => {
    const kept: Kept = { interactions: new Map(), frames: [] };
    Object.assign(window, { kept });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries() as (PerformanceEntry & { interactionId?: number })[]) {
        const { interactionId: id, duration } = entry;
        if (id) kept.interactions.set(id, Math.max(duration, kept.interactions.get(id) ?? 0));
      }
    }).observe({ type: 'event', durationThreshold } as PerformanceObserverInit);
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) kept.frames.push(duration);
    }).observe({ type: 'long-animation-frame' });
  }, SHORTEST_TOLD_MS);
}

/**
 * What was noted since.
 *
 * @param count interactions that were made; those the browser did not tell of were quicker than 16 ms.
 */
export async function readResponse(page: Page, count: number): Promise<Response> {
  const { durations, frames } = await page.evaluate(() => {
    const { kept } = window as unknown as { kept: Kept };
    return { durations: [...kept.interactions.values()], frames: kept.frames };
  });
  const sorted = durations.sort((a, b) => b - a);
  return {
    inp: sorted[Math.floor(count / 50)] ?? SHORTEST_TOLD_MS,
    interactions: count,
    longestFrame: Math.max(0, ...frames),
    longFrames: frames.length,
  };
}
