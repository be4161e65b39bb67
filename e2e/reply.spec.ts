import { bubbleOf, choose, swipeRight, trayOf, writeAndSend } from './support/acting.ts';
import { deleteMessage, numberTexts, sendMany } from './support/bulk.ts';
import { composerOf, messageAt } from './support/conversation.ts';
import { expect, openConversation, test } from './support/test.ts';

test('a reply quotes, follows what becomes of the original, and leads to it and back', async ({
  pair,
  names,
  texts,
  isPhone,
}) => {
  const { first, second } = pair;
  const { page } = first;
  const { act, composer, timeline } = texts.chat;
  const scene = { names, texts, isPhone };
  const conversation = await openConversation(page, names, second.username);
  await sendMany(second, conversation, ['shall we meet on Saturday']);
  await sendMany(first, conversation, numberTexts(40));
  await page.goto(`/chat/${conversation}?m=1`);
  await expect(messageAt(page, names, 1)).toBeInViewport();
  await choose(page, scene, 1, 'reply');
  const tray = trayOf(page, composer.replyingTo);
  await expect(tray).toContainText(second.username);
  await expect(tray).toContainText('shall we meet on Saturday');
  await expect(composerOf(page, names)).toBeFocused();
  await writeAndSend(page, names, 'yes, at two');
  await expect(tray).toBeHidden();

  await second.page.goto(`/chat/${conversation}?m=42`);
  const quoteOn = (viewer: typeof page) =>
    messageAt(viewer, names, 42).getByRole('button', { name: new RegExp(`^${act.quoted}`) });
  await expect(messageAt(page, names, 42)).toBeInViewport();
  await expect(quoteOn(page)).toHaveAccessibleName(/shall we meet on Saturday/);
  await expect(quoteOn(second.page)).toContainText('shall we meet on Saturday');

  await quoteOn(page).click();
  await expect(messageAt(page, names, 1)).toBeInViewport();
  await expect(messageAt(page, names, 42)).not.toBeInViewport();
  await page.getByRole('button', { name: act.back, exact: true }).click();
  await expect(messageAt(page, names, 42)).toBeInViewport();
  await expect(page.getByRole('button', { name: act.back, exact: true })).toBeHidden();

  await deleteMessage(second, conversation, 1);
  for (const viewer of [page, second.page]) {
    await expect(quoteOn(viewer)).toContainText(timeline.deleted);
    await expect(messageAt(viewer, names, 42)).not.toContainText('shall we meet');
  }
});

test('a reply is part of the draft: it outlives a reload, and Escape or its button ends it', async ({
  pair,
  names,
  texts,
  isPhone,
}) => {
  const { first, second } = pair;
  const { page } = first;
  const { composer } = texts.chat;
  const conversation = await openConversation(page, names, second.username);
  await sendMany(second, conversation, ['a question']);
  await choose(page, { names, texts, isPhone }, 1, 'reply');
  await composerOf(page, names).fill('an ans');
  await page.reload();
  const tray = trayOf(page, composer.replyingTo);
  await expect(tray).toContainText('a question');
  await expect(composerOf(page, names)).toHaveValue('an ans');
  if (isPhone) await tray.getByRole('button', { name: composer.cancelReply, exact: true }).click();
  else await composerOf(page, names).press('Escape');
  await expect(tray).toBeHidden();
  await expect(composerOf(page, names)).toHaveValue('an ans');
});

test('a swipe to the right answers a message @phone', async ({ pair, names, texts }) => {
  const { first, second } = pair;
  const { page } = first;
  const conversation = await openConversation(page, names, second.username);
  await sendMany(second, conversation, ['swipe me']);
  const tray = trayOf(page, texts.chat.composer.replyingTo);
  await swipeRight(page, bubbleOf(messageAt(page, names, 1)), tray);
  await expect(tray).toContainText('swipe me');
  await writeAndSend(page, names, 'swiped');
  await expect(messageAt(page, names, 2).getByRole('button', { name: /swipe me/ })).toBeVisible();
});

test('a reply written offline shows what it answers, and goes later', async ({
  pair,
  names,
  texts,
  isPhone,
}) => {
  const { first, second } = pair;
  const { page } = first;
  const conversation = await openConversation(page, names, second.username);
  await sendMany(second, conversation, ['are you there']);
  await openConversation(second.page, names, first.username);
  await choose(page, { names, texts, isPhone }, 1, 'reply');
  await first.context.setOffline(true);
  await writeAndSend(page, names, 'on a train');
  const waiting = page.locator('article[data-status=sending]');
  await expect(waiting.getByRole('button', { name: new RegExp(`^${texts.chat.act.quoted}`) })).toContainText(
    'are you there',
  );
  await first.context.setOffline(false);
  await expect(messageAt(second.page, names, 2).getByRole('button', { name: /are you there/ })).toBeVisible();
});
