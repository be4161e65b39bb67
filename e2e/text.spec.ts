import { settingsPages } from '../components/settings/pages.ts';
import { sendMany } from './support/bulk.ts';
import { messageAt } from './support/conversation.ts';
import { expect, openConversation, test } from './support/test.ts';

const LRO = '\u202d';
const RLO = '\u202e';

test('addresses are links, and nothing else is @once', async ({ pair, names }) => {
  const { first, second } = pair;
  const { page } = first;
  const conversation = await pair.openConversation(first, second);
  const cases: [body: string, text: string | null, href?: string][] = [
    ['https://example.com/길에서 만나요', 'https://example.com/길에서', undefined],
    ['https://example.com에서 봐요', 'https://example.com', 'https://example.com'],
    ['(https://example.com/a_(b))', 'https://example.com/a_(b)', 'https://example.com/a_(b)'],
    ['"http://example.com/x?y=1&z=2".', 'http://example.com/x?y=1&z=2', 'http://example.com/x?y=1&z=2'],
    ['mail me@example.com', 'me@example.com', 'mailto:me@example.com'],
    ['javascript:alert(1)', null],
    ['data:text/html,<b>x</b>', null],
    ['ftp://example.com/file', null],
  ];
  await sendMany(
    second,
    conversation,
    cases.map(([body]) => body),
  );
  for (const [index, [body, text, href]] of cases.entries()) {
    const message = messageAt(page, names, index + 1);
    await expect(message).toContainText(body);
    const links = message.getByRole('link');
    if (text === null) {
      await expect(links, body).toHaveCount(0);
      continue;
    }
    await expect(links, body).toHaveText([text]);
    if (href)
      await expect(links).toHaveAttribute('href', new RegExp(`^${href.replace(/[()?.]/g, '\\$&')}/?$`));
    await expect(links).toHaveAttribute('rel', 'noopener noreferrer nofollow');
    await expect(links).toHaveAttribute('target', '_blank');
  }
});

test('markup is text @once', async ({ pair, names }) => {
  const { first, second } = pair;
  const { page } = first;
  const conversation = await pair.openConversation(first, second);
  const bodies = [
    '<img src=x onerror="window.hacked=1">',
    '<script>window.hacked=1</script>',
    '**&amp; _x_**',
  ];
  await sendMany(second, conversation, bodies);
  for (const [index, body] of bodies.entries()) {
    await expect(messageAt(page, names, index + 1)).toContainText(body);
  }
  await page.reload();
  await expect(messageAt(page, names, 1)).toContainText(bodies[0] as string);
  expect(await page.evaluate(() => 'hacked' in window)).toBe(false);
  await expect(page.getByRole('log').locator('img, script, b, em')).toHaveCount(0);
});

test('bidi controls reorder nothing around their message @once', async ({ pair, names, isPhone }) => {
  const { first, second } = pair;
  const { page } = first;
  const conversation = await openConversation(second.page, names, first.username);
  await sendMany(second, conversation, ['plain words']);
  await page.goto(`/chat/${conversation}`);
  const timeOf = (seq: number) => messageAt(page, names, seq).locator('time');
  await sendMany(first, conversation, ['x']);
  const plain = await messageAt(page, names, 1).evaluate(measureBubble);
  await sendMany(second, conversation, [`${RLO}plain words`, `${LRO}${RLO}plain words`]);
  await expect(messageAt(page, names, 4)).toBeVisible();
  for (const seq of [3, 4]) {
    const odd = await messageAt(page, names, seq).evaluate(measureBubble);
    expect(odd.left).toBe(plain.left);
    expect(odd.direction).toBe('ltr');
  }
  const [bubble, time] = await Promise.all([
    messageAt(page, names, 4).locator('p[dir]').boundingBox(),
    timeOf(4).boundingBox(),
  ]);
  expect(time?.x).toBeGreaterThan((bubble?.x ?? 0) + (bubble?.width ?? 0));
  await expect(timeOf(4)).toHaveText(/\d:\d\d/);

  // The list's preview is isolated from the name and the time beside it.
  if (isPhone) await page.goto('/chat');
  const preview = page.getByRole('navigation', { name: names.chats }).locator('bdi', { hasText: RLO });
  expect(await preview.evaluate((element) => getComputedStyle(element).unicodeBidi)).toMatch(/isolate/);
});

test('one to three emoji alone are large @phone', async ({ pair, names }) => {
  const { first, second } = pair;
  const { page } = first;
  const conversation = await pair.openConversation(first, second);
  await sendMany(second, conversation, ['글자', '👩‍👩‍👧', '🇰🇷👍🏽🫶', '👍👍👍👍', '👍 ok']);
  await expect(messageAt(page, names, 5)).toBeVisible();
  const sizes = await page
    .getByRole('log')
    .locator('article p[dir]')
    .evaluateAll((all) => all.map((one) => Number.parseFloat(getComputedStyle(one).fontSize)));
  const [text, family, three, four, mixed] = sizes as [number, number, number, number, number];
  expect(family).toBeGreaterThan(text * 1.5);
  expect(three).toBe(family);
  expect(four).toBe(text);
  expect(mixed).toBe(text);
});

test('a word of 500 characters makes no sideways scroll at 320 px @phone', async ({ pair, names }) => {
  const { first, second } = pair;
  const { page } = first;
  await page.setViewportSize({ width: 320, height: 640 });
  const conversation = await openConversation(second.page, names, first.username);
  const word = `needle${'W'.repeat(494)}`;
  await sendMany(second, conversation, [word, `https://example.com/${'a'.repeat(480)}`, word]);
  const settingsPaths = settingsPages.map((name) => `/settings/${name}`);
  for (const path of [
    `/chat/${conversation}`,
    '/chat',
    `/search?q=needleW`,
    '/chat/new?q=zz',
    ...settingsPaths,
  ]) {
    await page.goto(path);
    if (path.startsWith('/search')) await expect(page.locator('mark').first()).toBeVisible();
    else if (path.endsWith(conversation)) await expect(messageAt(page, names, 1)).toBeVisible();
    await expect(page.locator('body')).toBeVisible();
    const width = await page.evaluate(() => document.documentElement.scrollWidth);
    expect(width, path).toBeLessThanOrEqual(320);
    const wide = await page.evaluate(() =>
      [...document.querySelectorAll('[role=log], nav, main, main > div')]
        .filter((element) => element.scrollWidth > element.clientWidth + 1)
        .map((element) => element.outerHTML.slice(0, 80)),
    );
    expect(wide, path).toEqual([]);
  }
});

function measureBubble(article: Element): { left: number; direction: string } {
  const text = article.querySelector('p[dir]') as HTMLElement;
  return {
    left: Math.round((text.parentElement as HTMLElement).getBoundingClientRect().left),
    direction: getComputedStyle(text).direction,
  };
}

test('a message of which nothing would be seen is not sent @once', async ({ pair, names }) => {
  const { page } = pair.first;
  const conversation = await pair.openConversation(pair.first, pair.second);
  const box = page.getByRole('textbox', { name: names.composer });
  const send = page.getByRole('button', { name: names.send, exact: true });
  for (const text of ['\u200b\u200d', '\u3164', '\u2800', '\ufe0f', '\u00ad \u2060']) {
    await box.fill(text);
    await expect(send).toHaveAttribute('aria-disabled', 'true');
    await send.click({ force: true });
    await expect(box).toHaveValue(text);
    await expect(sendMany(pair.first, conversation, [text])).rejects.toThrow('invalid');
  }
  await box.fill('보여요\u3164');
  await send.click();
  await expect(messageAt(page, names, 1)).toContainText('보여요');
  await expect(page.getByRole('article')).toHaveCount(1);
});

test('the composer’s frame is quiet, and shows who comes by the keyboard @once', async ({ pair, names }) => {
  const { page } = pair.first;
  await pair.openConversation(pair.first, pair.second);
  const box = page.getByRole('textbox', { name: names.composer });
  const ringOf = () =>
    box.evaluate((element) => getComputedStyle(element.parentElement as Element).boxShadow);
  await expect(box).toBeFocused();
  const quiet = await ringOf();
  await box.click();
  await box.pressSequentially('안녕');
  expect(await ringOf()).toBe(quiet);
  await page.keyboard.press('Tab');
  await page.keyboard.press('Shift+Tab');
  await expect(box).toBeFocused();
  await expect.poll(ringOf).not.toBe(quiet);
});
