import { bubbleOf, choose, itemOf, longPress } from './support/acting.ts';
import { numberTexts, sendMany } from './support/bulk.ts';
import { messageAt } from './support/conversation.ts';
import { expect, openConversation, test } from './support/test.ts';

test('a right click opens the menu at the pointer, arrows go through it, a press beside it closes it @once', async ({
  pair,
  names,
  texts,
}) => {
  const { first, second } = pair;
  const { page } = first;
  const { act } = texts.chat;
  const conversation = await openConversation(page, names, second.username);
  await sendMany(first, conversation, ['mine']);
  const menu = page.getByRole('menu', { name: act.menu });
  await bubbleOf(messageAt(page, names, 1)).click({ button: 'right' });
  await expect(menu).toBeVisible();
  await page.keyboard.press('ArrowDown');
  await expect(itemOf(page, act.reply)).toBeFocused();
  await page.keyboard.press('End');
  await expect(itemOf(page, act.delete)).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await expect(itemOf(page, act.reply)).toBeFocused();
  await page.mouse.click(700, 400);
  await expect(menu).toBeHidden();
});

test('Copy takes a text exactly as it was written @once', async ({ pair, names, texts, isPhone }) => {
  const { first, second } = pair;
  const { page, context } = first;
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const text = '두 줄\n  with *stars*, and https://example.com/a?b=1';
  const conversation = await openConversation(page, names, second.username);
  await sendMany(second, conversation, [text]);
  await choose(page, { names, texts, isPhone }, 1, 'copy');
  await expect(page.getByRole('status').filter({ hasText: texts.chat.act.copied })).toBeVisible();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(text);
});

test('everything that a long press opens stays on the narrowest screen, with and without a keyboard @phone', async ({
  pair,
  names,
  texts,
}) => {
  const { first, second } = pair;
  const { page } = first;
  const { act } = texts.chat;
  const conversation = await openConversation(page, names, second.username);
  await sendMany(first, conversation, [
    ...numberTexts(12),
    'a longer one that takes some lines on a narrow screen',
  ]);
  await page.goto(`/chat/${conversation}`);
  for (const height of [568, 330]) {
    await page.setViewportSize({ width: 320, height });
    await expect(messageAt(page, names, 13)).toBeInViewport();
    await longPress(page, bubbleOf(messageAt(page, names, 13)));
    for (const part of [page.getByRole('menu'), page.getByRole('group', { name: act.react })]) {
      const box = await part.boundingBox();
      expect(box?.x).toBeGreaterThanOrEqual(0);
      expect((box?.x ?? 0) + (box?.width ?? 0)).toBeLessThanOrEqual(320);
      expect(box?.y).toBeGreaterThanOrEqual(0);
      expect((box?.y ?? 0) + (box?.height ?? 0)).toBeLessThanOrEqual(height);
    }
    await itemOf(page, act.delete).scrollIntoViewIfNeeded();
    await itemOf(page, act.copy).tap();
    await expect(page.getByRole('menu')).toBeHidden();
  }
});
