import type { Page } from '@playwright/test';
import { openLiveChat } from './support/account.ts';
import { blockPartner, composerOf } from './support/conversation.ts';
import { entryOf, expect, logIn, messageOf, openConversation, sendMessage, test } from './support/test.ts';

const logOutOf = (page: Page, label: string) => page.getByRole('button', { name: label, exact: true });

/** What this site keeps in the browser, as far as a page can read it. */
const readDevice = (page: Page) =>
  page.evaluate(async () => ({
    databases: (await indexedDB.databases()).map(({ name }) => name),
    storage: Object.entries({ ...localStorage, ...sessionStorage }),
    caches: 'caches' in window ? await caches.keys() : [],
  }));

test('log-out loads the login page whole, and Back shows nothing of the account @cluster', async ({
  pair,
  names,
}) => {
  const { first, second } = pair;
  const { page } = first;
  const conversation = await pair.openConversation(first, second);
  await sendMessage(page, names, 'between us two');
  await page.goto('/settings/account');
  await page.goto(`/chat/${conversation}`);
  await expect(messageOf(page, names, 'between us two')).toBeVisible();
  await page.goto('/chat');
  await entryOf(page, names, second.username).click();
  await page.evaluate(() => Object.assign(window, { isOldPage: true }));
  await page.goBack();
  await logOutOf(page, names.logOut).click();
  await expect(page).toHaveURL(/\/login$/);
  expect(await page.evaluate(() => 'isOldPage' in window)).toBe(false);
  for (let step = 0; step < 4; step++) {
    await page.goBack();
    await expect(page).toHaveURL(/\/login|^about:blank$/);
    await expect(page.locator('html')).not.toContainText('between us two');
    await expect(page.locator('html')).not.toContainText(second.username);
  }
});

test('pages of a member are kept by no cache @once', async ({ pair, names }) => {
  const { first, second } = pair;
  const { page } = first;
  const conversation = await openConversation(page, names, second.username);
  for (const path of ['/chat', `/chat/${conversation}`, '/chat/new', '/search?q=ab', '/settings/account']) {
    for (const accept of ['text/html', 'text/x-component']) {
      const headers = { accept, ...(accept.endsWith('component') && { rsc: '1' }) };
      const answer = await page.request.get(path, { headers });
      expect(answer.headers()['cache-control'], path).toContain('no-store');
    }
  }
});

test('a page that the browser had put aside whole is loaded anew before it is seen @once', async ({
  pair,
}) => {
  const { page } = pair.first;
  await openLiveChat(page);
  const isHidden = await page.evaluate(() => {
    window.dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }));
    return getComputedStyle(document.body).visibility === 'hidden';
  });
  expect(isHidden).toBe(true);
  const loaded = page.waitForEvent('load');
  await page.evaluate(() => window.dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true })));
  await loaded;
  await expect(page.locator('body')).toBeVisible();
});

test('what is unsent is asked about first, and goes from the device with the log-out', async ({
  pair,
  names,
  texts,
}) => {
  const { first, second } = pair;
  const { page } = first;
  await pair.openConversation(first, second);
  await sendMessage(page, names, 'sent before');
  await openConversation(second.page, names, first.username);
  await blockPartner(second.page, texts.chat);
  await composerOf(page, names).fill('never sent');
  await page.getByRole('button', { name: names.send, exact: true }).click();
  await expect(messageOf(page, names, 'never sent')).toHaveAttribute('data-status', 'failed');
  await composerOf(page, names).fill('half a thought');
  await page.goto('/chat');
  await expect(entryOf(page, names, second.username)).toContainText('never sent');

  const dialog = page.getByRole('dialog');
  await logOutOf(page, names.logOut).click();
  await expect(dialog).toContainText(texts.auth.leave.title);
  await expect(dialog).toContainText('2');
  await dialog.getByRole('button', { name: texts.common.cancel, exact: true }).click();
  await expect(dialog).toBeHidden();
  await expect(page).toHaveURL(/\/chat$/);
  await expect(entryOf(page, names, second.username)).toContainText('never sent');

  await logOutOf(page, names.logOut).click();
  await dialog.getByRole('button', { name: names.logOut, exact: true }).click();
  await expect(page).toHaveURL(/\/login$/);
  expect(await readDevice(page)).toEqual({ databases: [], storage: [], caches: [] });

  await logIn(page, names, first.username);
  await openConversation(page, names, second.username);
  await expect(messageOf(page, names, 'sent before')).toBeVisible();
  await expect(messageOf(page, names, 'never sent')).toHaveCount(0);
  await expect(composerOf(page, names)).toHaveValue('');
});

test('with nothing unsent log-out asks nothing; it stands quietly at the top right and in the settings', async ({
  addPerson,
  names,
  texts,
}) => {
  const { page } = await addPerson('민지');
  await page.goto('/chat');
  const button = logOutOf(page, names.logOut);
  const settings = page.getByRole('link', { name: texts.chat.list.settings, exact: true });
  const [out, gear] = [await button.boundingBox(), await settings.boundingBox()];
  const { width } = page.viewportSize() ?? { width: 0 };
  expect((out?.x ?? 0) + (out?.width ?? 0)).toBeGreaterThan(width - 32);
  // They are apart, so that a finger that misses one does not press the other.
  expect((out?.x ?? 0) - ((gear?.x ?? 0) + (gear?.width ?? 0))).toBeGreaterThanOrEqual(8);
  await settings.click();
  await expect(page).toHaveURL(/\/settings\/account$/);
  await button.click();
  await expect(page).toHaveURL(/\/login$/);
});
