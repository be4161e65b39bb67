import type { Page } from '@playwright/test';
import { percentile } from '../core/stats.ts';
import { launchBrowser, openContext, openConversation } from './chromium.ts';
import type { Place } from './place.ts';

/** Milliseconds from the Enter key in one person's browser to the frame that shows it in the other's. */
export type PartnerPaint = { p50: number; p99: number; samples: number };

const SAMPLES = 50;
type Watched = { pressedAt: number[]; paintedAt: Record<string, number> };

/** Two people's pages in one browser, so that both read one clock; each send waits for the one before. */
export async function measurePartnerPaint(place: Place): Promise<PartnerPaint> {
  const browser = await launchBrowser();
  try {
    const [own, other] = place.pair.people;
    const open = async (cookie: string) => {
      const page = await (await openContext(browser, place.baseUrl, cookie)).newPage();
      await openConversation(page, place);
      await page.evaluate(watch);
      return page;
    };
    const writer = await open(own.cookie);
    const reader = await open(other.cookie);
    const delays: number[] = [];
    for (let i = 0; i < (place.quick ? 5 : SAMPLES); i++) {
      delays.push(await send(writer, reader, `sample ${Date.now()} ${i}.`));
    }
    return { p50: percentile(delays, 0.5), p99: percentile(delays, 0.99), samples: delays.length };
  } finally {
    await browser.close();
  }
}

async function send(writer: Page, reader: Page, text: string): Promise<number> {
  await writer.getByRole('textbox').fill(text);
  await writer.keyboard.press('Enter');
  const find = (wanted: string) => (window as unknown as { watched: Watched }).watched.paintedAt[wanted];
  const paintedAt = await (await reader.waitForFunction(find, text)).jsonValue();
  const pressedAt = await writer.evaluate(
    () => (window as unknown as { watched: Watched }).watched.pressedAt.at(-1) as number,
  );
  return (paintedAt as number) - pressedAt;
}

/** Runs in both pages: notes when Enter was pressed, and the second frame after a message has come. */
function watch(): void {
  const watched: Watched = { pressedAt: [], paintedAt: {} };
  Object.assign(window, { watched });
  const listen = (event: KeyboardEvent) => {
    if (event.key === 'Enter') watched.pressedAt.push(performance.timeOrigin + event.timeStamp);
  };
  window.addEventListener('keydown', listen, true);
  const seen = new Set<string>();
  new MutationObserver(() => {
    const newest = [...document.querySelectorAll('[role=log] article p')].at(-1)?.textContent;
    if (!newest || seen.has(newest)) return;
    seen.add(newest);
    requestAnimationFrame(() =>
      requestAnimationFrame(() => {
        watched.paintedAt[newest] = performance.timeOrigin + performance.now();
      }),
    );
  }).observe(document.body, { subtree: true, childList: true, characterData: true });
}
