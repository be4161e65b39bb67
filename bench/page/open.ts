import type { CDPSession } from '@playwright/test';
import { slowDown, withPage } from './chromium.ts';
import type { Place } from './place.ts';

/** Milliseconds from the beginning of the navigation, with nothing in the cache. */
export type OpenTimes = {
  /** The newest message is painted, in sight. */
  firstMessage: number;
  /** What is typed and sent stands in the conversation: the page runs. */
  interactive: number;
  /** The server has acknowledged it: the page is live. */
  sent: number;
};

/** What the page notes down while it loads; all by its own clock. */
type Notes = { [name in keyof OpenTimes]?: number };

/**
 * Opens a conversation in a browser on a slow network and processor: "Slow 4G" and a processor four times slower, as
 * Lighthouse has them (150 ms, 1.6 Mbit/s down, 750 kbit/s up;
 * https://github.com/GoogleChrome/lighthouse/blob/main/docs/throttling.md). Chromium slows requests so, not
 * WebSocket frames: `sent` is without that network's time.
 *
 * @throws when the message was not stored within two minutes.
 */
export function measureOpen(place: Place): Promise<OpenTimes> {
  return withPage(place, async (page, cdp) => {
    await cdp.send('Network.enable');
    if (!place.quick) await slow(cdp, place);
    // Not what an earlier opening of the same conversation has left there.
    await page.addInitScript(watch, `the first words ${Date.now()}.`);
    await page.goto(`${place.baseUrl}/chat/${place.pair.conversationId}`, { waitUntil: 'commit' });
    const isDone = () => (window as unknown as { notes: Notes }).notes.sent !== undefined;
    await page.waitForFunction(isDone, undefined, { timeout: 120_000, polling: 250 });
    const notes = await page.evaluate(() => (window as unknown as { notes: Notes }).notes);
    return notes as Required<Notes>;
  });
}

async function slow(cdp: CDPSession, { slowdown }: Place): Promise<void> {
  await slowDown(cdp, slowdown);
  await cdp.send('Network.emulateNetworkConditions', {
    offline: false,
    latency: 150,
    downloadThroughput: (1.6 * 1024 * 1024) / 8,
    uploadThroughput: (750 * 1024) / 8,
  });
}

/** Runs in the page, from before its first byte. */
function watch(text: string): void {
  const notes: Notes = {};
  Object.assign(window, { notes });
  const note = (name: keyof Notes) => {
    notes[name] ??= performance.now();
  };
  const isInSight = (element: Element) => {
    const { top, bottom, height } = element.getBoundingClientRect();
    return height > 0 && top < innerHeight && bottom > 0;
  };
  /** Tries as a person would who does not know whether the page is ready: types, and presses Send. */
  const tryToSend = (log: Element) => {
    const box = document.querySelector('textarea');
    // The last one beside the box.
    const send = [...(box?.parentElement?.querySelectorAll('button') ?? [])].at(-1);
    if (!box || !send || log.textContent?.includes(text)) return;
    if (box.value !== text) {
      box.value = text;
      box.dispatchEvent(new InputEvent('input', { bubbles: true }));
    }
    send.click();
  };
  const look = () => {
    const log = document.querySelector('[role=log]');
    const newest = [...(log?.querySelectorAll('article[data-seq]') ?? [])].at(-1);
    // A frame later it is painted.
    if (newest && isInSight(newest) && notes.firstMessage === undefined) {
      requestAnimationFrame(() => note('firstMessage'));
    }
    const own = [...(log?.querySelectorAll('article') ?? [])].find((one) => one.textContent?.includes(text));
    if (own) note('interactive');
    if (own && /sent|delivered|read/.test(own.getAttribute('data-status') ?? '')) return note('sent');
    if (log && notes.firstMessage !== undefined) tryToSend(log);
    requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}
