import type { Page } from '@playwright/test';
import { numberTexts, sendMany } from './support/bulk.ts';
import { composerOf, logOf, messageAt } from './support/conversation.ts';
import { expect, openConversation, test } from './support/test.ts';

/** The seq of the message that has the focus; null when none has. */
const focusedSeq = (page: Page) =>
  page.evaluate(() => document.activeElement?.closest('article')?.getAttribute('data-seq') ?? null);

const isInLog = (page: Page) => page.evaluate(() => Boolean(document.activeElement?.closest('[role=log]')));

test('the list of messages is one stop of Tab, and arrows go through it @once', async ({
  pair,
  names,
  texts,
}) => {
  const { first, second } = pair;
  const { page } = first;
  const conversation = await openConversation(second.page, names, first.username);
  await sendMany(second, conversation, numberTexts(90));
  await sendMany(first, conversation, ['mine', 'see https://example.com/a and https://example.com/b']);
  // Everything is read, so the list is at its end and no button leads elsewhere.
  await page.goto(`/chat/${conversation}?m=92`);
  await expect(messageAt(second.page, names, 90)).toHaveAttribute('data-status', 'read');
  await expect(page).toHaveURL(`/chat/${conversation}`);
  await page.reload();
  await expect(messageAt(page, names, 92)).toBeInViewport();
  const log = logOf(page, names);

  await page.getByRole('button', { name: texts.chat.header.menu }).focus();
  let stops = 0;
  await expect(async () => {
    await page.keyboard.press('Tab');
    if (await isInLog(page)) stops += 1;
    await expect(composerOf(page, names)).toBeFocused({ timeout: 50 });
  }).toPass({ intervals: [0] });
  expect(stops).toBe(1);

  await page.keyboard.press('Shift+Tab');
  expect(await focusedSeq(page)).toBe('92');
  await expect(messageAt(page, names, 92)).toHaveAccessibleName(/https:\/\/example\.com\/a.*\d:\d\d/);
  await expect(messageAt(page, names, 92)).toHaveCSS('outline-style', 'solid');
  await page.keyboard.press('ArrowRight');
  await expect(page.getByRole('link', { name: 'https://example.com/a', exact: true })).toBeFocused();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  const { timeline, act } = texts.chat;
  await expect(messageAt(page, names, 92).getByRole('button', { name: timeline.details })).toBeFocused();
  await page.keyboard.press('ArrowRight');
  await expect(messageAt(page, names, 92).getByRole('button', { name: act.menu })).toBeFocused();
  await page.keyboard.press('ArrowUp');
  await expect(messageAt(page, names, 91)).toBeFocused();
  await page.keyboard.press('ArrowUp');
  await expect(messageAt(page, names, 90)).toBeFocused();

  await page.keyboard.press('PageUp');
  await expect.poll(() => focusedSeq(page)).not.toBe('90');
  const upper = Number(await focusedSeq(page));
  expect(upper).toBeLessThan(86);
  await expect(messageAt(page, names, upper)).toBeInViewport();
  await page.keyboard.press('PageDown');
  await expect.poll(() => focusedSeq(page).then(Number)).toBeGreaterThan(upper + 3);

  await page.keyboard.press('Home');
  await expect.poll(() => focusedSeq(page).then(Number)).toBeLessThan(80);
  await expect
    .poll(async () => {
      await page.keyboard.press('Home');
      return focusedSeq(page);
    })
    .toBe('1');
  await expect(messageAt(page, names, 1)).toBeInViewport();
  // The virtual list keeps the focused message, however far one scrolls.
  await log.evaluate((scroller) => scroller.scrollTo(0, scroller.scrollHeight));
  await expect(messageAt(page, names, 92)).toBeInViewport();
  expect(await focusedSeq(page)).toBe('1');
  await page.keyboard.press('End');
  await expect(messageAt(page, names, 92)).toBeFocused();
  await page.keyboard.press('Tab');
  await expect(composerOf(page, names)).toBeFocused();
});

test('a person who has scrolled up enters the list where they are @once', async ({ pair, names }) => {
  const { first, second } = pair;
  const { page } = first;
  const conversation = await openConversation(second.page, names, first.username);
  await sendMany(second, conversation, numberTexts(90));
  await page.goto(`/chat/${conversation}?m=40`);
  await expect(messageAt(page, names, 40)).toBeInViewport();
  // Measured at a message: the offset of the list grows when older ones are loaded above.
  const top = () => messageAt(page, names, 40).evaluate((article) => article.getBoundingClientRect().top);
  const place = await top();
  await composerOf(page, names).focus();
  await expect(async () => {
    if (!(await isInLog(page))) await page.keyboard.press('Shift+Tab');
    expect(await isInLog(page)).toBe(true);
  }).toPass({ intervals: [0] });
  await expect(page.locator('article:focus')).toBeInViewport();
  expect(Math.abs((await top()) - place)).toBeLessThanOrEqual(2);
});
