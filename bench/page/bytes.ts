import { gzipSync } from 'node:zlib';
import type { Browser } from '@playwright/test';
import type { World } from '../core/world.ts';
import { addPeople } from '../data/people.ts';
import { startBareApp } from './bare-app.ts';
import { launchBrowser, openContext } from './chromium.ts';

/** The scripts that a browser has fetched by the time a page has loaded, before anybody touches it. */
export type PageScripts = {
  /** Sum over the files, each compressed by gzip at level 6; bytes. */
  gzip: number;
  raw: number;
  files: { path: string; gzip: number }[];
};
export type PageBytes = { bare: PageScripts; login: PageScripts; chat: PageScripts };

const LEVEL = 6;

/**
 * First-load JavaScript of `/login` and `/chat` beside a bare Next page of the same version: every script
 * that Chromium asks for until the network is idle. The polyfill marked `nomodule` is never asked for.
 *
 * @throws when a page did not answer with 200 or loaded no script.
 */
export async function measurePageBytes(world: World): Promise<PageBytes> {
  const database = await world.createDatabase();
  const [person] = await addPeople(database.pool, 1);
  const bareApp = await startBareApp();
  try {
    const node = await world.startNode(database);
    const browser = await launchBrowser();
    try {
      return {
        bare: await measureScripts(browser, bareApp.url, '/'),
        login: await measureScripts(browser, node.url, '/login'),
        chat: await measureScripts(browser, node.url, '/chat', person?.cookie),
      };
    } finally {
      await browser.close();
      await node.stop();
    }
  } finally {
    await bareApp.stop();
  }
}

async function measureScripts(
  browser: Browser,
  url: string,
  path: string,
  cookie?: string,
): Promise<PageScripts> {
  const context = await openContext(browser, url, cookie);
  try {
    const page = await context.newPage();
    const bodies = new Map<string, Promise<Buffer>>();
    page.on('response', (response) => {
      const type = response.headers()['content-type'] ?? '';
      if (type.includes('javascript')) bodies.set(new URL(response.url()).pathname, response.body());
    });
    const answer = await page.goto(url + path, { waitUntil: 'networkidle' });
    if (answer?.status() !== 200 || new URL(page.url()).pathname !== path) {
      throw new Error(`${path} was answered with ${answer?.status()} at ${page.url()}`);
    }
    if (bodies.size === 0) throw new Error(`${path} loaded no script`);
    const scripts: PageScripts = { gzip: 0, raw: 0, files: [] };
    for (const [name, body] of bodies) {
      const bytes = await body;
      const gzip = gzipSync(bytes, { level: LEVEL }).length;
      scripts.gzip += gzip;
      scripts.raw += bytes.length;
      scripts.files.push({ path: name, gzip });
    }
    scripts.files.sort((a, b) => b.gzip - a.gzip);
    return scripts;
  } finally {
    await context.close();
  }
}
