import type { Effect } from '../live/effect.ts';
import { watchQuiet } from './quiet-page.ts';

/** How often a quiet moment is looked for (ms). */
const LOOK_MS = 1_000;
/**
 * Waits (ms) between reloads that brought the same page again: behind a balancer the nodes of one release may
 * answer pages for a while, those of another connections.
 */
const WAITS_MS = [0, 30_000, 120_000, 600_000];
const KEY = 'dandul-reloads';

/** Reloads of this tab since it last had a connection, and when the last was (milliseconds since 1970). */
type Past = { count: number; at: number };

/** Loads the page anew when it is outdated: at a quiet moment, and ever more rarely while that changes nothing. */
export type PageReload = Effect & { outdated(): void };

/** `isKept` tells whether all that is written outlives the page. */
export function createPageReload(isKept: () => boolean): PageReload {
  const page = watchQuiet();
  let timer: ReturnType<typeof setInterval> | undefined;

  const look = () => {
    if (!page.isQuiet() || !isKept() || !noteReload()) return;
    cancel();
    location.reload();
  };
  const cancel = () => {
    clearInterval(timer);
    timer = undefined;
  };

  return {
    outdated() {
      if (timer !== undefined) return;
      timer = setInterval(look, LOOK_MS);
      look();
    },
    connected() {
      cancel();
      forgetReloads();
    },
    stop() {
      cancel();
      page.stop();
    },
  };
}

/**
 * Notes one more reload. False while it is too early for one, and where the browser keeps no note: nothing would end a
 * loop there, so only the person reloads.
 */
function noteReload(): boolean {
  try {
    const { count = 0, at = 0 } = JSON.parse(sessionStorage.getItem(KEY) ?? '{}') as Partial<Past>;
    const wait = WAITS_MS[Math.min(count, WAITS_MS.length - 1)] as number;
    if (Date.now() - at < wait) return false;
    sessionStorage.setItem(KEY, JSON.stringify({ count: count + 1, at: Date.now() } satisfies Past));
    return true;
  } catch {
    return false;
  }
}

function forgetReloads(): void {
  try {
    sessionStorage.removeItem(KEY);
  } catch {
    // Then there is nothing to forget.
  }
}
