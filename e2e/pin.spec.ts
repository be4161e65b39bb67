import type { Locator, Page } from '@playwright/test';
import { choose, itemOf } from './support/acting.ts';
import { deleteMessage, numberTexts, pinMessages, sendMany } from './support/bulk.ts';
import { logOf, messageAt } from './support/conversation.ts';
import { expect, openConversation, test } from './support/test.ts';
import type { textsFor } from './support/texts.ts';

type Texts = ReturnType<typeof textsFor>;

const barOf = (page: Page, { chat }: Texts): Locator =>
  page.getByRole('region', { name: chat.pins.label, exact: true });
/** The button of the bar that leads to a message with this text. */
const stepTo = (page: Page, texts: Texts, text: string): Locator =>
  barOf(page, texts).getByRole('button', { name: new RegExp(`^${texts.chat.pins.go} ${text}`) });
const topOf = async (target: Locator) => Math.round((await target.boundingBox())?.y ?? 0);

test('both see what either pins and step through it; what is read stays where it is; the list unpins', async ({
  pair,
  names,
  texts,
  isPhone,
}) => {
  const { first, second } = pair;
  const { pins } = texts.chat;
  const scene = { names, texts, isPhone };
  const conversation = await openConversation(first.page, names, second.username);
  await sendMany(second, conversation, numberTexts(80));
  await first.page.goto(`/chat/${conversation}?m=40`);
  await second.page.goto(`/chat/${conversation}`);
  await expect(messageAt(second.page, names, 80)).toBeInViewport();
  // Once it is lit no more, nothing of it moves by itself.
  await expect(first.page).toHaveURL(new RegExp(`/chat/${conversation}$`));
  const read = messageAt(first.page, names, 40);
  const top = await topOf(read);

  await choose(second.page, scene, 80, 'pin');
  await expect(stepTo(first.page, texts, 'line 080')).toContainText(second.username);
  expect(await topOf(read)).toBe(top);
  await expect(stepTo(second.page, texts, 'line 080')).toContainText(pins.byYou);
  await expect(messageAt(second.page, names, 80)).toBeInViewport({ ratio: 0.9 });
  await expect(messageAt(second.page, names, 80)).toHaveAccessibleName(new RegExp(`${pins.mark}`));
  await choose(first.page, scene, 40, 'pin');
  await expect(stepTo(second.page, texts, 'line 040')).toContainText(first.username);
  await pinMessages(second, conversation, [5]);

  // A press goes to the pin that is shown, and the next to the one before it.
  await expect(stepTo(first.page, texts, 'line 005')).toContainText('1/3');
  await stepTo(first.page, texts, 'line 005').click();
  await expect(messageAt(first.page, names, 5)).toBeInViewport();
  await stepTo(first.page, texts, 'line 040').click();
  await expect(messageAt(first.page, names, 40)).toBeInViewport();
  await stepTo(first.page, texts, 'line 080').click();
  await expect(messageAt(first.page, names, 80)).toBeInViewport();
  await expect(stepTo(first.page, texts, 'line 005')).toBeVisible();
  await first.page.getByRole('button', { name: pins.back, exact: true }).click();
  await expect(messageAt(first.page, names, 40)).toBeInViewport();
  await expect(first.page.getByRole('button', { name: pins.back, exact: true })).toBeHidden();

  const all = first.page.getByRole('dialog', { name: pins.label });
  const openAll = () => barOf(first.page, texts).getByRole('button', { name: pins.all }).click();
  await openAll();
  await expect(all.getByRole('listitem')).toHaveText([/line 005/, /line 040/, /line 080/]);
  await all.getByRole('button', { name: /line 080/ }).click();
  await expect(all).toBeHidden();
  await expect(messageAt(first.page, names, 80)).toBeInViewport();
  await openAll();
  const unpin = all.getByRole('button', { name: texts.chat.act.unpin, exact: true });
  await unpin.nth(2).click();
  await expect(all.getByRole('listitem')).toHaveText([/line 005/, /line 040/]);
  await expect(barOf(second.page, texts)).toContainText('1/2');
  await expect(messageAt(second.page, names, 80)).not.toHaveAccessibleName(new RegExp(`${pins.mark}`));

  // What is pinned stands in the first HTML, and goes with its message.
  await second.page.reload();
  await deleteMessage(second, conversation, 5);
  await expect(all.getByRole('listitem')).toHaveText([/line 040/]);
  await expect(stepTo(second.page, texts, 'line 040')).not.toContainText('/');
  await unpin.click();
  await expect(all).toContainText(pins.empty);
  await first.page.keyboard.press('Escape');
  for (const { page } of [first, second]) await expect(barOf(page, texts)).toHaveCount(0);
});

test('a pin set offline goes later; an eleventh is refused in words; a block keeps pins, and lets none be changed', async ({
  pair,
  names,
  texts,
  isPhone,
}) => {
  const { first, second } = pair;
  const { page } = first;
  const { act, header, block, refused } = texts.chat;
  const scene = { names, texts, isPhone };
  const conversation = await openConversation(page, names, second.username);
  await sendMany(second, conversation, numberTexts(12));
  await openConversation(second.page, names, first.username);
  await first.context.setOffline(true);
  await choose(page, scene, 12, 'pin');
  await expect(stepTo(page, texts, 'line 012')).toBeVisible();
  await expect(barOf(second.page, texts)).toHaveCount(0);
  await first.context.setOffline(false);
  await expect(stepTo(second.page, texts, 'line 012')).toBeVisible();

  await pinMessages(second, conversation, [1, 2, 3, 4, 5, 6, 7, 8, 9]);
  await expect(barOf(page, texts)).toContainText('1/10');
  await choose(page, scene, 11, 'pin');
  await expect(page.getByText(refused.pin_many)).toBeVisible();
  await page.getByRole('button', { name: texts.common.close, exact: true }).click();
  await expect(barOf(page, texts)).toContainText('1/10');
  await choose(page, scene, 12, 'unpin');
  await expect(barOf(second.page, texts)).toContainText('1/9');

  await page.getByRole('button', { name: header.menu, exact: true }).click();
  await itemOf(page, header.block).click();
  await page.getByRole('button', { name: block.confirm, exact: true }).click();
  await expect(barOf(page, texts)).toBeVisible();
  await barOf(page, texts).getByRole('button', { name: texts.chat.pins.all }).click();
  await expect(page.getByRole('listitem').filter({ hasText: 'line 009' })).toBeVisible();
  await expect(page.getByRole('button', { name: act.unpin, exact: true })).toHaveCount(0);
});

test('pins by keys: the menu, the bar, the list, and the focus goes on @once', async ({
  pair,
  names,
  texts,
}) => {
  const { first, second } = pair;
  const { page } = first;
  const { act, pins } = texts.chat;
  const conversation = await openConversation(page, names, second.username);
  await sendMany(second, conversation, numberTexts(60));
  await pinMessages(second, conversation, [2]);
  await page.goto(`/chat/${conversation}?m=60`);
  await expect(messageAt(page, names, 60)).toBeInViewport();
  await messageAt(page, names, 60).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('menuitem').first()).toBeFocused();
  await itemOf(page, act.pin).focus();
  await page.keyboard.press('Enter');
  await expect(messageAt(page, names, 60)).toBeFocused();
  await expect(stepTo(page, texts, 'line 060')).toHaveAccessibleName(new RegExp(pins.byYou));
  await stepTo(page, texts, 'line 060').focus();
  await page.keyboard.press('Enter');
  await expect(stepTo(page, texts, 'line 002')).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(messageAt(page, names, 2)).toBeInViewport();
  await page.keyboard.press('Tab');
  await expect(barOf(page, texts).getByRole('button', { name: pins.all })).toBeFocused();
  await page.keyboard.press('Enter');
  const all = page.getByRole('dialog', { name: pins.label });
  const unpin = all.getByRole('button', { name: act.unpin, exact: true });
  await unpin.first().focus();
  await expect(unpin.first()).toHaveAccessibleDescription('line 060');
  await page.keyboard.press('Enter');
  await expect(unpin).toHaveCount(1);
  await expect(unpin).toBeFocused();
  await expect(unpin).toHaveAccessibleDescription('line 002');
  await page.keyboard.press('Enter');
  await expect(all).toContainText(pins.empty);
  await expect(all.getByRole('button').first()).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(all).toBeHidden();
  await expect(logOf(page, names).locator('article:focus')).toBeVisible();

  // The partner takes the last pin away.
  await pinMessages(second, conversation, [3]);
  await stepTo(page, texts, 'line 003').focus();
  await pinMessages(second, conversation, [3], false);
  await expect(barOf(page, texts)).toHaveCount(0);
  await expect(logOf(page, names).locator('article:focus')).toBeVisible();
});
