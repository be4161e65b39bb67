import AxeBuilder from '@axe-core/playwright';
import type { Locator, Page } from '@playwright/test';
import { settingsPages } from '../components/settings/pages.ts';
import { openLiveChat } from './support/account.ts';
import { choose, openRowMenu } from './support/acting.ts';
import { sendMany } from './support/bulk.ts';
import { composerOf, messageAt } from './support/conversation.ts';
import { entryOf, expect, openConversation, test } from './support/test.ts';

const settingsPaths = settingsPages.map((name) => `/settings/${name}`);

/** The rules that a page breaks, with the elements that break them. */
async function findViolations(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html.slice(0, 160)}`));
}

for (const colorScheme of ['light', 'dark'] as const) {
  test(`no accessibility violation on a guest's pages (${colorScheme})`, async ({ page }) => {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    for (const path of [
      '/login',
      '/signup',
      '/forgot-password',
      '/reset-password?token=x',
      '/no-such-page',
    ]) {
      await page.goto(path);
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
      expect(await findViolations(page), path).toEqual([]);
    }
  });

  test(`no accessibility violation on a member's pages (${colorScheme})`, async ({
    addPerson,
    names,
    texts,
    isPhone,
  }) => {
    test.slow();
    const [me, partner] = await Promise.all([addPerson('하늘'), addPerson('junho')]);
    const { page } = me;
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    const check = async (where: string) => expect(await findViolations(page), where).toEqual([]);
    await page.goto('/chat');
    await expect(page.getByRole('heading', { name: texts.chat.list.emptyTitle })).toBeVisible();
    await check('empty list');

    const conversation = await openConversation(partner.page, names, me.username);
    await sendMany(partner, conversation, ['안녕하세요 https://example.com 👋', '두 번째', '👍']);
    await expect(entryOf(page, names, partner.username)).toContainText(names.unread(3));
    await check('list with unread');
    await page.goto(`/chat/${conversation}`);
    await expect(messageAt(page, names, 3)).toBeInViewport();
    await sendMany(me, conversation, ['my answer https://example.com']);
    await expect(messageAt(page, names, 4)).toBeVisible();
    await check('conversation');
    await page.getByRole('button', { name: texts.chat.header.menu }).click();
    await expect(page.getByRole('menu')).toBeVisible();
    await check('menu');
    await page.getByRole('menuitem', { name: texts.chat.header.block, exact: true }).click();
    await expect(page.getByRole('dialog')).toBeVisible();
    await check('dialog');
    await page.keyboard.press('Escape');
    await choose(page, { names, texts, isPhone }, 3, 'select');
    await check('selection');
    await page
      .getByRole('toolbar')
      .getByRole('button', { name: texts.chat.act.forward, exact: true })
      .click();
    await page.getByRole('dialog').getByRole('option').first().click();
    await check('to whom');
    await page.getByRole('dialog').getByRole('button', { name: texts.chat.act.forward, exact: true }).click();
    await expect(messageAt(page, names, 5)).toContainText(texts.chat.timeline.forwarded);
    await check('forwarded');

    await page.goto(`/chat/new?q=${partner.username}`);
    await expect(page.getByRole('option')).toHaveCount(1);
    await check('people');
    await page.goto('/search?q=answer');
    await expect(page.locator('mark')).toHaveCount(1);
    await check('search');
    await openLiveChat(page);
    await openRowMenu(page, { names, texts, isPhone }, partner.username);
    await check('menu of a row');
    await page.getByRole('menuitem', { name: texts.chat.header.delete, exact: true }).click();
    await expect(page.getByRole('alertdialog')).toBeVisible();
    await check('question before a deletion');
    for (const path of [
      '/starred',
      ...settingsPaths,
      '/dev/mailbox',
      '/chat/0197f3c0-0000-7000-8000-000000000000',
      '/nowhere',
    ]) {
      await page.goto(path);
      await expect(page.getByRole('heading').first()).toBeVisible();
      await check(path);
    }
  });
}

test('the keyboard alone goes through a conversation, always visibly @once', async ({
  pair,
  names,
  texts,
  isPhone,
}) => {
  const { first, second } = pair;
  const { page } = first;
  const conversation = await openConversation(second.page, names, first.username);
  await sendMany(second, conversation, ['press any key']);
  await page.goto('/chat');
  const entry = entryOf(page, names, second.username);
  await expect(entry).toBeVisible();
  await tabTo(page, entry);
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(new RegExp(`/chat/${conversation}$`));
  const box = composerOf(page, names);
  // Opening a conversation puts the caret into the box; the ring is for people who come by Tab.
  if (!isPhone) {
    await expect(box).toBeFocused();
    await page.keyboard.press('Shift+Tab');
  }
  await tabTo(page, box);
  await page.keyboard.type('typed blindly');
  if (isPhone) {
    await tabTo(page, page.getByRole('button', { name: names.send, exact: true }));
    await page.keyboard.press('Space');
  } else await page.keyboard.press('Enter');
  await expect(messageAt(page, names, 2)).toContainText('typed blindly');

  await tabTo(page, page.getByRole('button', { name: texts.chat.header.menu }));
  await page.keyboard.press('Enter');
  const block = page.getByRole('menuitem', { name: texts.chat.header.block, exact: true });
  await expect(block).toBeVisible();
  await page.keyboard.press('End');
  await page.keyboard.press('ArrowUp');
  await expect(block).toBeFocused();
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog');
  await tabTo(page, dialog.getByRole('button', { name: texts.chat.block.confirm, exact: true }));
  await page.keyboard.press('Enter');
  const undo = page.getByRole('button', { name: texts.chat.block.undo, exact: true });
  await expect(dialog).toBeHidden();
  await expect(undo).toBeVisible();
  await tabTo(page, undo);
  await page.keyboard.press('Enter');
  await expect(box).toBeVisible();

  await page.goto('/chat');
  await tabTo(page, page.getByRole('button', { name: names.logOut, exact: true }));
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/login/);
});

test('nothing moves for those who ask for reduced motion @once', async ({ pair, names, texts }) => {
  const { first, second } = pair;
  const { page } = first;
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await pair.openConversation(first, second);
  const longest = () =>
    page.evaluate(() =>
      Math.max(
        0,
        ...document.getAnimations().map((one) => Number(one.effect?.getComputedTiming().duration ?? 0)),
      ),
    );
  await composerOf(page, names).fill('still');
  await page.getByRole('button', { name: names.send, exact: true }).click();
  expect(await longest()).toBeLessThanOrEqual(1);
  await page.getByRole('button', { name: texts.chat.header.menu }).click();
  expect(await longest()).toBeLessThanOrEqual(1);
  await page.getByRole('menuitem', { name: texts.chat.header.block, exact: true }).click();
  await expect(page.getByRole('dialog')).toBeVisible();
  expect(await longest()).toBeLessThanOrEqual(1);
});

test('what a finger presses is at least 44 px, what a mouse does 24', async ({ pair, names, isPhone }) => {
  const { first, second } = pair;
  const { page } = first;
  const conversation = await openConversation(second.page, names, first.username);
  await sendMany(second, conversation, ['hello']);
  for (const path of [
    '/chat',
    `/chat/${conversation}`,
    '/chat/new',
    '/search',
    '/starred',
    ...settingsPaths,
    '/login',
  ]) {
    await page.goto(path);
    await expect(page.locator('header, form').first()).toBeAttached();
    const small = await page.evaluate(
      (least) =>
        [...document.querySelectorAll<HTMLElement>('button, a[href], select, textarea, [role=option]')]
          // Links within text flow with it, and the skip link shows only for the keyboard.
          // What is seen by nobody is pressed by nobody: the button of a row, where a finger holds the row instead.
          .filter(
            (one) => one.checkVisibility({ opacityProperty: true }) && !one.closest('article, p, .sr-only'),
          )
          .map((one) => ({ html: one.outerHTML.slice(0, 120), box: one.getBoundingClientRect() }))
          .filter(({ box }) => box.width > 0 && (box.height < least || box.width < least))
          .map(({ html, box }) => `${box.width}x${box.height} ${html}`),
      isPhone ? 43.9 : 24,
    );
    expect(small, path).toEqual([]);
  }
});

/** Presses Tab until the element has the focus, which shows as an outline or a ring on it or around it. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  await expect(target).toBeVisible();
  await expect(async () => {
    const isThere = await target.evaluate((element) => element === document.activeElement);
    if (!isThere) await page.keyboard.press('Tab');
    expect(isThere).toBe(true);
  }).toPass({ intervals: [0] });
  const isShown = await target.evaluate((element) => {
    const marks = (one: Element | null | undefined): boolean => {
      if (!one) return false;
      const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(one);
      const hasOutline = outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 1;
      return hasOutline || /rgb|oklch|lab|color/.test(boxShadow.replace(/rgba\(0, 0, 0, 0\)/g, ''));
    };
    return element.matches(':focus-visible') && (marks(element) || marks(element.parentElement));
  });
  expect(isShown, `the focus on ${target} is visible`).toBe(true);
}
