import { bubbleOf, choose } from './support/acting.ts';
import { deleteMessage, numberTexts, sendMany, starMany } from './support/bulk.ts';
import { messageAt } from './support/conversation.ts';
import { expect, openConversation, test } from './support/test.ts';

test('starred messages, mine and the partner’s, stand on a page of their own, lead back, and are my own affair', async ({
  pair,
  names,
  texts,
  isPhone,
}) => {
  const { first, second } = pair;
  const { page } = first;
  const scene = { names, texts, isPhone };
  const { act, list, starred } = texts.chat;
  const conversation = await openConversation(page, names, second.username);
  await sendMany(second, conversation, ['the address: 12 Hill Road']);
  await sendMany(first, conversation, [...numberTexts(40), 'I bring the cake']);
  await openConversation(second.page, names, first.username);
  const tab = await first.context.newPage();
  await tab.goto(`/chat/${conversation}`);
  await page.goto(`/chat/${conversation}?m=1`);
  await expect(messageAt(page, names, 1)).toBeInViewport();

  await choose(page, scene, 1, 'star');
  await expect(messageAt(page, names, 1)).toHaveAccessibleName(new RegExp(act.starred));
  await page.goto(`/chat/${conversation}`);
  await choose(page, scene, 42, 'star');
  await expect(messageAt(tab, names, 42)).toHaveAccessibleName(new RegExp(act.starred));
  await expect(messageAt(second.page, names, 1)).toBeVisible();
  await expect(messageAt(second.page, names, 1)).not.toHaveAccessibleName(new RegExp(act.starred));

  await page.goto('/chat');
  await page.getByRole('link', { name: list.starred, exact: true }).click();
  await expect(page).toHaveURL(/\/starred$/);
  const rows = page.getByRole('list', { name: starred.list }).getByRole('listitem');
  await expect(rows).toContainText(['I bring the cake', '12 Hill Road']);
  await expect(rows.first()).toContainText(second.username);
  await rows.last().getByRole('link').click();
  await expect(page).toHaveURL(new RegExp(`/chat/${conversation}`));
  await expect(bubbleOf(messageAt(page, names, 1))).toBeInViewport();
  await choose(page, scene, 1, 'unstar');
  await expect(messageAt(page, names, 1)).not.toHaveAccessibleName(new RegExp(act.starred));

  // What changed meanwhile has changed on the page that Back leads to.
  await page.goBack();
  await expect(rows).toContainText(['I bring the cake']);
  await expect(rows).toHaveCount(1);
  const unstar = rows.first().getByRole('button', { name: act.unstar, exact: true });
  await unstar.click();
  await expect(page.getByRole('heading', { name: starred.emptyTitle })).toBeVisible();
  await expect(messageAt(tab, names, 42)).not.toHaveAccessibleName(new RegExp(act.starred));
  await page.getByRole('status').getByRole('button', { name: starred.undo, exact: true }).click();
  await expect(rows).toHaveCount(1);
  await expect(messageAt(tab, names, 42)).toHaveAccessibleName(new RegExp(act.starred));

  // One that is deleted for both is no longer anybody's to find.
  await deleteMessage(first, conversation, 42);
  await expect(page.getByRole('heading', { name: starred.emptyTitle })).toBeVisible();
  await second.page.goto('/starred');
  await expect(second.page.getByRole('heading', { name: starred.emptyTitle })).toBeVisible();
});

test('many starred messages come a page at a time, and the keyboard goes through them @once', async ({
  pair,
  names,
  texts,
}) => {
  const { first, second } = pair;
  const { page } = first;
  const { act, starred } = texts.chat;
  const conversation = await openConversation(page, names, second.username);
  await sendMany(second, conversation, numberTexts(23));
  await starMany(first, conversation, 23);
  await page.goto('/starred');
  const rows = page.getByRole('list', { name: starred.list }).getByRole('listitem');
  await expect(rows).toHaveCount(20);
  await expect(rows.first()).toContainText('line 023');
  await first.context.setOffline(true);
  const more = page.getByRole('button', { name: starred.more, exact: true });
  await more.click();
  await expect(page.getByRole('alert').filter({ hasText: starred.failed })).toBeVisible();
  await first.context.setOffline(false);
  await page.getByRole('button', { name: texts.common.retry, exact: true }).click();
  await expect(rows).toHaveCount(23);
  await expect(rows.last()).toContainText('line 001');
  await expect(more).toHaveCount(0);

  const unstar = page.getByRole('button', { name: act.unstar, exact: true });
  await unstar.first().focus();
  await page.keyboard.press('Enter');
  await expect(rows).toHaveCount(22);
  await expect(unstar.first()).toBeFocused();
  await expect(unstar.first()).toHaveAccessibleDescription(/line 022/);
  const undo = page.getByRole('status').getByRole('button', { name: starred.undo, exact: true });
  await undo.focus();
  await page.keyboard.press('Enter');
  await expect(rows).toHaveCount(23);
  await expect(rows.first().getByRole('link')).toBeFocused();
});
