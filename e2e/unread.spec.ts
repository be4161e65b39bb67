import { openLiveChat } from './support/account.ts';
import { numberTexts, sendMany } from './support/bulk.ts';
import { goToConversation, logOf, messageAt, setFocused, showList } from './support/conversation.ts';
import type { Names } from './support/names.ts';
import { entryOf, expect, openConversation, type Person, test } from './support/test.ts';

test('what is unread is counted in the list and the title, and reading in one tab clears the others @cluster', async ({
  pair,
  names,
  isPhone,
  texts,
}) => {
  const { first, second } = pair;
  const conversation = await openConversation(second.page, names, first.username);
  await openLiveChat(first.page);
  const tab = await first.context.newPage();
  await openLiveChat(tab);
  await sendMany(second, conversation, ['one', 'two', 'three']);
  for (const page of [first.page, tab]) {
    await expect(entryOf(page, names, second.username)).toContainText(names.unread(3));
    await expect(page).toHaveTitle(new RegExp(`^\\(3\\) .*${texts.common.appName}`));
  }

  await goToConversation(tab, names, second.username, isPhone);
  await expect(messageAt(tab, names, 3)).toBeInViewport();
  await expect(tab).toHaveTitle(new RegExp(`^${texts.common.appName}`), { timeout: 2_000 });
  await expect(first.page).toHaveTitle(new RegExp(`^${texts.common.appName}`), { timeout: 2_000 });
  await expect(entryOf(first.page, names, second.username)).not.toContainText(names.unread(3));
});

/** A conversation of 40 messages that the first person has read, and three that came since. */
async function leaveUnread(first: Person, second: Person, names: Names): Promise<string> {
  const conversation = await openConversation(second.page, names, first.username);
  await sendMany(second, conversation, numberTexts(40, 'old'));
  await first.page.goto(`/chat/${conversation}?m=40`);
  await expect(messageAt(second.page, names, 40)).toHaveAttribute('data-status', 'read');
  await first.page.goto('/chat');
  await sendMany(second, conversation, numberTexts(3, 'new'));
  return conversation;
}

test('the divider stands above the first unread message and stays during the visit @once', async ({
  pair,
  names,
  isPhone,
  texts,
}) => {
  const { first, second } = pair;
  const { page } = first;
  const conversation = await leaveUnread(first, second, names);
  await expect(entryOf(page, names, second.username)).toContainText(names.unread(3));

  await goToConversation(page, names, second.username, isPhone);
  const divider = page.getByRole('separator', { name: names.divider });
  await expect(divider).toBeInViewport();
  const expectPlace = async () => {
    const tops = await Promise.all(
      [messageAt(page, names, 40), divider, messageAt(page, names, 41)].map(
        async (one) => (await one.boundingBox())?.y ?? Number.NaN,
      ),
    );
    expect(tops).toEqual([...tops].sort((a, b) => a - b));
  };
  await expectPlace();
  await expect(page).toHaveTitle(new RegExp(`^${texts.common.appName}`));
  await sendMany(second, conversation, ['newest']);
  await expect(messageAt(page, names, 44)).toBeVisible();
  await expectPlace();
  await expect(divider).toHaveCount(1);
  await expect(messageAt(second.page, names, 44)).toHaveAttribute('data-status', 'read');

  await showList(page, names, isPhone);
  await page.reload();
  await goToConversation(page, names, second.username, isPhone);
  await expect(messageAt(page, names, 44)).toBeInViewport();
  await expect(divider).toHaveCount(0);
});

test('a conversation that opens with a few unread at its end goes on with what comes @phone', async ({
  pair,
  names,
}) => {
  const { first, second } = pair;
  const { page } = first;
  const conversation = await leaveUnread(first, second, names);
  // The page is scrolled before its scripts run, and scrolling to the same place again fires no event.
  await page.addInitScript(() => {
    const swallow = (event: Event) => event.stopImmediatePropagation();
    window.addEventListener('scroll', swallow, true);
    Object.assign(window, { hearScrolling: () => window.removeEventListener('scroll', swallow, true) });
  });
  await page.goto(`/chat/${conversation}`);
  await expect(messageAt(page, names, 43)).toBeInViewport();
  await expect(messageAt(second.page, names, 43)).toHaveAttribute('data-status', 'read');
  await page.evaluate(() => (window as unknown as { hearScrolling(): void }).hearScrolling());
  await sendMany(second, conversation, numberTexts(12, 'newest'));
  await expect(messageAt(page, names, 55)).toBeInViewport();
  await expect(messageAt(second.page, names, 55)).toHaveAttribute('data-status', 'read');
});

test('what comes into a conversation that one looks at is never counted in the list @once', async ({
  pair,
  names,
  isPhone,
}) => {
  const { first, second } = pair;
  const { page } = first;
  const conversation = await openConversation(second.page, names, first.username);
  // A count is shown when it has lasted a tenth of a second; on a busy machine a frame can take that long.
  await page.addInitScript(() => {
    const original = window.setTimeout;
    const later = (run: () => void, ms?: number) => original(run, ms === 100 ? 10_000 : ms);
    Object.assign(window, { setTimeout: later });
  });
  await openLiveChat(page);
  const entry = entryOf(page, names, second.username);
  await sendMany(second, conversation, numberTexts(5, 'old'));
  await page.reload();
  await expect(entry).toContainText(names.unread(5));
  const seen = await entry.evaluateHandle((element) => {
    const texts: string[] = [];
    const note = () => texts.push(element.textContent ?? '');
    new MutationObserver(note).observe(element, { childList: true, characterData: true, subtree: true });
    return texts;
  });
  // Fewer than fill the screen, so nothing is skipped.
  await goToConversation(page, names, second.username, isPhone);
  await sendMany(second, conversation, numberTexts(8, 'new'));
  await expect(entry).toContainText('new 008');
  await expect(messageAt(second.page, names, 13)).toHaveAttribute('data-status', 'read');
  const texts = await seen.jsonValue();
  expect(texts.at(-1)).toContain('new 008');
  const counts = Array.from({ length: 13 }, (_, index) => names.unread(index + 1));
  const isCounted = (text: string) => text.includes('new ') && counts.some((count) => text.endsWith(count));
  expect(texts.filter(isCounted)).toEqual([]);
});

test('a conversation opens at the first of many unread messages, and of very many', async ({
  pair,
  names,
  isPhone,
}) => {
  const { first, second } = pair;
  const { page } = first;
  const conversation = await openConversation(second.page, names, first.username);
  await openLiveChat(page);
  await sendMany(second, conversation, numberTexts(120));
  const divider = page.getByRole('separator', { name: names.divider });
  const expectStatus = async (seq: number, status: string) => {
    await second.page.goto(`/chat/${conversation}?m=${seq}`);
    await expect(messageAt(second.page, names, seq)).toHaveAttribute('data-status', status);
  };
  for (const open of [
    () => goToConversation(page, names, second.username, isPhone),
    () => page.goto(`/chat/${conversation}`),
  ]) {
    await open();
    await expect(divider).toBeInViewport();
    await expect(messageAt(page, names, 120)).not.toBeInViewport();
    await expectStatus(1, 'read');
    await expectStatus(120, 'delivered');
  }

  await page.goto('/chat');
  await sendMany(second, conversation, numberTexts(100, 'more'));
  await page.goto(`/chat/${conversation}`);
  await expect(divider).toBeInViewport();
  await expectStatus(220, 'delivered');
  // The first press goes on to what is unread, the second to the end, which was not loaded yet.
  const below = page.getByRole('button', { name: /^(아래에|\d+\+? more below)/ });
  await below.click();
  await expect(divider).toBeInViewport();
  await expect(messageAt(page, names, 220)).not.toBeInViewport();
  await below.click();
  await expect(messageAt(page, names, 220)).toBeInViewport();
});

test('messages that are not on the screen are not read, also when some are tall @once', async ({
  pair,
  names,
}) => {
  const { first, second } = pair;
  const { page } = first;
  const conversation = await openConversation(second.page, names, first.username);
  const texts = numberTexts(60).map((text, index) =>
    index % 6 === 0 ? `${text} ${'long '.repeat(120)}` : text,
  );
  await sendMany(second, conversation, texts);
  await page.goto(`/chat/${conversation}`);
  await expect(messageAt(page, names, 1)).toBeInViewport();
  await second.page.goto(`/chat/${conversation}?m=1`);
  await expect(messageAt(second.page, names, 1)).toHaveAttribute('data-status', 'read');
  const log = logOf(page, names);
  const seen = await log.evaluate(async (scroller) => {
    for (let frame = 0; frame < 30; frame++) await new Promise(requestAnimationFrame);
    const { bottom } = scroller.getBoundingClientRect();
    const rows = [...scroller.querySelectorAll<HTMLElement>('article[data-seq]')];
    return Math.max(
      ...rows.filter((row) => row.getBoundingClientRect().top < bottom).map((row) => Number(row.dataset.seq)),
    );
  });
  expect(seen).toBeLessThan(40);
  await second.page.goto(`/chat/${conversation}?m=${seen + 1}`);
  await expect(messageAt(second.page, names, seen + 1)).toHaveAttribute('data-status', 'delivered');
});

test('what is loaded below the end of an older part is not passed over as read @once', async ({
  pair,
  names,
}) => {
  const { first, second } = pair;
  const { page } = first;
  const conversation = await openConversation(second.page, names, first.username);
  await sendMany(second, conversation, numberTexts(100));
  let letThrough = () => {};
  const mayPass = new Promise<void>((resolve) => {
    letThrough = resolve;
  });
  let asked = 0;
  await page.routeWebSocket(/socket\.io/, (client) => {
    const server = client.connectToServer();
    client.onMessage(async (message) => {
      if (String(message).includes('afterSeq')) {
        asked += 1;
        await mayPass;
      }
      server.send(message);
    });
  });
  await page.goto(`/chat/${conversation}?m=30`);
  await expect(messageAt(page, names, 30)).toBeInViewport();
  const log = logOf(page, names);
  // The window reaches to seq 54 or so, and what is below it is on its way.
  await expect(async () => {
    await log.evaluate((scroller) => scroller.scrollTo(0, scroller.scrollHeight));
    await expect(messageAt(page, names, 54)).toBeInViewport({ timeout: 500 });
    expect(asked).toBeGreaterThan(0);
  }).toPass();
  letThrough();
  await expect(messageAt(page, names, 57)).toBeAttached();
  await log.evaluate(async () => {
    for (let frame = 0; frame < 20; frame++) await new Promise(requestAnimationFrame);
  });
  await expect(messageAt(page, names, 54)).toBeInViewport();
  await expect(messageAt(page, names, 100)).not.toBeInViewport();
  await expect(messageAt(second.page, names, 100)).toHaveAttribute('data-status', 'delivered');
});

test('what comes while nobody looks is unread, with a divider, until the person is back @phone', async ({
  pair,
  names,
  texts,
}) => {
  const { first, second } = pair;
  const { page } = first;
  const conversation = await pair.openConversation(first, second);
  await sendMany(second, conversation, ['seen']);
  await expect(messageAt(page, names, 1)).toBeInViewport();
  await expect(page).toHaveTitle(new RegExp(`^${texts.common.appName}`));
  await setFocused(page, false);
  await sendMany(second, conversation, ['missed']);
  await expect(page).toHaveTitle(/^\(1\)/);
  await expect(logOf(page, names).getByRole('separator', { name: names.divider })).toBeVisible();
  await setFocused(page, true);
  await expect(page).toHaveTitle(new RegExp(`^${texts.common.appName}`));
});
