import { bubbleOf, choose } from './support/acting.ts';
import { sendMany } from './support/bulk.ts';
import { logOf, messageAt } from './support/conversation.ts';
import { expect, openConversation, test } from './support/test.ts';

test('a message deleted for both leaves both screens, and Undo brings it back as it was', async ({
  pair,
  names,
  texts,
  isPhone,
}) => {
  const { first, second } = pair;
  const scene = { names, texts, isPhone };
  const strings = texts.chat.delete;
  const conversation = await openConversation(first.page, names, second.username);
  await sendMany(first, conversation, ['stays', 'goes']);
  await openConversation(second.page, names, first.username);
  await expect(messageAt(first.page, names, 2)).toHaveAttribute('data-status', 'read');

  await choose(first.page, scene, 2, 'delete');
  const dialog = first.page.getByRole('alertdialog', { name: strings.title });
  await dialog.getByRole('button', { name: texts.common.cancel, exact: true }).click();
  await expect(dialog).toBeHidden();
  await expect(bubbleOf(messageAt(first.page, names, 2))).toHaveText('goes');

  await choose(first.page, scene, 2, 'delete');
  await dialog.getByRole('button', { name: strings.both, exact: true }).click();
  await expect(dialog).toBeHidden();
  const undo = first.page.getByRole('status').getByRole('button', { name: strings.undo, exact: true });
  await expect(undo).toBeVisible();
  await expect(bubbleOf(messageAt(first.page, names, 2))).toHaveText(texts.chat.timeline.deleted);
  await undo.click();
  for (const { page } of [first, second]) {
    await expect(bubbleOf(messageAt(page, names, 2))).toHaveText('goes');
  }

  await choose(first.page, scene, 2, 'delete');
  await dialog.getByRole('button', { name: strings.both, exact: true }).click();
  for (const { page } of [first, second]) {
    await expect(bubbleOf(messageAt(page, names, 2))).toHaveText(texts.chat.timeline.deleted);
    await expect(logOf(page, names)).not.toContainText('goes');
  }
  // The offer lasts five seconds.
  await expect(undo).toBeHidden();
});

test('the whole of it by keys: the menu, the question, the undo @once', async ({ pair, names, texts }) => {
  const { first, second } = pair;
  const { page } = first;
  const { act } = texts.chat;
  const conversation = await openConversation(page, names, second.username);
  await sendMany(second, conversation, ['theirs']);
  await sendMany(first, conversation, ['mine', 'goes']);
  await openConversation(second.page, names, first.username);
  await expect(messageAt(page, names, 3)).toHaveAttribute('data-status', 'read');
  await messageAt(page, names, 2).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('menuitem', { name: act.reply, exact: true })).toBeFocused();
  await page.keyboard.press('End');
  await expect(page.getByRole('menuitem', { name: act.delete, exact: true })).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('menu')).toBeHidden();
  await expect(messageAt(page, names, 2)).toBeFocused();

  const dialog = page.getByRole('alertdialog');
  const both = dialog.getByRole('button', { name: texts.chat.delete.both, exact: true });
  const undo = page.getByRole('button', { name: texts.chat.delete.undo, exact: true });
  const deleteAndGoToUndo = async (seq: number) => {
    await messageAt(page, names, seq).focus();
    await page.keyboard.press('Enter');
    await expect(page.getByRole('menuitem', { name: act.reply, exact: true })).toBeFocused();
    await page.keyboard.press('End');
    await page.keyboard.press('Enter');
    await expect(async () => {
      await page.keyboard.press('Tab');
      await expect(both).toBeFocused({ timeout: 50 });
    }).toPass({ intervals: [0] });
    await page.keyboard.press('Enter');
    await expect(bubbleOf(messageAt(page, names, seq))).toHaveText(texts.chat.timeline.deleted);
    await page.keyboard.press('Tab');
    await expect(undo).toBeFocused();
  };
  // Where the time for it runs out, the focus goes back to where it was.
  await deleteAndGoToUndo(3);
  await expect(undo).toBeHidden();
  await expect(logOf(page, names).locator('article:focus')).toHaveCount(1);
  await deleteAndGoToUndo(2);
  await page.keyboard.press('Enter');
  await expect(bubbleOf(messageAt(page, names, 2))).toHaveText('mine');
  await expect(messageAt(page, names, 2)).toBeFocused();
});

test('the question says when the text has left by mail @once', async ({ pair, names, texts, isPhone }) => {
  const { first, second } = pair;
  const conversation = await openConversation(first.page, names, second.username);
  await sendMany(first, conversation, ['mailed']);
  const dialog = first.page.getByRole('alertdialog');
  const said = texts.chat.delete.mailed.replace(/^.*?\{time\}\S*/, '');
  // The mail goes when the first window is over.
  await expect(async () => {
    await choose(first.page, { names, texts, isPhone }, 1, 'delete');
    try {
      await expect(dialog).toContainText(said, { timeout: 2000 });
    } finally {
      await dialog.getByRole('button', { name: texts.common.cancel, exact: true }).click();
    }
  }).toPass({ timeout: 60_000 });
});
