import type { Page } from '@playwright/test';
import { numberTexts, sendMany } from './support/bulk.ts';
import {
  articlesOf,
  composerOf,
  goToConversation,
  logOf,
  messageAt,
  pillOf,
  showList,
} from './support/conversation.ts';
import { entryOf, expect, openConversation, test } from './support/test.ts';

const linksOf = (page: Page, label: string) =>
  page.getByRole('navigation', { name: label }).getByRole('listitem').getByRole('link');

test('the list follows what is said, without a reload @cluster', async ({ addPerson, names, isPhone }) => {
  const [me, a, b] = await Promise.all([addPerson('한결'), addPerson('alpha'), addPerson('bravo')]);
  const conversationA = await openConversation(a.page, names, me.username);
  const conversationB = await openConversation(b.page, names, me.username);
  await me.page.goto('/chat');
  const links = linksOf(me.page, names.chats);
  await expect(links).toHaveCount(0);

  await sendMany(a, conversationA, ['first of a']);
  await expect(links).toHaveCount(1);
  await sendMany(b, conversationB, ['first of b', 'second of b']);
  await expect(links.nth(0)).toContainText(b.username);
  await expect(links.nth(0)).toContainText('second of b');
  await expect(links.nth(0)).toContainText(names.unread(2));
  await expect(links.nth(1)).toContainText(names.unread(1));

  await sendMany(a, conversationA, ['second of a']);
  await expect(links.nth(0)).toContainText('second of a');
  await expect(links.nth(0)).toContainText(names.unread(2));
  const name = links.nth(0).locator('bdi', { hasText: a.username }).locator('..');
  const weightOf = () => name.evaluate((element) => Number(getComputedStyle(element).fontWeight));
  const unreadWeight = await weightOf();

  await goToConversation(me.page, names, a.username, isPhone);
  if (!isPhone) {
    await expect(entryOf(me.page, names, a.username)).toHaveAttribute('aria-current', 'page');
    await expect(entryOf(me.page, names, b.username)).not.toHaveAttribute('aria-current');
  }
  await showList(me.page, names, isPhone);
  await expect(links.nth(0)).not.toContainText(names.unread(2));
  expect(await weightOf()).toBeLessThan(unreadWeight);
});

test('an empty list invites to start', async ({ addPerson, texts, names }) => {
  const { page } = await addPerson('solo');
  await page.goto('/chat');
  const { list } = texts.chat;
  await expect(page.getByRole('heading', { name: list.emptyTitle })).toBeVisible();
  await page.getByText(list.newMessage).last().click();
  await expect(page.getByRole('searchbox', { name: names.searchPeople })).toBeFocused();
});

test('moving between conversations asks no page of the server and keeps place and draft of each @once', async ({
  addPerson,
  names,
  isPhone,
}) => {
  const [me, a, b] = await Promise.all([addPerson('서윤'), addPerson('alpha'), addPerson('bravo')]);
  const conversationA = await openConversation(a.page, names, me.username);
  await sendMany(a, conversationA, numberTexts(45));
  const conversationB = await openConversation(b.page, names, me.username);
  await sendMany(b, conversationB, ['hello from b']);
  const { page } = me;
  await page.goto('/chat');
  await goToConversation(page, names, a.username, isPhone);
  // First to what is unread below, then to the end.
  const pill = pillOf(page, '\\d+');
  await pill.click();
  await pill.click();
  await expect(messageAt(a.page, names, 45)).toHaveAttribute('data-status', 'read');
  // A new visit has no divider, which would move everything when it goes away.
  await goToConversation(page, names, b.username, isPhone);
  await goToConversation(page, names, a.username, isPhone);
  await expect(messageAt(page, names, 45)).toBeInViewport();

  const requests: string[] = [];
  page.on('request', (request) => {
    const { pathname } = new URL(request.url());
    const isPage = request.isNavigationRequest() || request.headers().rsc !== undefined;
    // Next prefetches other links; moving between conversations needs none of that.
    if (isPage && /^\/chat(\/[0-9a-f-]{36})?$/.test(pathname))
      requests.push(`${request.method()} ${pathname}`);
  });

  await composerOf(page, names).fill('half a thought');
  await logOf(page, names).evaluate((log) => log.scrollBy(0, -900));
  await expect(messageAt(page, names, 45)).not.toBeInViewport();
  const place = await placeOf(page, names.timeline);

  await goToConversation(page, names, b.username, isPhone);
  await expect(page).toHaveURL(new RegExp(`/chat/${conversationB}$`));
  await expect(articlesOf(page, names)).toContainText(['hello from b']);
  await expect(composerOf(page, names)).toHaveValue('');
  await showList(page, names, isPhone);
  await expect(entryOf(page, names, a.username)).toContainText('half a thought');

  await goToConversation(page, names, a.username, isPhone);
  await expect(composerOf(page, names)).toHaveValue('half a thought');
  const box = messageAt(page, names, place.seq);
  await expect(box).toBeInViewport();
  await expect
    .poll(async () => Math.abs(((await box.boundingBox())?.y ?? -999) - place.top))
    .toBeLessThanOrEqual(2);

  await page.goBack();
  if (!isPhone) await expect(page).toHaveURL(new RegExp(`/chat/${conversationB}$`));
  else await expect(page).toHaveURL(/\/chat$/);
  await page.goForward();
  await expect(page).toHaveURL(new RegExp(`/chat/${conversationA}$`));
  await expect(composerOf(page, names)).toHaveValue('half a thought');
  expect(requests).toEqual([]);
});

test('a phone shows one pane at a time, with a way back @phone', async ({ pair, names, isPhone }) => {
  const { page } = pair.first;
  await pair.openConversation(pair.first, pair.second);
  const list = page.getByRole('navigation', { name: names.chats });
  const back = page.locator('main header a[href="/chat"]');
  if (!isPhone) {
    await expect(list).toBeVisible();
    await expect(back).toBeHidden();
    return;
  }
  await expect(list).toBeHidden();
  await back.click();
  await expect(page).toHaveURL(/\/chat$/);
  await expect(list).toBeVisible();
  await expect(composerOf(page, names)).toBeHidden();
});

/** A message in the middle of the timeline and where its top is. */
function placeOf(page: Page, label: string): Promise<{ seq: number; top: number }> {
  return page.getByRole('log', { name: label }).evaluate((log) => {
    const frame = log.getBoundingClientRect();
    const article = [...log.querySelectorAll<HTMLElement>('article[data-seq]')].find(
      (one) => one.getBoundingClientRect().top > frame.top + frame.height / 3,
    ) as HTMLElement;
    return { seq: Number(article.dataset.seq), top: article.getBoundingClientRect().top };
  });
}
