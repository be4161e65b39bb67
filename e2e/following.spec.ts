import type { Locator, Page } from '@playwright/test';
import { numberTexts, sendMany } from './support/bulk.ts';
import { logOf, messageAt, pillOf, setFocused } from './support/conversation.ts';
import type { Names } from './support/names.ts';
import { expect, messageOf, openConversation, type Person, sendMessage, test } from './support/test.ts';

const OLD = 60;

/** A conversation of 60 messages that the first person has open at its end; the second has their own page of it. */
async function openLongConversation(first: Person, second: Person, names: Names): Promise<string> {
  const conversation = await openConversation(second.page, names, first.username);
  await sendMany(second, conversation, numberTexts(OLD, 'old'));
  await first.page.goto(`/chat/${conversation}?m=${OLD}`);
  await expect(messageAt(first.page, names, OLD)).toBeInViewport();
  await expect(messageAt(second.page, names, OLD)).toHaveAttribute('data-status', 'read');
  await standAbove(logOf(first.page, names), 0);
  return conversation;
}

/** Scrolls to this many pixels above the end, and lets the page notice. */
async function standAbove(log: Locator, distance: number): Promise<number> {
  return await log.evaluate(async (scroller, distance) => {
    // In two steps, because a view at the end stays there when a row turns out taller.
    for (const more of [400, 0]) {
      scroller.scrollTop = scroller.scrollHeight - scroller.clientHeight - distance - more;
      for (let frame = 0; frame < 10; frame++) await new Promise(requestAnimationFrame);
    }
    return scroller.scrollTop;
  }, distance);
}

const dividerOf = (page: Page, names: Names) => logOf(page, names).getByRole('separator');

async function expectStatus(page: Page, names: Names, seq: number, status: string): Promise<void> {
  await page.goto(`${page.url().split('?')[0]}?m=${seq}`);
  await expect(messageAt(page, names, seq)).toHaveAttribute('data-status', status);
}

test('within a row of the end what comes is shown, above it the pill tells and nothing moves', async ({
  pair,
  names,
}) => {
  const { first, second } = pair;
  const { page } = first;
  const conversation = await openLongConversation(first, second, names);
  const log = logOf(page, names);
  let seq = OLD;
  for (const distance of [0, 16, 33, 44]) {
    await standAbove(log, distance);
    await sendMany(second, conversation, [`near ${distance}`]);
    await expect(messageAt(page, names, ++seq)).toBeInViewport({ ratio: 0.9 });
    await expect(pillOf(page, '\\d+')).toHaveCount(0);
  }
  for (const [distance, text] of [
    [60, 'short'],
    [100, 'short'],
    [150, `tall ${'word '.repeat(60)}`],
    [300, 'short'],
  ] as const) {
    const place = await standAbove(log, distance);
    await sendMany(second, conversation, [text]);
    seq += 1;
    await expect(pillOf(page, 1)).toBeVisible();
    expect(Math.abs((await log.evaluate((element) => element.scrollTop)) - place)).toBeLessThanOrEqual(2);
    await expect(messageAt(second.page, names, seq)).toHaveAttribute('data-status', 'delivered');
    await pillOf(page, 1).click();
    await expect(messageAt(page, names, seq)).toBeInViewport();
    await expect(messageAt(second.page, names, seq)).toHaveAttribute('data-status', 'read');
    await expect(pillOf(page, '\\d+')).toHaveCount(0);
  }
});

test('a message of which the end is cut off is not read, and is told @once', async ({ pair, names }) => {
  const { first, second } = pair;
  const { page } = first;
  const conversation = await openLongConversation(first, second, names);
  const log = logOf(page, names);
  await standAbove(log, 300);
  await sendMany(second, conversation, ['cut off']);
  await expect(pillOf(page, 1)).toBeVisible();
  await standAbove(log, 30);
  await expect(pillOf(page, 1)).toBeVisible();
  await expect(messageAt(second.page, names, OLD + 1)).toHaveAttribute('data-status', 'delivered');
  await standAbove(log, 0);
  await expect(pillOf(page, '\\d+')).toHaveCount(0);
  await expect(messageAt(second.page, names, OLD + 1)).toHaveAttribute('data-status', 'read');
});

test('the end is read also when its rows come after the frame that scrolls there @once', async ({
  pair,
  names,
}) => {
  const { first, second } = pair;
  const { page } = first;
  const conversation = await openLongConversation(first, second, names);
  const log = logOf(page, names);
  for (let round = 1; round <= 3; round++) {
    await standAbove(log, 300);
    await sendMany(second, conversation, [`cut off ${round}`]);
    await expect(pillOf(page, 1)).toBeVisible();
    // Its row is measured here; the list drops it on the short way up, and brings it back on the way down.
    await standAbove(log, 30);
    await log.evaluate(async (scroller) => {
      for (const distance of [450, 0]) {
        scroller.scrollTop = scroller.scrollHeight - scroller.clientHeight - distance;
        for (let frame = 0; frame < 3; frame++) await new Promise(requestAnimationFrame);
      }
    });
    await expect(messageAt(second.page, names, OLD + round)).toHaveAttribute('data-status', 'read');
    await expect(pillOf(page, '\\d+')).toHaveCount(0);
  }
});

test('the way down leads first to the divider above what is unread, then to the end', async ({
  pair,
  names,
}) => {
  const { first, second } = pair;
  const { page } = first;
  const conversation = await openLongConversation(first, second, names);
  await standAbove(logOf(page, names), 900);
  await sendMany(second, conversation, numberTexts(40, 'new'));
  await pillOf(page, 40).click();
  await expect(dividerOf(page, names)).toBeInViewport();
  await expect(messageAt(page, names, OLD + 1)).toBeInViewport();
  await expect(messageAt(page, names, OLD + 40)).not.toBeInViewport();
  await expect(pillOf(page, '\\d+')).toBeVisible();
  await expectStatus(second.page, names, OLD + 1, 'read');
  await expectStatus(second.page, names, OLD + 40, 'delivered');
  await pillOf(page, '\\d+').click();
  await expect(messageAt(page, names, OLD + 40)).toBeInViewport();
  await expect(messageAt(second.page, names, OLD + 40)).toHaveAttribute('data-status', 'read');
  await expect(pillOf(page, '\\d+')).toHaveCount(0);
});

test('two presses of the way down lead to the end, however soon the second comes @once', async ({
  pair,
  names,
}) => {
  const { first, second } = pair;
  const { page } = first;
  await delayShortTimers(page);
  const conversation = await openLongConversation(first, second, names);
  let seq = OLD;
  for (const frames of [1, 4, 16]) {
    await standAbove(logOf(page, names), 900);
    await sendMany(second, conversation, numberTexts(40, 'new'));
    seq += 40;
    await pillOf(page, 40).evaluate(async (pill, frames) => {
      // The same button, which then counts what is left.
      (pill as HTMLElement).click();
      for (let frame = 0; frame < frames; frame++) await new Promise(requestAnimationFrame);
      (pill as HTMLElement).click();
    }, frames);
    await expect(messageAt(page, names, seq)).toBeInViewport();
    await expect(messageAt(second.page, names, seq)).toHaveAttribute('data-status', 'read');
    await expect(pillOf(page, '\\d+')).toHaveCount(0);
  }
});

/** As on a machine under load: the list, which leaves a place where it was sent after a while, leaves it late. */
async function delayShortTimers(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const setTimer = window.setTimeout.bind(window);
    const isShort = (delay = 0) => delay >= 100 && delay <= 300;
    Object.assign(window, {
      setTimeout: (run: () => void, delay?: number) =>
        setTimer(run, isShort(delay) ? 2000 + (delay ?? 0) : delay),
    });
  });
}

for (const absence of ['without the focus', 'in the background'] as const) {
  test(`a page ${absence} follows until the first unread message would leave the screen`, async ({
    pair,
    names,
  }) => {
    const { first, second } = pair;
    const { page } = first;
    const conversation = await openLongConversation(first, second, names);
    const setAway = (isAway: boolean) =>
      absence === 'without the focus' ? setFocused(page, !isAway) : setHidden(page, isAway);
    await setAway(true);
    await sendMany(second, conversation, numberTexts(40, 'new'));
    await expect(page).toHaveTitle(/^\(40\)/);
    await expect(messageAt(page, names, OLD + 1)).toBeInViewport();
    await expect(dividerOf(page, names)).toBeInViewport();
    await expect(messageAt(page, names, OLD + 40)).not.toBeInViewport();
    await expectStatus(second.page, names, OLD + 1, 'delivered');

    await setAway(false);
    await expect(messageAt(second.page, names, OLD + 1)).toHaveAttribute('data-status', 'read');
    await expect(pillOf(page, '\\d+')).toBeVisible();
    await expect(messageAt(page, names, OLD + 40)).not.toBeInViewport();
    await expectStatus(second.page, names, OLD + 40, 'delivered');
  });
}

test('what comes all at once to a person at the end is not passed over @once', async ({ pair, names }) => {
  const { first, second } = pair;
  const { page } = first;
  const conversation = await openLongConversation(first, second, names);
  await first.context.setOffline(true);
  await sendMany(second, conversation, numberTexts(40, 'new'));
  await first.context.setOffline(false);
  await expect(messageAt(page, names, OLD + 1)).toBeInViewport();
  await expect(pillOf(page, '\\d+')).toBeVisible();
  await expect(messageAt(page, names, OLD + 40)).not.toBeInViewport();
  await expectStatus(second.page, names, OLD + 40, 'delivered');
});

test('each absence has its own divider @once', async ({ pair, names, texts }) => {
  const { first, second } = pair;
  const { page } = first;
  const conversation = await openLongConversation(first, second, names);
  for (const text of ['missed once', 'missed twice']) {
    await setFocused(page, false);
    await sendMany(second, conversation, [text]);
    await expect(page).toHaveTitle(/^\(1\)/);
    await expect(dividerOf(page, names)).toHaveCount(1);
    await expect
      .poll(async () => {
        const line = await dividerOf(page, names).boundingBox();
        const message = await messageOf(page, names, text).boundingBox();
        return Math.round((message?.y ?? 0) - (line?.y ?? 0) - (line?.height ?? 0));
      })
      .toBe(0);
    await setFocused(page, true);
    await expect(page).toHaveTitle(new RegExp(`^${texts.common.appName}`));
    await sendMany(second, conversation, ['seen']);
    await expect(messageOf(page, names, 'seen').last()).toBeInViewport();
  }
  await standAbove(logOf(page, names), 700);
  await sendMany(second, conversation, ['missed above']);
  await pillOf(page, 1).click();
  await expect(messageOf(page, names, 'missed above')).toBeInViewport();
  await expect(dividerOf(page, names)).toHaveCount(1);
  const [line, message] = await Promise.all([
    dividerOf(page, names).boundingBox(),
    messageOf(page, names, 'missed above').boundingBox(),
  ]);
  expect(Math.round((line?.y ?? 0) + (line?.height ?? 0))).toBe(Math.round(message?.y ?? 0));
});

test('one’s own message is shown at once, and what it passed over stays unread and is told', async ({
  pair,
  names,
  texts: { chat },
}) => {
  const { first, second } = pair;
  const { page } = first;
  const conversation = await openLongConversation(first, second, names);
  await standAbove(logOf(page, names), 900);
  await sendMany(second, conversation, numberTexts(40, 'new'));
  await expect(pillOf(page, 40)).toBeVisible();
  await sendMessage(page, names, 'my own word');
  await expect(messageOf(page, names, 'my own word')).toBeInViewport();
  const up = page.getByRole('button', { name: chat.timeline.toUnread });
  await expect(up).toBeVisible();
  await expectStatus(second.page, names, OLD + 40, 'delivered');
  await up.click();
  await expect(dividerOf(page, names)).toBeInViewport();
  await expect(messageAt(page, names, OLD + 1)).toBeInViewport();
  await expect(messageAt(second.page, names, OLD + 40)).toHaveAttribute('data-status', 'delivered');
  await expect(up).toHaveCount(0);
});

/** Puts a page into the background, or brings it back: Playwright's pages are all in front. */
async function setHidden(page: Page, isHidden: boolean): Promise<void> {
  await page.evaluate((isHidden) => {
    Object.defineProperty(document, 'visibilityState', {
      configurable: true,
      get: () => (isHidden ? 'hidden' : 'visible'),
    });
    Object.defineProperty(document, 'hidden', { configurable: true, get: () => isHidden });
    document.dispatchEvent(new Event('visibilitychange'));
  }, isHidden);
}
