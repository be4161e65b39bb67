import { defineConfig, devices } from '@playwright/test';
import { CHROMIUM_FLAGS, findChromium } from '../scripts/test/chromium.ts';

const chromium = findChromium();

/**
 * Three ways to use the product. `desktop-ko` and `phone-en` run on one embedded server; `cluster`
 * runs the specs marked @cluster, and alone those marked @cluster-only, on two nodes with PostgreSQL
 * and Redis behind a TLS proxy. Specs marked @once run on the desktop alone, those marked @phone on the
 * phone alone: they need it, or look the same on both.
 */
const stack = process.env.DANDUL_E2E_STACK ?? 'local';

const desktop = { ...devices['Desktop Chrome'], viewport: { width: 1280, height: 800 } };
const phone = { ...devices['Pixel 7'], viewport: { width: 390, height: 844 } };

export default defineConfig({
  testDir: '.',
  // The other engines have a config of their own.
  testIgnore: 'engines/**',
  outputDir: `../test-results/${stack}`,
  globalSetup: './support/stack.ts',
  fullyParallel: true,
  // A third takes the cores of two and ends no sooner.
  workers: 2,
  // Two cores run the servers and the browsers at once; these only bound how long a failure takes.
  timeout: 120_000,
  expect: { timeout: 20_000 },
  forbidOnly: true,
  // docs/decisions/026-a-browser-test-has-two-tries.md
  retries: 1,
  use: {
    ignoreHTTPSErrors: true,
    // A trace costs a fifth of the time, and its film more than the test itself; --trace on turns both on.
    trace: process.env.CI ? 'off' : { mode: 'retain-on-failure', screenshots: false },
    screenshot: 'only-on-failure',
    launchOptions: {
      executablePath: chromium,
      args: CHROMIUM_FLAGS,
    },
  },
  projects:
    stack === 'cluster'
      ? [
          {
            name: 'cluster',
            grep: /@cluster/,
            use: { ...desktop, locale: 'ko-KR', timezoneId: 'Asia/Seoul' },
          },
        ]
      : [
          {
            name: 'desktop-ko',
            grepInvert: /@cluster-only|@phone/,
            use: { ...desktop, locale: 'ko-KR', timezoneId: 'Asia/Seoul' },
          },
          {
            name: 'phone-en',
            grepInvert: /@cluster-only|@once/,
            use: { ...phone, locale: 'en-US', timezoneId: 'America/New_York' },
          },
        ],
});
