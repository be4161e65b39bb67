import { openLiveChat } from './support/account.ts';
import {
  articlesOf,
  composerOf,
  goToConversation,
  setFocused,
  watchStatuses,
} from './support/conversation.ts';
import { expect, messageOf, openConversation, sendMessage, test } from './support/test.ts';

test('a message is sending, sent, delivered, and read only when it was looked at @cluster', async ({
  pair,
  names,
  isPhone,
}) => {
  const { first, second } = pair;
  await pair.openConversation(first, second);
  await second.page.goto('about:blank');
  const statusesOf = await watchStatuses(first.page, names, 'are you there');
  await sendMessage(first.page, names, 'are you there');
  await expect.poll(statusesOf).toEqual(['sending', 'sent']);

  await openLiveChat(second.page);
  await expect.poll(statusesOf).toEqual(['sending', 'sent', 'delivered']);

  await setFocused(second.page, false);
  await goToConversation(second.page, names, first.username, isPhone);
  await expect(messageOf(second.page, names, 'are you there')).toBeInViewport();
  // A later message is delivered but not read while the page is open in the background.
  await sendMessage(first.page, names, 'still there');
  await expect(messageOf(second.page, names, 'still there')).toBeInViewport();
  await expect(messageOf(first.page, names, 'still there')).toHaveAttribute('data-status', 'delivered');
  expect(await statusesOf()).toEqual(['sending', 'sent', 'delivered']);

  await setFocused(second.page, true);
  await expect.poll(statusesOf).toEqual(['sending', 'sent', 'delivered', 'read']);
});

test('two tabs of one person show the same @cluster @once', async ({ pair, names }) => {
  const { first, second } = pair;
  await pair.openConversation(first, second);
  const tab = await first.context.newPage();
  await tab.goto(first.page.url());
  await openConversation(second.page, names, first.username);
  await sendMessage(first.page, names, 'from the first tab');
  await sendMessage(tab, names, 'from the second tab');
  await sendMessage(second.page, names, 'from the other side');
  for (const page of [first.page, tab]) {
    const articles = articlesOf(page, names);
    await expect(articles).toContainText(['first tab', 'second tab', 'other side']);
    await expect(articles.nth(0)).toHaveAttribute('data-status', 'read');
    await expect(articles.nth(1)).toHaveAttribute('data-status', 'read');
  }
});

test('Enter sends and Shift+Enter breaks the line; on a touch screen Enter breaks it', async ({
  pair,
  names,
  isPhone,
}) => {
  const { page } = pair.first;
  await pair.openConversation(pair.first, pair.second);
  const box = composerOf(page, names);
  await box.fill('one');
  await box.press(isPhone ? 'Enter' : 'Shift+Enter');
  await box.pressSequentially('two');
  await expect(box).toHaveValue('one\ntwo');
  await expect(articlesOf(page, names)).toHaveCount(0);
  if (isPhone) await page.getByRole('button', { name: names.send, exact: true }).tap();
  else await box.press('Enter');
  await expect(box).toHaveValue('');
  await expect(articlesOf(page, names)).toHaveCount(1);
  await expect(messageOf(page, names, 'one').locator('p[dir]')).toHaveText('one\ntwo', {
    useInnerText: true,
  });
});

test('blank text is not sent, and text over the limit is kept with the reason @phone', async ({
  pair,
  names,
}) => {
  const { page } = pair.first;
  await pair.openConversation(pair.first, pair.second);
  const box = composerOf(page, names);
  const send = page.getByRole('button', { name: names.send, exact: true });
  await box.fill(' \n  ');
  await expect(send).toHaveAttribute('aria-disabled', 'true');
  await send.click({ force: true });

  const long = '🌿'.repeat(4001);
  await box.fill(long);
  await expect(box).toHaveAttribute('aria-invalid', 'true');
  await expect(page.getByRole('alert').filter({ hasText: '4,000' })).toBeVisible();
  await expect(box).toHaveAccessibleDescription(/4,000/);
  await send.click({ force: true });
  await box.press('Control+Enter');
  await expect(box).toHaveValue(long);

  await box.fill('🌿'.repeat(4000));
  await expect(box).not.toHaveAttribute('aria-invalid');
  await send.click();
  await expect(articlesOf(page, names)).toHaveCount(1);
  await expect(articlesOf(page, names)).toHaveAttribute('data-status', /sent|delivered/);
  await expect(box).toHaveValue('');
});

test('the other sees that one writes, until the message comes @cluster', async ({ pair, names, texts }) => {
  const { first, second } = pair;
  await pair.openConversation(first, second);
  await openConversation(second.page, names, first.username);
  const sign = first.page.locator('#main').getByText(texts.chat.header.typing);
  await expect(sign).toBeHidden();
  await composerOf(second.page, names).pressSequentially('hm');
  await expect(sign).toBeVisible();
  // The sign of cleared words goes before its time, which is five seconds.
  await composerOf(second.page, names).fill('');
  await expect(sign).toBeHidden({ timeout: 3_000 });
  await composerOf(second.page, names).pressSequentially('hm');
  await expect(sign).toBeVisible();
  await second.page.getByRole('button', { name: names.send, exact: true }).click();
  await expect(messageOf(first.page, names, 'hm')).toBeVisible();
  await expect(sign).toBeHidden();
  await expect(articlesOf(second.page, names)).toHaveCount(1);
});
