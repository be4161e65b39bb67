import { type Browser, type BrowserContext, chromium } from '@playwright/test';
import { findChromium } from '../../scripts/test/chromium.ts';

/** Chromium as the browser tests start it (e2e/playwright.config.ts says why each flag). */
export function launchBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: findChromium(),
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
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
