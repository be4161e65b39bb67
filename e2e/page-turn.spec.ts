import type { Page } from '@playwright/test';
import { openLiveChat } from './support/account.ts';
import { sendMany } from './support/bulk.ts';
import { expect, test } from './support/test.ts';

/** Holds back every answer for a page within the app, as the slowest network would; the result lets them go. */
async function holdPages(page: Page): Promise<() => void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  await page.route(
    (url) => url.searchParams.has('_rsc'),
    async (route) => {
      await promise;
      await route.continue().catch(() => {});
    },
  );
  return resolve;
}

test('the settings answer a click before the server does, and so does the way back', async ({
  pair,
  texts,
}) => {
  const { page } = pair.first;
  await page.goto('/chat');
  let release = await holdPages(page);
  await page.getByRole('link', { name: texts.chat.list.settings }).click();
  await expect(page.locator('[aria-busy=true]')).toBeVisible();
  // The covered page has no focus and takes none, and a status says that something loads.
  await expect(page.getByRole('status').filter({ hasText: texts.common.loading })).toHaveCount(1);
  await page.keyboard.press('Tab');
  expect(await page.evaluate(() => document.activeElement === document.body)).toBe(true);
  release();
  await expect(page).toHaveURL(/\/settings/);
  await expect(page.getByRole('status').filter({ hasText: texts.common.loading })).toHaveCount(0);
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await expect(page.locator('[aria-busy=true]')).toHaveCount(0);

  release = await holdPages(page);
  await page.getByRole('link', { name: texts.settings.back }).click();
  // The previous page is still in memory, so the browser's Back asks no server for it.
  await expect(page).toHaveURL(/\/chat$/);
  await expect(page.getByRole('navigation', { name: texts.chat.list.label })).toBeVisible();
  await expect(page.locator('[aria-busy=true]')).toHaveCount(0);
  release();
});

test('one page of the settings answers a click on another before the server does @once', async ({
  addPerson,
  texts: { common, settings },
}) => {
  const { page } = await addPerson('minji');
  await openLiveChat(page, '/settings/account');
  const release = await holdPages(page);
  const link = page.getByRole('link', { name: settings.pages.security, exact: true });
  await link.click();
  await expect(page.getByRole('main').locator('[aria-busy=true]')).toBeVisible();
  await expect(page.getByRole('status').filter({ hasText: common.loading })).toHaveCount(1);
  // The list stays usable and shows where the click leads.
  await expect(link).toHaveAttribute('aria-current', 'page');
  await expect(link).toBeFocused();
  release();
  await expect(page).toHaveURL(/\/settings\/security$/);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(settings.pages.security);
  await expect(page.locator('[aria-busy=true]')).toHaveCount(0);
});

test('search, a hit and the starred messages answer a click before the server does @phone', async ({
  pair,
  names,
  texts,
}) => {
  const { page } = pair.first;
  const conversation = await pair.openConversation(pair.first, pair.second);
  await sendMany(pair.second, conversation, ['딸기잼']);
  await page.goto('/chat');
  let release = await holdPages(page);
  await page.getByRole('link', { name: texts.chat.list.search }).click();
  await expect(page.locator('[aria-busy=true]').getByRole('heading', { level: 1 })).toHaveText(
    texts.search.messages.title,
  );
  release();
  await page.getByRole('searchbox', { name: names.searchMessages }).fill('딸기');
  const hit = page.getByRole('list', { name: texts.search.messages.results }).getByRole('link');
  await expect(hit).toHaveCount(1);

  release = await holdPages(page);
  await hit.click();
  await expect(page.locator('[aria-busy=true]').getByRole('heading', { level: 1 })).toHaveText(
    pair.second.username,
  );
  release();
  await expect(page).toHaveURL(`/chat/${conversation}?m=1`);
  await expect(page.getByRole('article')).toContainText('딸기잼');

  await page.goto('/chat');
  release = await holdPages(page);
  await page.getByRole('link', { name: texts.chat.list.starred, exact: true }).click();
  await expect(page.locator('[aria-busy=true]').getByRole('heading', { level: 1 })).toHaveText(
    texts.chat.starred.title,
  );
  release();
  await expect(page.getByRole('heading', { name: texts.chat.starred.emptyTitle })).toBeVisible();
});
