import { setTimeout as sleep } from 'node:timers/promises';

/** @throws naming what was waited for when it has not come after `limitMs`. */
export async function waitFor(
  isThere: () => boolean | Promise<boolean>,
  what: string,
  limitMs = 60_000,
  intervalMs = 25,
): Promise<void> {
  const deadline = Date.now() + limitMs;
  while (!(await isThere())) {
    if (Date.now() > deadline) throw new Error(`waited in vain for ${what}`);
    await sleep(intervalMs);
  }
}
