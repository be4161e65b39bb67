import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { chromium, type Page } from '@playwright/test';
import { startServer } from '../tests/support/server.ts';
import { CHROMIUM_FLAGS, findChromium } from './test/chromium.ts';

/**
 * Takes the README's pictures from the real product: a server of its own with the demo people, two
 * browsers, docs/images/*.png. Chromium and, for emoji, a colour emoji font must be on the machine.
 */

const root = path.resolve(import.meta.dirname, '..');
const images = path.join(root, 'docs/images');
const PASSWORD = 'dandul-demo-1';

async function logIn(page: Page, url: string, username: string): Promise<void> {
  await page.goto(`${url}/login`);
  await page.locator('input[name=identifier]').fill(username);
  await page.locator('input[name=password]').fill(PASSWORD);
  await page.locator('form:has(input[name=password]) button[type=submit]').click();
  await page.waitForURL('**/chat');
}

async function openConversation(page: Page, username: string): Promise<void> {
  await page.locator('nav a[href^="/chat/"]').filter({ hasText: username }).first().click();
  await page.getByRole('log').getByRole('article').last().waitFor();
}

async function say(page: Page, text: string): Promise<void> {
  await page.locator('textarea').fill(text);
  await page.locator('textarea').press('Enter');
  // Waits until it is stored, so that the other person's next line comes after it.
  const stored = page.locator('[data-status=sent], [data-status=delivered], [data-status=read]');
  await page.getByRole('article').filter({ hasText: text }).and(stored).last().waitFor();
}

/** Does with the last message that says `text` what an item of its menu says. */
async function choose(page: Page, text: string, item: '답장' | '반응' | '고정' | '별표'): Promise<void> {
  const message = page.getByRole('article').filter({ hasText: text }).last();
  await message.hover();
  await message.getByRole('button', { name: '메시지 메뉴' }).click();
  await page.getByRole('menuitem', { name: item, exact: true }).click();
}

async function react(page: Page, text: string, emoji: string): Promise<void> {
  await choose(page, text, '반응');
  await page.getByRole('group', { name: '반응' }).getByRole('button', { name: emoji }).click();
  await page.getByRole('article').filter({ hasText: text }).getByRole('button', { name: emoji }).waitFor();
}

const dataDir = mkdtempSync(path.join(os.tmpdir(), 'dandul-pictures-'));
const server = await startServer({ DATA_DIR: dataDir, DATABASE_URL: undefined, REDIS_URL: undefined });
const browser = await chromium.launch({
  executablePath: findChromium(),
  args: CHROMIUM_FLAGS,
});
try {
  spawnSync(process.execPath, ['scripts/seed.ts'], {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, DATA_DIR: dataDir, DATABASE_URL: '' },
  });
  mkdirSync(images, { recursive: true });
  const korean = { locale: 'ko-KR', timezoneId: 'Asia/Seoul' };
  const desktop = await browser.newPage({ ...korean, viewport: { width: 1280, height: 800 } });
  const phone = await browser.newPage({
    ...korean,
    viewport: { width: 390, height: 844 },
    colorScheme: 'dark',
    deviceScaleFactor: 2,
  });
  await logIn(desktop, server.url, 'minji');
  await logIn(phone, server.url, 'junho');
  await openConversation(desktop, 'junho');
  await openConversation(phone, 'minji');
  await say(phone, '전시 예매했어요. 토요일 두 시, 서울역에서 만나요');
  await say(desktop, '좋아요. 여기 맞죠? https://www.seoul.go.kr/전시안내');
  await say(phone, '맞아요, 거기예요');
  await say(phone, '끝나고 국수 먹으러 가요');
  await choose(desktop, '전시 예매했어요', '고정');
  await choose(phone, '여기 맞죠?', '별표');
  await react(desktop, '국수 먹으러', '❤️');
  await choose(desktop, '국수 먹으러', '답장');
  await say(desktop, '그럼 배고프게 갈게요');
  await desktop
    .getByRole('article')
    .filter({ hasText: '배고프게' })
    .and(desktop.locator('[data-status=read]'))
    .waitFor();
  for (const [page, name] of [
    [desktop, 'desktop'],
    [phone, 'phone'],
  ] as const) {
    await page.mouse.move(0, 0);
    await page.evaluate(() =>
      document.fonts.ready.then(() => (document.activeElement as HTMLElement)?.blur()),
    );
    await page.screenshot({ path: path.join(images, `${name}.png`) });
  }
} finally {
  await browser.close();
  await server.stop();
  rmSync(dataDir, { recursive: true, force: true });
}
