import { bubbleOf, choose, itemOf, openMessageMenu, trayOf, writeAndSend } from './support/acting.ts';
import { sendMany } from './support/bulk.ts';
import { composerOf, messageAt, showList } from './support/conversation.ts';
import { attachInputMethod } from './support/input-method.ts';
import { entryOf, expect, logIn, openConversation, test } from './support/test.ts';

test('an edited text is seen by both, says so, and its earlier text is in the details', async ({
  pair,
  names,
  texts,
  isPhone,
}) => {
  const { first, second } = pair;
  const { act, composer, details } = texts.chat;
  const scene = { names, texts, isPhone };
  const conversation = await openConversation(first.page, names, second.username);
  await sendMany(first, conversation, ['see you at too']);
  await openConversation(second.page, names, first.username);

  await composerOf(first.page, names).fill('a draft');
  await choose(first.page, scene, 1, 'edit');
  await expect(trayOf(first.page, composer.editing)).toBeVisible();
  await expect(composerOf(first.page, names)).toHaveValue('see you at too');
  await expect(composerOf(first.page, names)).toBeFocused();
  await writeAndSend(first.page, names, 'see you at two');
  await expect(trayOf(first.page, composer.editing)).toBeHidden();
  await expect(composerOf(first.page, names)).toHaveValue('a draft');

  for (const { page } of [first, second]) {
    await expect(bubbleOf(messageAt(page, names, 1))).toHaveText('see you at two');
    await expect(messageAt(page, names, 1)).toContainText(act.edited);
    await expect(messageAt(page, names, 1)).toHaveAccessibleName(new RegExp(act.edited));
  }
  await showList(second.page, names, isPhone);
  await expect(entryOf(second.page, names, first.username)).toContainText('see you at two');
  await second.page.goto(`/chat/${conversation}`);
  for (const { page } of [first, second]) {
    await choose(page, scene, 1, 'details');
    const dialog = page.getByRole('dialog', { name: details.title });
    await expect(dialog).toContainText(details.earlier);
    await expect(dialog).toContainText('see you at too');
    await dialog.getByRole('button', { name: texts.common.close, exact: true }).click();
    await expect(dialog).toBeHidden();
  }
});

test('Arrow Up edits one’s last message, Escape brings the draft back, Enter sends the edit @once', async ({
  pair,
  names,
  texts,
}) => {
  const { first, second } = pair;
  const { page } = first;
  const conversation = await openConversation(page, names, second.username);
  await sendMany(first, conversation, ['one', 'two']);
  await sendMany(second, conversation, ['three']);
  await expect(messageAt(page, names, 3)).toBeVisible();
  const box = composerOf(page, names);
  const tray = trayOf(page, texts.chat.composer.editing);
  await box.focus();
  await page.keyboard.press('ArrowUp');
  await expect(tray).toBeVisible();
  await expect(box).toHaveValue('two');
  await page.keyboard.press('Escape');
  await expect(tray).toBeHidden();
  await expect(box).toHaveValue('');

  await page.keyboard.press('ArrowUp');
  await expect(box).toHaveValue('two');
  await page.keyboard.press('End');
  await page.keyboard.type(' and');
  await page.keyboard.press('Shift+Enter');
  const ime = await attachInputMethod(page);
  await ime.compose('ㅎ', '하', '한');
  await ime.finish('Process', '한');
  await ime.releaseEnter();
  await expect(tray).toBeHidden();
  await expect(bubbleOf(messageAt(page, names, 2))).toHaveText('two and\n한');
  await expect(box).toHaveValue('');

  await box.fill('a draft');
  await page.keyboard.press('ArrowUp');
  await expect(tray).toBeHidden();
});

test('an edit that another device was before is refused kindly, and its text stays @phone', async ({
  pair,
  names,
  texts,
  isPhone,
  openContext,
}) => {
  const { first, second } = pair;
  const scene = { names, texts, isPhone };
  const { composer, refused } = texts.chat;
  const conversation = await openConversation(first.page, names, second.username);
  await sendMany(first, conversation, ['as it was']);
  const device = await (await openContext()).newPage();
  await device.goto('/login');
  await logIn(device, names, first.username);
  await device.goto(`/chat/${conversation}`);
  await choose(device, scene, 1, 'edit');
  await composerOf(device, names).fill('from this device');

  await choose(first.page, scene, 1, 'edit');
  await writeAndSend(first.page, names, 'from the other device');
  await expect(bubbleOf(messageAt(device, names, 1))).toHaveText('from the other device');
  await device.getByRole('button', { name: names.send, exact: true }).click();
  const notice = device.getByRole('status').filter({ hasText: refused.edit_conflict });
  await expect(notice).toBeVisible();
  await expect(composerOf(device, names)).toHaveValue('from this device');
  await expect(trayOf(device, composer.editing)).toBeVisible();
  for (const page of [device, second.page, first.page]) {
    if (page === second.page) await page.goto(`/chat/${conversation}`);
    await expect(bubbleOf(messageAt(page, names, 1))).toHaveText('from the other device');
  }
});

test('an edit made offline shows at once, waits, and reaches the partner later @once', async ({
  pair,
  names,
  texts,
  isPhone,
}) => {
  const { first, second } = pair;
  const scene = { names, texts, isPhone };
  const conversation = await openConversation(first.page, names, second.username);
  await sendMany(first, conversation, ['before']);
  await openConversation(second.page, names, first.username);
  await choose(first.page, scene, 1, 'copy');
  await first.context.setOffline(true);
  await expect(first.page.getByRole('status').filter({ hasText: texts.chat.offline.plain })).toBeVisible();
  await choose(first.page, scene, 1, 'edit');
  await writeAndSend(first.page, names, 'after');
  const message = messageAt(first.page, names, 1);
  await expect(bubbleOf(message)).toHaveText('after');
  await expect(message).toContainText(texts.chat.status.sending);
  await expect(bubbleOf(messageAt(second.page, names, 1))).toHaveText('before');
  await first.context.setOffline(false);
  await expect(bubbleOf(messageAt(second.page, names, 1))).toHaveText('after');
  await expect(message).not.toContainText(texts.chat.status.sending);
  await expect(message).toContainText(texts.chat.act.edited);
});

test('only one’s own message offers Edit @once', async ({ pair, names, texts, isPhone }) => {
  const { first, second } = pair;
  const { act } = texts.chat;
  const conversation = await openConversation(first.page, names, second.username);
  await sendMany(second, conversation, ['theirs']);
  await openMessageMenu(first.page, { names, texts, isPhone }, 1);
  await expect(itemOf(first.page, act.reply)).toBeVisible();
  await expect(itemOf(first.page, act.edit)).toHaveCount(0);
});
