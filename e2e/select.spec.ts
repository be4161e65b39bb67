import type { Page } from '@playwright/test';
import { bubbleOf, choose } from './support/acting.ts';
import { deleteMessage, sendMany } from './support/bulk.ts';
import { composerOf, goToConversation, logOf, messageAt } from './support/conversation.ts';
import type { Names } from './support/names.ts';
import { expect, openConversation, test } from './support/test.ts';

const boxAt = (page: Page, names: Names, seq: number) => messageAt(page, names, seq).getByRole('checkbox');
const checkedIn = (page: Page, names: Names) => logOf(page, names).getByRole('checkbox', { checked: true });

test('rows are selected by a press, keep their boxes as messages come and go, and are copied in order', async ({
  pair,
  names,
  texts,
  isPhone,
}) => {
  const { first, second } = pair;
  const { page } = first;
  await first.context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const conversation = await openConversation(page, names, second.username);
  await sendMany(second, conversation, ['one', 'two', 'three']);
  await sendMany(first, conversation, ['four', 'five']);
  await composerOf(page, names).fill('a draft');
  await choose(page, { names, texts, isPhone }, 4, 'react');
  await page.getByRole('group', { name: texts.chat.act.react }).getByRole('button', { name: '👍' }).click();
  const pill = messageAt(page, names, 4).getByRole('button', { name: /👍/ });
  await expect(pill).toHaveAttribute('aria-pressed', 'true');
  await choose(page, { names, texts, isPhone }, 5, 'select');
  const bar = page.getByRole('toolbar', { name: texts.chat.selection.label });
  const expectCount = (count: number) =>
    expect(bar.getByRole('status')).toHaveText(
      texts.chat.selection.count.replace('{count, number}', `${count}`),
    );
  await expect(boxAt(page, names, 5)).toBeChecked();
  await expect(composerOf(page, names)).toBeHidden();
  // A press on a reaction selects as well, and leaves it alone.
  await pill.click({ force: true });
  await expect(boxAt(page, names, 4)).toBeChecked();
  await pill.click({ force: true });
  await expect(boxAt(page, names, 4)).not.toBeChecked();
  await expect(pill).toHaveAttribute('aria-pressed', 'true');
  for (const seq of [1, 2, 3]) await messageAt(page, names, seq).click();
  await expectCount(4);
  await messageAt(page, names, 3).click();
  await expectCount(3);
  // No menu, and what comes selects nothing.
  await sendMany(second, conversation, ['six']);
  await expect(boxAt(page, names, 6)).not.toBeChecked();
  await expectCount(3);
  await deleteMessage(second, conversation, 2);
  await expectCount(2);
  await expect(boxAt(page, names, 2)).toHaveCount(0);
  await bar.getByRole('button', { name: texts.chat.act.copy, exact: true }).click();
  await expect(bar).toBeHidden();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe('one\nfive');
  await expect(composerOf(page, names)).toHaveValue('a draft');
  await expect(logOf(page, names).getByRole('checkbox')).toHaveCount(0);
});

test('several are forwarded in order, and deleted for both with one undo for all', async ({
  pair,
  addPerson,
  names,
  texts,
  isPhone,
}) => {
  const { first, second } = pair;
  const { page } = first;
  const scene = { names, texts, isPhone };
  const third = await addPerson('하나');
  await openConversation(page, names, third.username);
  const conversation = await openConversation(page, names, second.username);
  await sendMany(first, conversation, ['one', 'two', 'three']);
  await openConversation(second.page, names, first.username);
  await expect(messageAt(page, names, 3)).toHaveAttribute('data-status', 'read');
  const bar = page.getByRole('toolbar', { name: texts.chat.selection.label });

  await choose(page, scene, 3, 'select');
  await messageAt(page, names, 1).click();
  await bar.getByRole('button', { name: texts.chat.act.forward, exact: true }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('option', { name: third.username }).click();
  await dialog.getByRole('button', { name: texts.chat.act.forward, exact: true }).click();
  await expect(bar).toBeHidden();
  await openConversation(third.page, names, first.username);
  await expect(messageAt(third.page, names, 1)).toContainText('one');
  await expect(messageAt(third.page, names, 2)).toContainText('three');

  await choose(page, scene, 1, 'select');
  await messageAt(page, names, 2).click();
  await bar.getByRole('button', { name: texts.chat.act.delete, exact: true }).click();
  const question = page.getByRole('alertdialog');
  await question.getByRole('button', { name: texts.common.cancel, exact: true }).click();
  await expect(checkedIn(page, names)).toHaveCount(2);
  await bar.getByRole('button', { name: texts.chat.act.delete, exact: true }).click();
  await question.getByRole('button', { name: texts.chat.delete.both, exact: true }).click();
  for (const seq of [1, 2]) {
    await expect(bubbleOf(messageAt(second.page, names, seq))).toHaveText(texts.chat.timeline.deleted);
  }
  await page.getByRole('button', { name: texts.chat.delete.undo, exact: true }).click();
  for (const viewer of [page, second.page]) {
    await expect(bubbleOf(messageAt(viewer, names, 1))).toHaveText('one');
    await expect(bubbleOf(messageAt(viewer, names, 2))).toHaveText('two');
  }
  // Not all are one's own: for oneself alone.
  await sendMany(second, conversation, ['theirs']);
  await choose(page, scene, 3, 'select');
  await messageAt(page, names, 4).click();
  await bar.getByRole('button', { name: texts.chat.act.delete, exact: true }).click();
  await expect(question.getByRole('button', { name: texts.chat.delete.both, exact: true })).toBeHidden();
  await expect(question).toContainText(texts.chat.delete.mixed);
  await question.getByRole('button', { name: texts.chat.delete.me, exact: true }).click();
  await expect(bar).toBeHidden();
  for (const seq of [3, 4]) {
    await expect(messageAt(page, names, seq)).toHaveCount(0);
    await expect(messageAt(second.page, names, seq)).toBeVisible();
  }
  // Another conversation begins without.
  await choose(page, scene, 1, 'select');
  await goToConversation(page, names, third.username, isPhone);
  await expect(logOf(page, names).getByRole('checkbox')).toHaveCount(0);
  await goToConversation(page, names, second.username, isPhone);
  await expect(logOf(page, names).getByRole('checkbox')).toHaveCount(0);
});

test('by keys: arrows, Space, ranges with Shift also out of sight, Escape; a range by mouse @once', async ({
  pair,
  names,
  texts,
}) => {
  const { first, second } = pair;
  const { page } = first;
  const conversation = await openConversation(page, names, second.username);
  await sendMany(
    first,
    conversation,
    Array.from({ length: 45 }, (_, index) => `line ${index + 1}`),
  );
  await messageAt(page, names, 45).focus();
  await page.keyboard.press('Enter');
  const item = page.getByRole('menuitem', { name: texts.chat.act.select, exact: true });
  await expect(async () => {
    await page.keyboard.press('ArrowDown');
    await expect(item).toBeFocused({ timeout: 50 });
  }).toPass({ intervals: [0] });
  await page.keyboard.press('Enter');
  await expect(boxAt(page, names, 45)).toBeFocused();
  await page.keyboard.press('ArrowUp');
  await expect(boxAt(page, names, 44)).toBeFocused();
  await expect(boxAt(page, names, 44)).not.toBeChecked();
  await page.keyboard.press('Space');
  await expect(boxAt(page, names, 44)).toBeChecked();
  await page.keyboard.press('Space');
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('Space');
  const bar = page.getByRole('toolbar', { name: texts.chat.selection.label });
  const count = (number: number) => texts.chat.selection.count.replace('{count, number}', `${number}`);
  await page.keyboard.press('Shift+Home');
  await expect(bar.getByRole('status')).toHaveText(count(44));
  await expect(boxAt(page, names, 1)).toBeFocused();
  await page.keyboard.press('End');
  await expect(boxAt(page, names, 45)).toBeFocused();
  await expect(boxAt(page, names, 45)).toBeChecked();
  await page.keyboard.press('Shift+ArrowUp');
  await expect(bar.getByRole('status')).toHaveText(count(3));
  await messageAt(page, names, 40).click({ modifiers: ['Shift'] });
  await expect(bar.getByRole('status')).toHaveText(count(5));
  // The focus goes on to the next one when its message goes.
  await expect(boxAt(page, names, 44)).toBeFocused();
  await deleteMessage(first, conversation, 44);
  await expect(boxAt(page, names, 43)).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(bar).toBeHidden();
  await expect(messageAt(page, names, 45)).toBeFocused();
});
