import { openLiveChat } from './support/account.ts';
import {
  articlesOf,
  blockPartner,
  composerOf,
  goToConversation,
  openMenu,
  showList,
} from './support/conversation.ts';
import {
  entryOf,
  expect,
  logIn,
  messageOf,
  openConversation,
  sendMessage,
  signUp,
  test,
  uniqueName,
} from './support/test.ts';

const THREE = ['one of three', 'two of three', 'three of three'];

test('messages written offline wait, and go once and in order when the network is back @cluster', async ({
  pair,
  names,
}) => {
  const { first, second } = pair;
  await pair.openConversation(first, second);
  await openConversation(second.page, names, first.username);
  await sendMessage(first.page, names, 'before');
  await first.context.setOffline(true);
  const send = first.page.getByRole('button', { name: names.send, exact: true });
  for (const text of THREE) {
    await composerOf(first.page, names).fill(text);
    await send.click();
    await expect(messageOf(first.page, names, text)).toHaveAttribute('data-status', 'sending');
  }
  await expect(first.page.getByRole('status').filter({ hasText: '3' }).first()).toBeVisible();
  await expect(articlesOf(second.page, names)).toHaveCount(1);

  await first.context.setOffline(false);
  for (const { page } of [first, second]) {
    await expect(articlesOf(page, names)).toContainText(['before', ...THREE]);
    await expect(articlesOf(page, names)).toHaveCount(4);
  }
  await expect(messageOf(first.page, names, THREE[2] as string)).toHaveAttribute('data-status', 'read');
});

test('messages written offline survive the end of the page @phone', async ({ pair, names }) => {
  const { first, second } = pair;
  await pair.openConversation(first, second);
  await openConversation(second.page, names, first.username);
  await first.context.setOffline(true);
  const url = first.page.url();
  for (const text of THREE) {
    await composerOf(first.page, names).fill(text);
    await first.page.getByRole('button', { name: names.send, exact: true }).click();
    await expect(messageOf(first.page, names, text)).toHaveAttribute('data-status', 'sending');
  }
  await first.page.close();
  await first.context.setOffline(false);

  const page = await first.context.newPage();
  await page.goto(url);
  await expect(articlesOf(page, names)).toContainText(THREE);
  await expect(messageOf(page, names, THREE[2] as string)).toHaveAttribute(
    'data-status',
    /sent|delivered|read/,
  );
  await expect(articlesOf(second.page, names)).toContainText(THREE);
  await expect(articlesOf(second.page, names)).toHaveCount(3);
});

test('a message sent in the last moment of a page is there afterwards, once @once', async ({
  pair,
  names,
}) => {
  const { page } = pair.first;
  await pair.openConversation(pair.first, pair.second);
  for (const text of THREE) {
    await composerOf(page, names).fill(text);
    await page.getByRole('button', { name: names.send, exact: true }).evaluate((button: HTMLElement) => {
      button.click();
      location.reload();
    });
    await expect(articlesOf(page, names).last()).toContainText(text);
  }
  await expect(articlesOf(page, names)).toHaveCount(3);
  await expect(messageOf(page, names, THREE[2] as string)).toHaveAttribute('data-status', /sent|delivered/);
});

test('a blocked message is kept, with a way to try again and one to delete; unblocking lets it through @cluster @once', async ({
  pair,
  names,
  texts,
}) => {
  const { first, second } = pair;
  await pair.openConversation(first, second);
  await openConversation(second.page, names, first.username);
  await blockPartner(second.page, texts.chat);
  await expect(composerOf(second.page, names)).toBeHidden();

  for (const text of ['refused for good', 'refused at first']) {
    await composerOf(first.page, names).fill(text);
    await first.page.getByRole('button', { name: names.send, exact: true }).click();
    await expect(messageOf(first.page, names, text)).toHaveAttribute('data-status', 'failed');
  }
  const lost = messageOf(first.page, names, 'refused for good');
  await expect(lost).toContainText(texts.chat.failed.blocked);
  await lost.getByRole('button', { name: texts.chat.failed.discard }).click();
  await expect(lost).toHaveCount(0);
  await first.page.reload();
  const kept = messageOf(first.page, names, 'refused at first');
  await expect(kept).toHaveAttribute('data-status', 'failed');

  await openMenu(second.page, texts.chat.header.menu);
  await second.page.getByRole('menuitem', { name: texts.chat.header.unblock }).click();
  await expect(composerOf(second.page, names)).toBeVisible();
  await kept.getByRole('button', { name: texts.chat.failed.retry }).click();
  await expect(kept).toHaveAttribute('data-status', /sent|delivered|read/);
  await expect(articlesOf(second.page, names)).toContainText(['refused at first']);
  await expect(articlesOf(second.page, names)).toHaveCount(1);
});

test('a draft survives a reload @once', async ({ pair, names, isPhone }) => {
  const { page } = pair.first;
  await pair.openConversation(pair.first, pair.second);
  await composerOf(page, names).fill('마저 쓸 이야기');
  await showList(page, names, isPhone);
  await goToConversation(page, names, pair.second.username, isPhone);
  await page.reload();
  await expect(composerOf(page, names)).toHaveValue('마저 쓸 이야기');
  await openLiveChat(page);
  await expect(entryOf(page, names, pair.second.username)).toContainText('마저 쓸 이야기');
});

test('drafts and unsent messages are seen by no other account of the browser, and a log-out deletes them @once', async ({
  pair,
  names,
  texts,
}) => {
  const { first, second } = pair;
  const { page } = first;
  const conversation = await pair.openConversation(first, second);
  await openConversation(second.page, names, first.username);
  await blockPartner(second.page, texts.chat);
  await composerOf(page, names).fill('unsent secret');
  await page.getByRole('button', { name: names.send, exact: true }).click();
  await expect(messageOf(page, names, 'unsent secret')).toHaveAttribute('data-status', 'failed');
  await composerOf(page, names).fill('draft secret');
  await page.goto('/chat');
  await expect(entryOf(page, names, second.username)).toContainText('unsent secret');
  await page.getByRole('button', { name: names.logOut, exact: true }).click();
  await page.getByRole('dialog').getByRole('button', { name: names.logOut, exact: true }).click();
  await expect(page).toHaveURL(/\/login/);

  const stranger = {
    username: uniqueName('next'),
    email: `${uniqueName('next')}@example.com`,
    password: first.password,
  };
  await signUp(page, names, stranger);
  await page.goto(`/chat/${conversation}`);
  await expect(page.getByRole('heading', { name: texts.chat.pane.notFoundTitle })).toBeVisible();
  await expect(page.locator('body')).not.toContainText('secret');
  await openConversation(page, names, second.username);
  await expect(composerOf(page, names)).toHaveValue('');
  await sendMessage(page, names, 'nothing to hide');
  await expect(articlesOf(page, names)).toHaveCount(1);
  await expect(page.locator('body')).not.toContainText('secret');

  await page.goto('/chat');
  await page.getByRole('button', { name: names.logOut, exact: true }).click();
  await expect(page).toHaveURL(/\/login/);
  await logIn(page, names, first.username);
  await page.goto(`/chat/${conversation}`);
  await expect(composerOf(page, names)).toHaveValue('');
  await expect(page.locator('body')).not.toContainText('secret');
});
