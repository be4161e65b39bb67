import type { Page } from '@playwright/test';
import { composerOf, openMenu } from './support/conversation.ts';
import { entryOf, expect, openConversation, sendMessage, test } from './support/test.ts';

/** The ← of the open page. */
const backOf = (page: Page, path = '/chat') =>
  page.locator(`:is(header, #main) a[href="${path}"]:visible`).first();

/** A page before the chat, which the system's Back may leave to. */
const OUTSIDE = '/api/health';

test('after ← from a conversation the system’s Back leaves, however many conversations were seen @phone', async ({
  pair,
  addPerson,
  names,
}) => {
  const { first, second } = pair;
  const { page } = first;
  const third = await addPerson('third');
  await openConversation(third.page, names, first.username);
  await sendMessage(third.page, names, 'hello');
  await pair.openConversation(first, second);
  await page.goto(OUTSIDE);
  await page.goto('/chat');
  for (const { username } of [second, third]) {
    await entryOf(page, names, username).click();
    await expect(composerOf(page, names)).toBeVisible();
    await backOf(page).click();
    await expect(page).toHaveURL(/\/chat$/);
    await expect(entryOf(page, names, username)).toBeVisible();
  }
  await page.goBack();
  await expect(page).toHaveURL(/\/api\/health$/);
});

test('a conversation from a link, as mails have it, gives way to the list @phone', async ({
  pair,
  names,
}) => {
  const { first, second } = pair;
  const { page } = first;
  const conversation = await pair.openConversation(first, second);
  for (const path of [
    `/chat/${conversation}`,
    `/chat/${conversation}?m=1`,
    '/chat/0197f3c0-0000-7000-8000-000000000000',
  ]) {
    await page.goto(OUTSIDE);
    await page.goto(path);
    await backOf(page).click();
    await expect(page).toHaveURL(/\/chat$/);
    await expect(entryOf(page, names, second.username)).toBeVisible();
    await page.goBack();
    await expect(page).toHaveURL(/\/api\/health$/);
  }
});

test('a conversation that was reloaded still leads back to the list before it @phone', async ({
  pair,
  names,
}) => {
  const { first, second } = pair;
  const { page } = first;
  await pair.openConversation(first, second);
  await page.goto(OUTSIDE);
  await page.goto('/chat');
  await entryOf(page, names, second.username).click();
  await expect(composerOf(page, names)).toBeVisible();
  await page.reload();
  await backOf(page).click();
  await expect(entryOf(page, names, second.username)).toBeVisible();
  await page.goBack();
  await expect(page).toHaveURL(/\/api\/health$/);
});

test('after ← from a hit the system’s Back goes to the hits, never to the conversation @phone', async ({
  pair,
  names,
}) => {
  const { first, second } = pair;
  const { page } = first;
  await pair.openConversation(first, second);
  await sendMessage(page, names, 'needle in the hay');
  await page.goto('/chat');
  await page.getByRole('link', { name: names.searchMessages, exact: true }).click();
  await page.getByRole('searchbox', { name: names.searchMessages }).fill('needle');
  const hit = page.getByRole('link').filter({ hasText: 'needle in the hay' }).last();
  await hit.click();
  await expect(composerOf(page, names)).toBeVisible();
  await backOf(page).click();
  await expect(page).toHaveURL(/\/chat$/);
  await expect(entryOf(page, names, second.username)).toBeVisible();
  await page.goBack();
  await expect(page).toHaveURL(/\/search\?q=needle$/);
  await expect(hit).toBeVisible();
  await backOf(page).click();
  await expect(page).toHaveURL(/\/chat$/);
});

test('without the Navigation API Back never leads forward to the conversation that ← left @phone', async ({
  pair,
  names,
}) => {
  const { first, second } = pair;
  const { page } = first;
  await page.addInitScript(() => Object.defineProperty(window, 'navigation', { value: undefined }));
  await pair.openConversation(first, second);
  await sendMessage(page, names, 'needle in the hay');
  await page.goto(OUTSIDE);
  await page.goto('/chat');
  const entry = entryOf(page, names, second.username);
  await entry.click();
  await expect(composerOf(page, names)).toBeVisible();
  await backOf(page).click();
  await expect(entry).toBeVisible();
  // The list took the conversation's place: it stands there twice.
  await page.goBack();
  await expect(page).toHaveURL(/\/chat$/);
  await expect(entry).toBeVisible();

  await page.getByRole('link', { name: names.searchMessages, exact: true }).click();
  await page.getByRole('searchbox', { name: names.searchMessages }).fill('needle');
  const hit = page.getByRole('link').filter({ hasText: 'needle in the hay' }).last();
  await hit.click();
  await expect(composerOf(page, names)).toBeVisible();
  await backOf(page).click();
  await expect(entry).toBeVisible();
  await page.goBack();
  await expect(page).toHaveURL(/\/search\?q=needle$/);
  await expect(hit).toBeVisible();
  await backOf(page).click();
  await expect(entry).toBeVisible();
  await page.goBack();
  await expect(page).toHaveURL(/\/chat$/);
  await page.goBack();
  await expect(page).toHaveURL(/\/api\/health$/);
});

test('after ← from a conversation that New message opened, Back leaves @phone', async ({ pair, names }) => {
  const { first, second } = pair;
  const { page } = first;
  await page.goto(OUTSIDE);
  await page.goto('/chat');
  await page.getByRole('link', { name: names.newMessage, exact: true }).click();
  await page.getByRole('searchbox', { name: names.searchPeople }).fill(second.username);
  await page.getByRole('option', { name: second.username }).click();
  await expect(composerOf(page, names)).toBeVisible();
  await backOf(page).click();
  await expect(page).toHaveURL(/\/chat$/);
  await page.goBack();
  await expect(page).toHaveURL(/\/api\/health$/);
});

test('after ← from the settings, a search and New message, Back leaves; so also after Escape', async ({
  pair,
  names,
  texts,
  isPhone,
}) => {
  const { first, second } = pair;
  const { page } = first;
  const conversation = await pair.openConversation(first, second);
  const ways = [
    { link: texts.chat.list.settings, leave: () => backOf(page).click() },
    ...[names.searchMessages, names.newMessage].map((link) => ({
      link,
      leave: isPhone ? () => backOf(page).click() : () => page.getByRole('searchbox').press('Escape'),
    })),
  ];
  for (const { link, leave } of ways) {
    await page.goto(OUTSIDE);
    await page.goto('/chat');
    await page.getByRole('link', { name: link, exact: true }).click();
    await expect(page).not.toHaveURL(/\/chat$/);
    await leave();
    await expect(page).toHaveURL(/\/chat$/);
    await page.goBack();
    await expect(page).toHaveURL(/\/api\/health$/);
  }

  await page.goto('/chat');
  await entryOf(page, names, second.username).click();
  await openMenu(page, texts.chat.header.menu);
  await page.getByRole('menuitem', { name: texts.chat.header.search }).click();
  await expect(page).toHaveURL(/\/search\?in=/);
  if (isPhone) await backOf(page, `/chat/${conversation}`).click();
  else await page.getByRole('searchbox').press('Escape');
  await expect(composerOf(page, names)).toBeVisible();
  await page.goBack();
  await expect(page).toHaveURL(/\/chat$/);
});

test('every field of text is at least 16 px, so that no phone zooms in @phone', async ({ pair, page }) => {
  const { first, second } = pair;
  const conversation = await pair.openConversation(first, second);
  const visits: [Page, string[]][] = [
    [page, ['/login', '/signup', '/forgot-password', '/reset-password?token=x']],
    [first.page, [`/chat/${conversation}`, '/chat/new', '/search']],
    [first.page, ['/settings/account', '/settings/security', '/settings/notifications']],
  ];
  for (const [visitor, paths] of visits) {
    for (const path of paths) {
      await visitor.goto(path);
      const fields = visitor.locator('input:not([type=hidden], [hidden]), select, textarea');
      await expect(fields.first()).toBeVisible();
      const sizes = await fields.evaluateAll((all) =>
        all.map((one) => Number.parseFloat(getComputedStyle(one).fontSize)),
      );
      expect(Math.min(...sizes), path).toBeGreaterThanOrEqual(16);
    }
  }
});

test('what is pressed shows it', async ({ pair, names, texts }) => {
  const { first, second } = pair;
  const { page } = first;
  await pair.openConversation(first, second);
  await page.goto('/chat');
  const pressed = [
    entryOf(page, names, second.username),
    page.getByRole('link', { name: texts.chat.list.settings }),
    page.getByRole('button', { name: names.logOut, exact: true }),
  ];
  for (const target of pressed) {
    const lookOf = () => target.evaluate((one) => getComputedStyle(one).backgroundColor);
    await target.hover();
    await page.mouse.down();
    // The colour is in transition, so it is read until it has arrived.
    await expect.poll(lookOf).toBe('rgb(235, 230, 219)');
    await page.mouse.move(2, 2);
    await page.mouse.up();
  }
});
