import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chromium } from '@playwright/test';
import { canInstall, findCommand, installPackages } from './packages.ts';

// The headless shell first: it has no window to draw and takes half the time.
const SYSTEM_NAMES = [
  'chromium-headless-shell',
  'chromium',
  'chromium-browser',
  'google-chrome-stable',
  'google-chrome',
];

/** A Chromium on this machine: CHROMIUM_PATH, the system's, or Playwright's own; undefined when none. */
export function findChromium(): string | undefined {
  const named = process.env.CHROMIUM_PATH;
  if (named) return named;
  for (const name of SYSTEM_NAMES) {
    const found = findCommand(name);
    if (found) return found;
  }
  return existsSync(chromium.executablePath()) ? chromium.executablePath() : undefined;
}

/** How it is started: quiet, and opening nothing but the servers under test. */
export const CHROMIUM_FLAGS = [
  // As root Chromium has no sandbox; nothing but an own server is opened.
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Finds Chromium or installs it: Debian's package as root, else Playwright's own download. */
export function ensureChromium(): string | undefined {
  const found = findChromium();
  if (found) return found;
  if (canInstall()) {
    console.log('Installing Chromium from Debian’s packages…');
    if (!installPackages(['chromium-headless-shell'])) installPackages(['chromium']);
  } else {
    console.log('Installing Playwright’s Chromium…');
    spawnSync('npx', ['playwright', 'install', 'chromium'], { stdio: 'ignore', timeout: 300_000 });
  }
  return findChromium();
}
