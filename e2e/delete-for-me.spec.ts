import { openLiveChat } from './support/account.ts';
import { bubbleOf, choose, itemOf, openRowMenu } from './support/acting.ts';
import { sendMany } from './support/bulk.ts';
import { articlesOf, logOf, messageAt, openMenu, showList } from './support/conversation.ts';
import { entryOf, expect, openConversation, test } from './support/test.ts';

test('a message deleted for me is gone from my tabs and my search, and stays with the partner', async ({
  pair,
  names,
  texts,
  isPhone,
}) => {
  const { first, second } = pair;
  const { page } = first;
  const scene = { names, texts, isPhone };
  const strings = texts.chat.delete;
  const conversation = await openConversation(page, names, second.username);
  await sendMany(second, conversation, ['their apricot']);
  await sendMany(first, conversation, ['my apricot', 'stays']);
  await openConversation(second.page, names, first.username);
  const tab = await first.context.newPage();
  await tab.goto(`/chat/${conversation}`);
  await expect(messageAt(tab, names, 3)).toBeVisible();

  // Of the partner's message nobody but me can be rid.
  await choose(page, scene, 1, 'delete');
  const dialog = page.getByRole('alertdialog', { name: strings.title });
  const me = dialog.getByRole('button', { name: strings.me, exact: true });
  await expect(me).toBeVisible();
  await expect(dialog.getByRole('button', { name: strings.both, exact: true })).toHaveCount(0);
  await me.click();
  await expect(dialog).toBeHidden();
  await choose(page, scene, 2, 'delete');
  await expect(dialog.getByRole('button', { name: strings.both, exact: true })).toBeVisible();
  await me.click();
  for (const viewer of [page, tab]) {
    await expect(articlesOf(viewer, names)).toHaveCount(1);
    await expect(logOf(viewer, names)).not.toContainText('apricot');
  }
  await page.reload();
  await expect(articlesOf(page, names)).toHaveCount(1);
  await expect(bubbleOf(messageAt(second.page, names, 1))).toHaveText('their apricot');
  await expect(bubbleOf(messageAt(second.page, names, 2))).toHaveText('my apricot');
  await page.goto('/search?q=apricot');
  await expect(page.getByRole('heading', { level: 2 })).toContainText('apricot');
  await second.page.goto('/search?q=apricot');
  await expect(second.page.locator('mark')).toHaveCount(2);

  // The place of one that was deleted for both can go as well.
  await page.goto(`/chat/${conversation}`);
  await choose(page, scene, 3, 'delete');
  await dialog.getByRole('button', { name: strings.both, exact: true }).click();
  await expect(bubbleOf(messageAt(page, names, 3))).toHaveText(texts.chat.timeline.deleted);
  await choose(page, scene, 3, 'delete');
  await me.click();
  await expect(messageAt(page, names, 3)).toHaveCount(0);
});

test('a conversation deleted for me is gone until a new message brings it back, empty above', async ({
  pair,
  names,
  texts,
  isPhone,
}) => {
  const { first, second } = pair;
  const { page } = first;
  const { header, clear } = texts.chat;
  const conversation = await openConversation(second.page, names, first.username);
  await sendMany(second, conversation, ['old apricot']);
  const tab = await first.context.newPage();
  await tab.goto('/chat');
  await expect(entryOf(tab, names, second.username)).toBeVisible();

  await page.goto('/search');
  await page.goto('/chat');
  await entryOf(page, names, second.username).click();
  await expect(messageAt(page, names, 1)).toBeVisible();
  await openMenu(page, header.menu);
  await itemOf(page, header.delete).click();
  const dialog = page.getByRole('alertdialog', { name: clear.title });
  await expect(dialog).toContainText(second.username);
  await dialog.getByRole('button', { name: texts.common.cancel, exact: true }).click();
  await expect(messageAt(page, names, 1)).toBeVisible();
  await openMenu(page, header.menu);
  await itemOf(page, header.delete).click();
  await dialog.getByRole('button', { name: clear.confirm, exact: true }).click();
  await expect(page).toHaveURL(/\/chat$/);
  for (const viewer of [page, tab]) await expect(entryOf(viewer, names, second.username)).toHaveCount(0);
  await page.goBack();
  await expect(page).toHaveURL(/\/search$/);
  await page.goto('/chat');
  await expect(entryOf(page, names, second.username)).toHaveCount(0);
  await expect(bubbleOf(messageAt(second.page, names, 1))).toHaveText('old apricot');

  await sendMany(second, conversation, ['new pear']);
  for (const viewer of [page, tab]) {
    await expect(entryOf(viewer, names, second.username)).toContainText('new pear');
  }
  await entryOf(page, names, second.username).click();
  await expect(articlesOf(page, names)).toHaveCount(1);
  await expect(bubbleOf(messageAt(page, names, 2))).toHaveText('new pear');
  await expect(logOf(page, names)).not.toContainText('apricot');
  await page.goto('/search?q=apricot');
  await expect(page.getByRole('heading', { level: 2 })).toContainText('apricot');
  await showList(page, names, isPhone);
});

test('the menu of a row mutes and deletes, by pointer, finger and keys, inside a narrow screen', async ({
  pair,
  names,
  texts,
  isPhone,
}) => {
  const { first, second } = pair;
  const { page } = first;
  const scene = { names, texts, isPhone };
  const { list, header, clear } = texts.chat;
  const conversation = await pair.openConversation(second, first);
  await sendMany(second, conversation, ['hello']);
  if (isPhone) await page.setViewportSize({ width: 320, height: 568 });
  // A finger that rests on a page without its scripts opens the conversation.
  await openLiveChat(page);
  const row = entryOf(page, names, second.username);
  await expect(row).toBeVisible();
  // A finger's tap beside the name, or on the number there, opens the conversation, not the menu that lies over it.
  if (isPhone) {
    const edge = await row.evaluate((link) => {
      const { right, top, bottom } = link.getBoundingClientRect();
      const at = (y: number) => document.elementFromPoint(right - 10, y)?.closest('a, button')?.tagName;
      return [at(top + 24), at((top + bottom) / 2), at(bottom - 12)];
    });
    expect(edge).toEqual(['A', 'A', 'A']);
  }
  await openRowMenu(page, scene, second.username);
  const box = await page.getByRole('menu').boundingBox();
  expect(box?.x).toBeGreaterThanOrEqual(0);
  expect((box?.x ?? 0) + (box?.width ?? 0)).toBeLessThanOrEqual(page.viewportSize()?.width ?? 0);
  await itemOf(page, header.mute).click();
  await expect(row).toContainText(list.muted);
  // The finger or the pointer opened a menu, not the conversation.
  await expect(page).toHaveURL(/\/chat$/);
  await openRowMenu(page, scene, second.username);
  await expect(itemOf(page, header.unmute)).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('menu')).toBeHidden();

  const button = page.getByRole('navigation').getByRole('button', { name: list.rowMenu, exact: true });
  await row.focus();
  await page.keyboard.press('Tab');
  await expect(button).toBeFocused();
  await expect(button).toHaveCSS('opacity', '1');
  await page.keyboard.press('Enter');
  await expect(itemOf(page, header.unmute)).toBeFocused();
  await page.keyboard.press('End');
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('alertdialog', { name: clear.title });
  const confirm = dialog.getByRole('button', { name: clear.confirm, exact: true });
  await expect(async () => {
    await page.keyboard.press('Tab');
    await expect(confirm).toBeFocused({ timeout: 50 });
  }).toPass({ intervals: [0] });
  await page.keyboard.press('Enter');
  await expect(row).toHaveCount(0);
  await expect(page.getByRole('heading', { name: list.emptyTitle })).toBeVisible();
});
