import type { Page } from '@playwright/test';
import { choose } from './support/acting.ts';
import { deleteMessage, sendMany } from './support/bulk.ts';
import { blockPartner, goToConversation, logOf, messageAt } from './support/conversation.ts';
import { expect, openConversation, test } from './support/test.ts';
import { patternOf } from './support/texts.ts';

const dialogOf = (page: Page) => page.getByRole('dialog').filter({ has: page.getByRole('listbox') });

test('a text goes to a known conversation and to somebody new, marked, without whose it was', async ({
  pair,
  addPerson,
  names,
  texts,
  isPhone,
}) => {
  const { first, second } = pair;
  const { page } = first;
  const strings = texts.chat.forward;
  const third = await addPerson('하나');
  const other = await openConversation(page, names, second.username);
  await sendMany(second, other, ['a poem', 'goes']);
  await expect(messageAt(page, names, 2)).toBeVisible();
  const dialog = dialogOf(page);
  const send = dialog.getByRole('button', { name: texts.chat.act.forward, exact: true });

  await choose(page, { names, texts, isPhone }, 2, 'forward');
  const row = dialog.getByRole('option', { name: second.username });
  // Free of the motion with which the dialog opens.
  const readPlace = () =>
    row.evaluate((element: HTMLElement) => [
      element.offsetTop,
      element.closest('dialog')?.offsetTop,
      element.closest('dialog')?.offsetHeight,
    ]);
  const place = await readPlace();
  await row.click();
  await expect(row).toHaveAttribute('aria-selected', 'true');
  expect(await readPlace()).toEqual(place);
  await deleteMessage(second, other, 2);
  await expect(messageAt(page, names, 2)).toContainText(texts.chat.timeline.deleted);
  await send.click();
  await expect(dialog.getByRole('alert')).toHaveText(strings.gone);
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();

  await choose(page, { names, texts, isPhone }, 1, 'forward');
  await expect(send).toBeDisabled();
  await expect(dialog.getByRole('option', { name: second.username })).toBeVisible();
  await dialog.getByRole('option', { name: second.username }).click();
  const box = dialog.getByRole('searchbox', { name: strings.search });
  await box.fill('zz_nobody_has_this');
  await expect(dialog.getByText(strings.none)).toBeVisible();
  await box.fill(third.username);
  await dialog.getByRole('option', { name: third.username }).click();
  const chosen = dialog.getByRole('list', { name: strings.chosen });
  await expect(chosen.getByRole('button')).toHaveCount(2);
  await chosen.getByRole('button', { name: second.username }).click();
  await expect(chosen.getByRole('button')).toHaveCount(1);
  await send.click();
  const status = page.getByRole('status').filter({ hasText: patternOf(strings.done) });
  await expect(status).toContainText(third.username);
  await status.getByRole('button', { name: strings.open, exact: true }).click();
  await expect(page.getByRole('heading', { level: 1, name: third.username })).toBeVisible();
  await openConversation(third.page, names, first.username);
  for (const viewer of [page, third.page]) {
    await expect(messageAt(viewer, names, 1)).toContainText('a poem');
    await expect(messageAt(viewer, names, 1)).toContainText(texts.chat.timeline.forwarded);
  }
  await expect(logOf(third.page, names)).not.toContainText(second.username);
});

test('forwarded offline it stands there and goes later; whose original is gone says so and is removed', async ({
  pair,
  addPerson,
  names,
  texts,
  isPhone,
}) => {
  const { first, second } = pair;
  const { page } = first;
  const scene = { names, texts, isPhone };
  const strings = texts.chat.forward;
  const third = await addPerson('하나');
  const target = await openConversation(page, names, third.username);
  await sendMany(third, target, ['hello']);
  const source = await openConversation(page, names, second.username);
  await sendMany(second, source, ['stays', 'goes']);
  // Both are in memory, as for somebody who has looked at both.
  await goToConversation(page, names, third.username, isPhone);
  await goToConversation(page, names, second.username, isPhone);
  await expect(messageAt(page, names, 2)).toBeVisible();
  await first.context.setOffline(true);
  await expect(page.getByText(texts.chat.offline.plain)).toBeVisible();
  for (const seq of [1, 2]) {
    await choose(page, scene, seq, 'forward');
    await dialogOf(page).getByRole('option', { name: third.username }).click();
    await dialogOf(page).getByRole('button', { name: texts.chat.act.forward, exact: true }).click();
    await expect(page.getByRole('status').filter({ hasText: patternOf(strings.waiting) })).toBeVisible();
  }
  await goToConversation(page, names, third.username, isPhone);
  const unsent = logOf(page, names).locator('article[data-status=sending]');
  await expect(unsent).toHaveCount(2);
  await expect(unsent.last()).toContainText(texts.chat.timeline.forwarded);
  await deleteMessage(second, source, 2);
  await first.context.setOffline(false);
  await expect(messageAt(page, names, 2)).toContainText('stays');
  const failed = logOf(page, names).locator('article[data-status=failed]');
  await expect(failed).toContainText(texts.chat.failed.forwardGone);
  await expect(logOf(page, names)).not.toContainText('goes');
  await failed.getByRole('button', { name: texts.chat.failed.discard, exact: true }).click();
  await expect(failed).toHaveCount(0);
});

test('by keys, with initial consonants; five at most, and nobody who is blocked @once', async ({
  pair,
  addPerson,
  names,
  texts,
}) => {
  const { first, second } = pair;
  const { page } = first;
  const { act, forward: strings } = texts.chat;
  const others = await Promise.all(['도윤', '서연', '지호', '하은', '유진', '민수'].map(addPerson));
  for (const { username } of others) await openConversation(page, names, username);
  await blockPartner(page, texts.chat);
  const conversation = await openConversation(page, names, second.username);
  await sendMany(second, conversation, ['a poem']);
  await messageAt(page, names, 1).focus();
  await page.keyboard.press('Enter');
  const item = page.getByRole('menuitem', { name: act.forward, exact: true });
  await expect(async () => {
    await page.keyboard.press('ArrowDown');
    await expect(item).toBeFocused({ timeout: 50 });
  }).toPass({ intervals: [0] });
  await page.keyboard.press('Enter');
  const dialog = dialogOf(page);
  const box = dialog.getByRole('searchbox', { name: strings.search });
  await expect(box).toBeFocused();
  // The last of them is blocked; the newest conversation is first.
  await expect(dialog.getByRole('option')).toHaveCount(6);
  await expect(dialog.getByRole('option').first()).toContainText(second.username);
  await page.keyboard.type('ㄷㅇ');
  const doyun = dialog.getByRole('option', { name: others[0]?.username });
  await expect(dialog.getByRole('option')).toHaveCount(1);
  await page.keyboard.press('Enter');
  await expect(doyun).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('Escape');
  await expect(box).toHaveValue('');
  for (let nth = 0; nth < 4; nth++) {
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
  }
  await expect(dialog.getByRole('option', { selected: true })).toHaveCount(5);
  await expect(dialog.getByRole('option', { disabled: true })).toHaveCount(1);
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(dialog.getByRole('option', { selected: true })).toHaveCount(5);
  await expect(async () => {
    await page.keyboard.press('Tab');
    await expect(dialog.getByRole('button', { name: texts.chat.act.forward, exact: true })).toBeFocused({
      timeout: 50,
    });
  }).toPass({ intervals: [0] });
  await page.keyboard.press('Enter');
  await expect(dialog).toBeHidden();
  await expect(page.getByRole('status').filter({ hasText: patternOf(strings.doneMany) })).toBeVisible();
  await openConversation(others[0]?.page as Page, names, first.username);
  await expect(messageAt(others[0]?.page as Page, names, 1)).toContainText('a poem');
});
