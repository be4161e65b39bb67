import type { Locator, Page } from '@playwright/test';
import { numberTexts, sendMany } from './support/bulk.ts';
import { articlesOf, logOf, messageAt, pillOf } from './support/conversation.ts';
import { expect, messageOf, openConversation, sendMessage, test } from './support/test.ts';

const COUNT = 600;

/** Every error that the page's console or scripts report. */
function watchErrors(page: Page): string[] {
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(String(error)));
  page.on('console', (message) => {
    if (message.type() === 'error') errors.push(message.text());
  });
  return errors;
}

/** Scrolls up by this many pixels, then measures over 20 frames how far the message in the middle moves. */
function scrollUp(log: Locator, by: number): Promise<{ moved: number; articles: number; firstSeq: number }> {
  return log.evaluate(async (scroller, by) => {
    const nextFrame = () => new Promise(requestAnimationFrame);
    scroller.scrollTop -= by;
    await nextFrame();
    await nextFrame();
    const frame = scroller.getBoundingClientRect();
    const find = () => [...scroller.querySelectorAll<HTMLElement>('article[data-seq]')];
    const anchor = find().find((one) => one.getBoundingClientRect().bottom > frame.top + frame.height / 2);
    const seq = anchor?.dataset.seq;
    const start = anchor?.getBoundingClientRect().top ?? 0;
    let moved = 0;
    for (let count = 0; count < 20; count++) {
      await nextFrame();
      const now = scroller.querySelector(`article[data-seq="${seq}"]`)?.getBoundingClientRect().top;
      moved = Math.max(moved, Math.abs((now ?? 9999) - start));
    }
    const articles = find();
    return { moved, articles: articles.length, firstSeq: Number(articles[0]?.dataset.seq) };
  }, by);
}

test('a long history: in the first HTML, upwards without a jump, by address, and down again', async ({
  pair,
  names,
  locale,
  timezoneId,
}) => {
  test.slow();
  const { first, second } = pair;
  const { page } = first;
  const conversation = await openConversation(second.page, names, first.username);
  await sendMany(second, conversation, numberTexts(COUNT));
  const errors = watchErrors(page);
  await page.goto(`/chat/${conversation}?m=${COUNT}`);
  const log = logOf(page, names);
  await expect(messageAt(page, names, COUNT)).toBeInViewport();
  await expect(messageAt(second.page, names, COUNT)).toHaveAttribute('data-status', 'read');
  // The address forgets the message once it was shown; a reload opens the conversation at its end.
  await expect(page).toHaveURL(`/chat/${conversation}`);

  const html = await (await first.context.request.get(`/chat/${conversation}`)).text();
  expect(html).toContain(`line ${COUNT}`);
  expect(html.match(/<article/g)?.length).toBeGreaterThanOrEqual(30);
  expect(html).not.toContain('line 001<');

  await page.reload();
  await expect(messageAt(page, names, COUNT)).toBeInViewport();
  const time = messageAt(page, names, COUNT).locator('time');
  const at = (await time.getAttribute('datetime')) as string;
  const clock = new Intl.DateTimeFormat(locale, { timeZone: timezoneId, timeStyle: 'short' });
  const shown = clock.format(new Date(at)).replaceAll('\u202f', ' ');
  await expect(time).toHaveText(shown);
  expect(html).toMatch(new RegExp(`dateTime="${at}"[^>]*>${shown}<`));

  let firstSeq = COUNT;
  await expect
    .poll(
      async () => {
        const seen = await scrollUp(log, 1100);
        expect(seen.moved).toBeLessThanOrEqual(2);
        expect(seen.articles).toBeLessThan(120);
        firstSeq = seen.firstSeq;
        return firstSeq;
      },
      { timeout: 120_000, intervals: [0] },
    )
    .toBe(1);
  await expect(messageAt(page, names, 1)).toBeInViewport();

  await page.goto(`/chat/${conversation}?m=300`);
  await expect(messageAt(page, names, 300)).toBeInViewport();
  await reach(page, names.timeline, 'down', COUNT);
  await page.goto(`/chat/${conversation}?m=300`);
  await expect(messageAt(page, names, 300)).toBeInViewport();
  await reach(page, names.timeline, 'up', 1);
  expect(errors).toEqual([]);
});

test('at the bottom what is new follows; elsewhere a pill counts it and leads there', async ({
  pair,
  names,
}) => {
  const { first, second } = pair;
  const { page } = first;
  const conversation = await pair.openConversation(first, second);
  await sendMany(first, conversation, numberTexts(60));
  await expect(messageAt(page, names, 60)).toBeInViewport();
  await sendMany(second, conversation, ['this follows']);
  await expect(messageOf(page, names, 'this follows')).toBeInViewport();

  const log = logOf(page, names);
  await log.evaluate((element) => element.scrollBy(0, -900));
  await expect(messageOf(page, names, 'this follows')).not.toBeInViewport();
  await expect(pillOf(page, '\\d+')).toHaveCount(0);
  const place = await log.evaluate((element) => element.scrollTop);
  await sendMany(second, conversation, ['below 1', 'below 2', 'below 3']);
  await expect(pillOf(page, 3)).toBeVisible();
  expect(Math.abs((await log.evaluate((element) => element.scrollTop)) - place)).toBeLessThanOrEqual(2);
  await pillOf(page, 3).click();
  await expect(messageOf(page, names, 'below 3')).toBeInViewport();
  await expect(pillOf(page, 3)).toHaveCount(0);

  // One's own message is shown wherever the view is.
  await log.evaluate((element) => element.scrollBy(0, -900));
  await sendMessage(page, names, 'my own word');
  await expect(messageOf(page, names, 'my own word')).toBeInViewport();
});

test('a conversation shorter than the screen shows what comes after the page was loaded @once', async ({
  pair,
  names,
}) => {
  const { first, second } = pair;
  const conversation = await openConversation(second.page, names, first.username);
  await sendMany(second, conversation, ['in the page']);
  await first.page.goto(`/chat/${conversation}`);
  await expect(messageAt(first.page, names, 1)).toHaveAttribute('data-status', 'read');
  await sendMany(second, conversation, ['and then', 'and then again']);
  await expect(messageAt(first.page, names, 2)).toBeInViewport();
  await expect(messageAt(first.page, names, 3)).toBeInViewport();
});

test('messages of one sender are a group with one time, under one date', async ({ pair, names, texts }) => {
  const { first, second } = pair;
  const { page } = first;
  const conversation = await pair.openConversation(first, second);
  // No hexadecimal digits, which the names of these people end in.
  await sendMany(second, conversation, ['x1', 'x2', 'x3']);
  await sendMany(first, conversation, ['y1', 'y2']);
  const articles = articlesOf(page, names);
  await expect(articles).toHaveCount(5);
  const times = articles.locator('time');
  await expect(times).toHaveCount(2);
  await expect(messageOf(page, names, 'x3').locator('time')).toHaveCount(1);
  await expect(messageOf(page, names, 'y2').locator('time')).toHaveCount(1);
  const today = logOf(page, names).getByText(texts.chat.timeline.today, { exact: true });
  await expect(today).toHaveCount(1);
  const [date, message] = await Promise.all([today.boundingBox(), articles.first().boundingBox()]);
  expect(date?.y).toBeLessThan(message?.y ?? 0);
});

/** Scrolls on until the message at that end of the history has come into view. */
async function reach(page: Page, label: string, way: 'up' | 'down', seq: number): Promise<void> {
  const log = page.getByRole('log', { name: label });
  const end = log.locator(`article[data-seq="${seq}"]`);
  await expect(async () => {
    await log.evaluate((element, down) => element.scrollBy(0, down ? 20_000 : -20_000), way === 'down');
    await expect(end).toBeInViewport({ timeout: 300 });
  }).toPass({ timeout: 60_000, intervals: [0] });
}

test('a conversation a bit taller than the screen is whole at each load @phone', async ({ pair, names }) => {
  const { first, second } = pair;
  const { page } = first;
  await page.setViewportSize({ width: 390, height: 667 });
  const conversation = await openConversation(second.page, names, first.username);
  await sendMany(second, conversation, numberTexts(12, 'a text that takes two lines on a phone, number'));
  await page.goto(`/chat/${conversation}?m=12`);
  await expect(messageAt(second.page, names, 12)).toHaveAttribute('data-status', 'read');
  // Whether the list's own measuring scrolled was a matter of luck, so one load proves little.
  for (let load = 0; load < 6; load++) {
    await page.goto(`/chat/${conversation}`);
    // The list has taken over once a row stands where it was measured.
    await expect(logOf(page, names).locator('[data-row]').last().locator('..')).toHaveCSS(
      'position',
      'absolute',
    );
    await expect(messageAt(page, names, 12)).toBeInViewport();
    const topGap = await logOf(page, names).evaluate((log) => {
      const first = log.querySelector('article');
      return first ? first.getBoundingClientRect().top - log.getBoundingClientRect().top : null;
    });
    expect(topGap).toBeLessThanOrEqual(0);
  }
});
