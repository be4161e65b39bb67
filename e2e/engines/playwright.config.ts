import { defineConfig, devices } from '@playwright/test';
import { CHROMIUM_FLAGS, findChromium } from '../../scripts/test/chromium.ts';

/**
 * The few ways through the product in which engines differ, in Firefox and in WebKit, Korean and English. The
 * person under test uses the engine, the partner a Chromium, which Playwright starts as everywhere.
 */
const languages = { ko: 'ko-KR', en: 'en-US' };

export default defineConfig({
  testDir: '.',
  outputDir: '../../test-results/engines',
  globalSetup: './stack.ts',
  fullyParallel: true,
  workers: 2,
  timeout: 120_000,
  expect: { timeout: 20_000 },
  forbidOnly: true,
  // docs/decisions/026-a-browser-test-has-two-tries.md
  retries: 1,
  use: {
    ...devices['Desktop Chrome'],
    launchOptions: { executablePath: findChromium(), args: CHROMIUM_FLAGS },
  },
  projects: (['firefox', 'webkit'] as const).flatMap((engine) =>
    Object.entries(languages).map(([language, locale]) => ({
      name: `${engine}-${language}`,
      use: { locale, timezoneId: 'Asia/Seoul' },
      // Those marked @once differ by engine alone; those marked @firefox cannot be driven in WebKit.
      grepInvert: [...(language === 'en' ? [/@once/] : []), ...(engine === 'webkit' ? [/@firefox/] : [])],
    })),
  ),
});
