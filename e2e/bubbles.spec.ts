import { openLiveChat } from './support/account.ts';
import { numberTexts, sendMany } from './support/bulk.ts';
import { logOf, messageAt } from './support/conversation.ts';
import { expect, openConversation, test } from './support/test.ts';

const WALL = Array.from({ length: 120 }, (_, index) => `문장 ${index} 조금 긴 이야기예요.`).join(' ');

test('a wall of text is folded, unfolds where it is read, and is in the page whole', async ({
  pair,
  names,
  texts: { chat },
}) => {
  const { first, second } = pair;
  const { page } = first;
  const conversation = await openConversation(second.page, names, first.username);
  await sendMany(second, conversation, ['short', WALL, ...numberTexts(3)]);
  await openLiveChat(page, `/chat/${conversation}`);
  const message = messageAt(page, names, 2);
  await expect(message).toContainText('문장 119');
  const heightOf = () => message.evaluate((article) => article.getBoundingClientRect().height);
  expect(await heightOf()).toBeLessThan(480);
  const more = message.getByRole('button', { name: chat.timeline.more });
  await expect(messageAt(page, names, 1).getByRole('button', { name: chat.timeline.more })).toHaveCount(0);
  await message.scrollIntoViewIfNeeded();
  const topOf = () => message.evaluate((article) => article.getBoundingClientRect().top);
  const top = await topOf();
  await more.click();
  await expect(more).toHaveCount(0);
  await expect.poll(heightOf).toBeGreaterThan(600);
  expect(Math.abs((await topOf()) - top)).toBeLessThanOrEqual(2);

  await page.goto(`/chat/${conversation}?m=2`);
  await expect.poll(heightOf).toBeGreaterThan(600);
});

test('what is selected over several messages is copied without times and marks @once', async ({
  pair,
  names,
}) => {
  const { first, second } = pair;
  const { page } = first;
  const conversation = await openConversation(second.page, names, first.username);
  await sendMany(second, conversation, ['첫 줄', '둘째 줄']);
  await sendMany(first, conversation, ['셋째 줄']);
  await page.goto(`/chat/${conversation}?m=3`);
  await expect(messageAt(page, names, 3)).toBeInViewport();
  const copied = await logOf(page, names).evaluate((log) => {
    getSelection()?.selectAllChildren(log);
    return getSelection()?.toString() ?? '';
  });
  expect(copied.split(/\s*\n\s*/).filter(Boolean)).toEqual(['첫 줄', '둘째 줄', '셋째 줄']);
  // On one's own bubbles, whose colour is near a usual selection's, it has a colour of its own.
  const [selected, bubble] = await messageAt(page, names, 3)
    .getByText('셋째 줄')
    .evaluate((text) => {
      const colours = [getComputedStyle(text, '::selection').backgroundColor];
      for (let at: Element | null = text; at && colours.length < 2; at = at.parentElement) {
        const { backgroundColor } = getComputedStyle(at);
        if (backgroundColor !== 'rgba(0, 0, 0, 0)') colours.push(backgroundColor);
      }
      return colours;
    });
  expect(selected).not.toBe('rgba(0, 0, 0, 0)');
  expect(selected).not.toBe(bubble);
});

test('a press on a message within a group shows its time', async ({ pair, names, isPhone }) => {
  const { first, second } = pair;
  const { page } = first;
  const conversation = await openConversation(second.page, names, first.username);
  await sendMany(second, conversation, ['first of a group', 'last of a group']);
  await page.goto(`/chat/${conversation}`);
  const message = messageAt(page, names, 1);
  await expect(message.locator('time')).toHaveCount(0);
  const text = message.getByText('first of a group');
  await (isPhone ? text.tap() : text.click());
  await expect(message.locator('time')).toBeVisible();
});

test('Korean words stay whole, an endless one breaks, and emoji alone have no bubble @phone', async ({
  pair,
  names,
}) => {
  const { first, second } = pair;
  const { page } = first;
  const conversation = await openConversation(second.page, names, first.username);
  const word = '알아차렸습니다';
  await sendMany(second, conversation, [
    Array.from({ length: 12 }, () => word).join(' '),
    '가'.repeat(300),
    '👍🎉',
  ]);
  await page.goto(`/chat/${conversation}`);
  const torn = await messageAt(page, names, 1)
    .locator('p')
    .evaluate((paragraph, length) => {
      const text = paragraph.firstChild as Text;
      let torn = 0;
      for (let start = 0; start < text.length; start += length + 1) {
        const range = document.createRange();
        range.setStart(text, start);
        range.setEnd(text, start + length);
        if (range.getClientRects().length > 1) torn += 1;
      }
      return torn;
    }, word.length);
  expect(torn).toBe(0);
  const overflow = await logOf(page, names).evaluate((log) => log.scrollWidth - log.clientWidth);
  expect(overflow).toBe(0);
  const ground = await messageAt(page, names, 3)
    .locator('p')
    .evaluate((paragraph) => getComputedStyle(paragraph.parentElement as HTMLElement).backgroundColor);
  expect(ground).toBe('rgba(0, 0, 0, 0)');
});

test('while one scrolls a chip says the day, and then goes @phone', async ({
  pair,
  names,
  texts: { chat },
}) => {
  const { first, second } = pair;
  const { page } = first;
  const conversation = await openConversation(second.page, names, first.username);
  await sendMany(second, conversation, numberTexts(90));
  await page.goto(`/chat/${conversation}?m=90`);
  await expect(messageAt(page, names, 90)).toBeInViewport();
  const chip = page.locator('[data-day-chip]');
  await expect(async () => {
    await logOf(page, names).evaluate((log) => log.scrollBy(0, -60));
    await expect(chip).toHaveText(chat.timeline.today, { timeout: 500 });
  }).toPass();
  await expect(chip).toHaveCount(0);
});

test('read and delivered differ by more than their hue @once', async ({ pair, names }) => {
  const { first, second } = pair;
  const { page } = first;
  const conversation = await openConversation(page, names, second.username);
  const markOf = (seq: number) =>
    messageAt(page, names, seq)
      .locator('svg')
      .first()
      .evaluate((svg) => {
        const ground = getComputedStyle(svg.parentElement as HTMLElement).backgroundColor;
        return ground === 'rgba(0, 0, 0, 0)' ? 'line' : 'filled';
      });
  await second.page.goto('/chat');
  await sendMany(first, conversation, ['look']);
  await expect(messageAt(page, names, 1)).toHaveAttribute('data-status', 'delivered');
  expect(await markOf(1)).toBe('line');
  await second.page.goto(`/chat/${conversation}`);
  await expect(messageAt(page, names, 1)).toHaveAttribute('data-status', 'read');
  expect(await markOf(1)).toBe('filled');
});
