import AxeBuilder from '@axe-core/playwright';
import type { Locator, Page } from '@playwright/test';
import { choose, openMessageMenu } from './support/acting.ts';
import { sendMany } from './support/bulk.ts';
import { articlesOf, composerOf, messageAt } from './support/conversation.ts';
import { attachInputMethod } from './support/input-method.ts';
import { expect, openConversation, test } from './support/test.ts';
import type { textsFor } from './support/texts.ts';

type Texts = ReturnType<typeof textsFor>;

const dialogOf = (page: Page, texts: Texts) => page.getByRole('dialog', { name: texts.chat.emoji.title });
const searchOf = (page: Page, texts: Texts) =>
  dialogOf(page, texts).getByRole('searchbox', { name: texts.chat.emoji.search });
const cellOf = (page: Page, texts: Texts, char: string) =>
  dialogOf(page, texts).locator(`[data-emoji="${char}"]`).first();
const listOf = (page: Page): Locator => page.getByRole('listbox');

async function expectAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => [id, nodes[0]?.html])).toEqual([]);
}

async function openPicker(page: Page, texts: Texts): Promise<void> {
  await page.getByRole('button', { name: texts.chat.emoji.button, exact: true }).click();
  await expect(cellOf(page, texts, '😀')).toBeVisible();
}

test('several emoji go to the caret, by pointer; recent ones and the tone stay on the device', async ({
  pair,
  names,
  texts,
  isPhone,
}) => {
  const { page } = pair.first;
  const { emoji } = texts.chat;
  await pair.openConversation(pair.first, pair.second);
  const box = composerOf(page, names);
  await box.fill('가나');
  await box.evaluate((element: HTMLTextAreaElement) => element.setSelectionRange(1, 1));
  const file = page.waitForResponse(/emoji\..*json/);
  await openPicker(page, texts);
  expect((await file).headers()['cache-control']).toContain('immutable');
  await expectAccessible(page);
  await searchOf(page, texts).fill(isPhone ? 'birthday' : '생일');
  await cellOf(page, texts, '🎂').click();
  await searchOf(page, texts).fill('octopus');
  await expect(cellOf(page, texts, '🐙')).toHaveAccessibleName(isPhone ? 'octopus' : '문어');
  await cellOf(page, texts, '🐙').click();
  await expect(box).toHaveValue('가🎂🐙나');
  await expect(dialogOf(page, texts)).toBeVisible();
  await searchOf(page, texts).fill('qqqq');
  await expect(dialogOf(page, texts).getByText(emoji.nothingFound)).toBeVisible();
  await searchOf(page, texts).fill('');
  // What joins several is one picture, here as in a message.
  const split = await dialogOf(page, texts)
    .locator('[data-emoji*="\u200d"]')
    .evaluateAll((cells) => {
      const text = document.createRange();
      const widthOf = (cell: Element | null) => {
        text.selectNodeContents(cell as Element);
        return text.getBoundingClientRect().width;
      };
      const widest = widthOf(document.querySelector('[data-emoji="😀"]')) * 1.3;
      return cells.filter((cell) => widthOf(cell) > widest).map((cell) => cell.textContent);
    });
  expect(split).toEqual([]);

  await dialogOf(page, texts).getByRole('button', { name: emoji.tones.label }).click();
  await dialogOf(page, texts).getByRole('button', { name: emoji.tones.medium, exact: true }).click();
  await searchOf(page, texts).fill('waving hand');
  await cellOf(page, texts, '👋🏽').click();
  await expect(box).toHaveValue('가🎂🐙👋🏽나');
  if (isPhone) {
    await expect(box).not.toBeFocused();
    // As a virtual keyboard leaves it.
    await page.setViewportSize({ width: 320, height: 330 });
    await expect(dialogOf(page, texts)).toBeInViewport({ ratio: 1 });
    await expect(box).toBeInViewport({ ratio: 1 });
    await dialogOf(page, texts).getByRole('button', { name: texts.common.close }).click();
  } else {
    await expect(box).toBeFocused();
    await page.keyboard.press('Control+z');
    await expect(box).toHaveValue('가🎂🐙나');
    await page.keyboard.press('Escape');
    await expect(box).toBeFocused();
  }
  await expect(dialogOf(page, texts)).toBeHidden();

  await page.reload();
  await expect(box).toHaveValue(isPhone ? '가🎂🐙👋🏽나' : '가🎂🐙나');
  await openPicker(page, texts);
  const recent = dialogOf(page, texts).getByRole('region', { name: emoji.groups.recent }).getByRole('button');
  await expect(recent.nth(0)).toHaveText('👋🏽');
  await expect(recent.nth(1)).toHaveText('🐙');
  await expect(cellOf(page, texts, '✋🏽')).toHaveCount(1);
});

test('by keys: a search in Korean, arrows in the grid, Enter takes one, Escape none @once', async ({
  pair,
  names,
  texts,
}) => {
  const { page } = pair.first;
  await pair.openConversation(pair.first, pair.second);
  const box = composerOf(page, names);
  await box.fill('a');
  await openPicker(page, texts);
  const search = searchOf(page, texts);
  await expect(search).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(dialogOf(page, texts)).toBeHidden();
  await expect(box).toBeFocused();

  await openPicker(page, texts);
  // Initial consonants while they are composed; the Enter that ends them takes the first hit when it is let go.
  const ime = await attachInputMethod(page);
  await ime.compose('ㄱ', 'ㄱㅇ', 'ㄱㅇㅇ');
  await expect(dialogOf(page, texts).getByRole('button', { name: '고양이 얼굴', exact: true })).toBeVisible();
  await ime.finish('Process', 'ㄱㅇㅇ');
  await ime.pressPlainEnter();
  await expect(box).toHaveValue('a');
  await ime.releaseEnter();
  await expect(dialogOf(page, texts)).toBeHidden();
  await expect(box).toBeFocused();
  await expect(box).toHaveValue(/^a🐱|^a🐈/u);

  await openPicker(page, texts);
  await page.keyboard.press('ArrowDown');
  const grid = dialogOf(page, texts).locator('[data-emoji]');
  await expect(grid.first()).toBeFocused();
  await page.keyboard.press('ArrowRight');
  await expect(grid.nth(1)).toBeFocused();
  await page.keyboard.press('ArrowUp');
  await expect(search).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await expect(grid.nth(6)).toBeFocused();
  await page.keyboard.press('Shift+Enter');
  await expect(grid.nth(6)).toBeFocused();
  await page.keyboard.type('fire');
  await expect(search).toHaveValue('fire');
  await box.fill('');
  await search.press('Enter');
  await expect(dialogOf(page, texts)).toBeHidden();
  await expect(box).toHaveValue('🔥');
});

test('React reaches every emoji, and its bar begins with the one that the picker gave', async ({
  pair,
  names,
  texts,
  isPhone,
}) => {
  const { first, second } = pair;
  const { page } = first;
  const scene = { names, texts, isPhone };
  const conversation = await openConversation(page, names, second.username);
  await sendMany(second, conversation, ['good news']);
  await openConversation(second.page, names, first.username);
  const bar = page.getByRole('group', { name: texts.chat.act.react });
  await choose(page, scene, 1, 'react');
  await bar.getByRole('button', { name: texts.chat.emoji.button, exact: true }).click();
  await expect(dialogOf(page, texts)).toBeInViewport({ ratio: 1 });
  await searchOf(page, texts).fill('octopus');
  await cellOf(page, texts, '🐙').click();
  await expect(dialogOf(page, texts)).toBeHidden();
  await expect(messageAt(second.page, names, 1).getByRole('button', { name: /^🐙/ })).toBeVisible();
  await openMessageMenu(page, scene, 1);
  await page.getByRole('menuitem', { name: texts.chat.act.react, exact: true }).click();
  await expect(bar.getByRole('button').first()).toHaveText('🐙');
});

test('emoji that cannot be loaded are said to be missing, and come with the connection @once', async ({
  pair,
  texts,
}) => {
  const { page, context } = pair.first;
  await pair.openConversation(pair.first, pair.second);
  await page.route('**/emoji.*.json', (route) => route.abort());
  await page.getByRole('button', { name: texts.chat.emoji.button, exact: true }).click();
  const failed = dialogOf(page, texts).getByText(texts.chat.emoji.failed);
  await expect(failed).toBeVisible();
  await context.setOffline(true);
  await dialogOf(page, texts).getByRole('button', { name: texts.chat.emoji.retry }).click();
  await expect(failed).toBeVisible();
  await page.unroute('**/emoji.*.json');
  await context.setOffline(false);
  await expect(cellOf(page, texts, '😀')).toBeVisible();
});

test('a shortcode is offered from two characters on, completed by its colon, and sends nothing', async ({
  pair,
  names,
  isPhone,
}) => {
  const { page } = pair.first;
  await pair.openConversation(pair.first, pair.second);
  const box = composerOf(page, names);
  await box.focus();
  await page.keyboard.type('hey :jo');
  const options = listOf(page).getByRole('option');
  await expect(options.first()).toHaveAttribute('aria-selected', 'true');
  await expect(options.first()).toContainText(':joy:');
  await expectAccessible(page);
  await expect(box).toHaveAttribute(
    'aria-activedescendant',
    (await options.first().getAttribute('id')) ?? '',
  );
  if (isPhone) await options.first().tap();
  else await page.keyboard.press('Enter');
  await expect(box).toHaveValue('hey 😂');
  await expect(box).toBeFocused();
  await expect(listOf(page)).toBeHidden();

  await page.keyboard.type(':tada:');
  await expect(box).toHaveValue('hey 😂🎉');
  if (!isPhone) {
    await page.keyboard.press('Control+z');
    await expect(box).toHaveValue('hey 😂:tada:');
  }
  await box.fill('');
  await page.keyboard.type('10:30 :) :-D http://a.example std::ve :jo');
  await expect(options.first()).toContainText(':joy:');
  await page.keyboard.press('Escape');
  await expect(listOf(page)).toBeHidden();
  await page.keyboard.type('y');
  await expect(listOf(page)).toBeHidden();
  await expect(box).toHaveValue('10:30 :) :-D http://a.example std::ve :joy');
  await expect(articlesOf(page, names)).toHaveCount(0);

  // What is sent as it is takes the list along.
  await box.fill('');
  await page.keyboard.type(':jo');
  await expect(options.first()).toBeVisible();
  await page.getByRole('button', { name: names.send, exact: true }).click();
  await expect(listOf(page)).toBeHidden();
  await expect(articlesOf(page, names)).toHaveText([/:jo/]);
  await page.keyboard.type(':thumbs');
  await expect(options.first()).toContainText('👍');
  await page.keyboard.press('ArrowDown');
  await expect(options.nth(1)).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('Tab');
  await expect(box).toHaveValue('👍');
  await expect(box).not.toHaveAttribute('aria-activedescendant');
  await page.getByRole('button', { name: names.send, exact: true }).click();
  await expect(articlesOf(page, names)).toHaveText([/:jo/, /👍/]);
  if (isPhone) return;
  // An edit goes on when the list is closed or chosen from.
  await expect(articlesOf(page, names).last()).toHaveAttribute('data-status', /sent|delivered/);
  await box.press('ArrowUp');
  await expect(box).toHaveValue('👍');
  await page.keyboard.type(' :tad');
  await expect(options.first()).toContainText('🎉');
  await page.keyboard.press('Escape');
  await expect(listOf(page)).toBeHidden();
  await expect(box).toHaveValue('👍 :tad');
  await page.keyboard.type(' :tad');
  await page.keyboard.press('Enter');
  await expect(box).toHaveValue('👍 :tad 🎉');
  await page.keyboard.press('Enter');
  await expect(articlesOf(page, names)).toHaveText([/:jo/, /👍 :tad 🎉/]);
});

test('Hangul is composed undisturbed behind a colon, and offered once it stands', async ({
  pair,
  names,
  texts,
  isPhone,
}) => {
  const { page } = pair.first;
  await pair.openConversation(pair.first, pair.second);
  const box = composerOf(page, names);
  await box.focus();
  // Loads the list, so that nothing is late below.
  await page.keyboard.type(':jo');
  await expect(listOf(page)).toBeVisible();
  await box.fill('');
  const ime = await attachInputMethod(page);
  await ime.commit(':');
  await ime.compose('ㅎ', '하', '핱');
  await ime.commit('하');
  await ime.compose('ㅌ', '트');
  await expect(box).toHaveValue(':하트');
  await expect(listOf(page)).toBeHidden();
  await ime.commit('트');
  await expect(listOf(page).getByRole('option').first()).toContainText('❤️');
  if (isPhone) await listOf(page).getByRole('option').first().tap();
  else await page.keyboard.press('Enter');
  await expect(box).toHaveValue('❤️');

  await ime.commit(' :');
  await ime.compose('생', '생일');
  await expect(box).toHaveValue('❤️ :생일');
  if (isPhone) return;
  await ime.finish('Enter', '생일');
  await ime.releaseEnter();
  await expect(articlesOf(page, names)).toHaveText([/❤️ :생일/]);
  await expect(box).toHaveValue('');

  // The picker hands over what is being composed, and puts its emoji behind that.
  await openPicker(page, texts);
  await box.click();
  await ime.compose('ㅎ', '하', '한');
  await cellOf(page, texts, '😀').click();
  await expect(box).toHaveValue('한😀');
});
