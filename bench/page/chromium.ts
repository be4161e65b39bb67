import { type Browser, type BrowserContext, type CDPSession, chromium, type Page } from '@playwright/test';
import { CHROMIUM_FLAGS, findChromium } from '../../scripts/test/chromium.ts';
import type { Place } from './place.ts';

/** Chromium as the browser tests start it. */
export function launchBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: findChromium(),
    args: CHROMIUM_FLAGS,
  });
}

/** A browser profile of its own with a cold cache, signed in by `cookie` (`name=value`) when given. */
export async function openContext(browser: Browser, url: string, cookie?: string): Promise<BrowserContext> {
  const context = await browser.newContext({
    locale: 'ko-KR',
    timezoneId: 'Asia/Seoul',
    viewport: { width: 1280, height: 800 },
  });
  if (cookie) {
    const [name, ...value] = cookie.split('=');
    await context.addCookies([{ name: name as string, value: value.join('='), url }]);
  }
  return context;
}

/** Runs `use` with a page of one of the conversation's people in a browser of its own, and ends that browser. */
export async function withPage<T>(
  { baseUrl, pair }: Place,
  use: (page: Page, cdp: CDPSession) => Promise<T>,
): Promise<T> {
  const browser = await launchBrowser();
  try {
    const context = await openContext(browser, baseUrl, pair.people[0].cookie);
    const page = await context.newPage();
    return await use(page, await context.newCDPSession(page));
  } finally {
    await browser.close();
  }
}

/** Opens the conversation; done when its newest messages are there and the page is live. */
export async function openConversation(page: Page, { baseUrl, pair }: Place): Promise<void> {
  const isLive = page
    .waitForEvent('websocket')
    .then((socket) =>
      socket.waitForEvent('framereceived', ({ payload }) => String(payload).includes('"heads"')),
    );
  await page.goto(`${baseUrl}/chat/${pair.conversationId}`);
  await page.getByRole('log').waitFor();
  await isLive;
}

/** Presses End until the message is there: the view does not follow past what was not painted yet. */
export async function goToMessage(page: Page, seq: number): Promise<void> {
  const article = page.locator(`article[data-seq="${seq}"]`);
  for (let tries = 0; tries < 20 && !(await article.isVisible()); tries++) {
    await page.getByRole('log').press('End');
    await page.waitForTimeout(200);
  }
  await article.waitFor();
}

/** How slow a common phone is beside the machine (Lighthouse's `cpuSlowdownMultiplier`). */
export const PHONE_SLOWDOWN = 4;

export async function slowDown(cdp: CDPSession, rate = PHONE_SLOWDOWN): Promise<void> {
  await cdp.send('Emulation.setCPUThrottlingRate', { rate });
}
