import type { Page } from '@playwright/test';
import { choose, openMessageMenu } from './support/acting.ts';
import { sendMany } from './support/bulk.ts';
import { messageAt } from './support/conversation.ts';
import { expect, openConversation, test } from './support/test.ts';
import { patternOf } from './support/texts.ts';

test('a reaction is seen by both, counts both, is told once, and goes with a second press', async ({
  pair,
  names,
  texts,
  isPhone,
}) => {
  const { first, second } = pair;
  const { act } = texts.chat;
  const word = isPhone ? 'reaction' : '반응';
  const conversation = await openConversation(first.page, names, second.username);
  await sendMany(first, conversation, ['a poem']);
  await openConversation(second.page, names, first.username);
  const pillOn = (page: Page, count: number) =>
    messageAt(page, names, 1).getByRole('button', { name: new RegExp(`^👍 ${count} ${word}`) });

  await choose(second.page, { names, texts, isPhone }, 1, 'react');
  await second.page.getByRole('group', { name: act.react }).getByRole('button', { name: '👍' }).click();
  await expect(pillOn(second.page, 1)).toHaveAttribute('aria-pressed', 'true');
  await expect(pillOn(first.page, 1)).toHaveAttribute('aria-pressed', 'false');
  await expect(pillOn(first.page, 1)).toHaveAttribute('title', second.username);
  const told = first.page.getByRole('status').filter({ hasText: '👍' });
  await expect(told).toHaveText(patternOf(act.partnerReacted));
  await expect(told).toHaveCount(1);

  await pillOn(first.page, 1).click();
  for (const { page } of [first, second]) {
    await expect(pillOn(page, 2)).toHaveAttribute('aria-pressed', 'true');
    await expect(messageAt(page, names, 1)).toHaveAccessibleName(new RegExp(`👍 2 ${word}`));
  }
  await pillOn(second.page, 2).click();
  await expect(pillOn(first.page, 1)).toHaveAttribute('aria-pressed', 'true');
  await pillOn(first.page, 1).click();
  for (const { page } of [first, second]) {
    await expect(messageAt(page, names, 1).getByRole('button', { name: /👍/ })).toHaveCount(0);
  }
});

test('a reaction set offline goes later; two tabs show the same; the bar begins with what was used last', async ({
  pair,
  names,
  texts,
  isPhone,
}) => {
  const { first, second } = pair;
  const { page } = first;
  const scene = { names, texts, isPhone };
  const { act } = texts.chat;
  const conversation = await openConversation(page, names, second.username);
  await sendMany(second, conversation, ['good news']);
  await openConversation(second.page, names, first.username);
  const tab = await first.context.newPage();
  await tab.goto(`/chat/${conversation}`);
  const pillOn = (viewer: Page) => messageAt(viewer, names, 1).getByRole('button', { name: /^🙏/ });
  const bar = page.getByRole('group', { name: act.react });
  await choose(page, scene, 1, 'react');
  await page.keyboard.press('Escape');
  await expect(bar).toBeHidden();
  await first.context.setOffline(true);
  await choose(page, scene, 1, 'react');
  await bar.getByRole('button', { name: '🙏' }).click();
  await expect(pillOn(page)).toHaveAttribute('aria-pressed', 'true');
  await expect(pillOn(second.page)).toHaveCount(0);
  await first.context.setOffline(false);
  await expect(pillOn(second.page)).toBeVisible();
  await expect(pillOn(tab)).toHaveAttribute('aria-pressed', 'true');

  await openMessageMenu(page, scene, 1);
  await page.getByRole('menuitem', { name: act.react, exact: true }).click();
  await expect(bar.getByRole('button').first()).toHaveText('🙏');
  await expect(bar.getByRole('button')).toHaveCount(7);
});

test('reactions by keys: the menu, the bar, the pill @once', async ({ pair, names, texts }) => {
  const { first, second } = pair;
  const { page } = first;
  const { act } = texts.chat;
  const conversation = await openConversation(page, names, second.username);
  await sendMany(second, conversation, ['good news']);
  await messageAt(page, names, 1).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('menuitem', { name: act.reply, exact: true })).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await expect(page.getByRole('menuitem', { name: act.react, exact: true })).toBeFocused();
  await page.keyboard.press('Enter');
  const buttons = page.getByRole('group', { name: act.react }).getByRole('button');
  await expect(buttons.first()).toBeFocused();
  await page.keyboard.press('ArrowRight');
  const emoji = (await buttons.nth(1).textContent()) ?? '';
  await page.keyboard.press('Enter');
  const pill = messageAt(page, names, 1).getByRole('button', { name: new RegExp(`^${emoji} 1`) });
  await expect(pill).toBeVisible();
  await expect(messageAt(page, names, 1)).toBeFocused();
  await expect(async () => {
    await page.keyboard.press('ArrowRight');
    await expect(pill).toBeFocused({ timeout: 50 });
  }).toPass({ intervals: [0] });
  await page.keyboard.press('Enter');
  await expect(pill).toHaveCount(0);
});
