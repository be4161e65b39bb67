import { numberTexts, sendMany } from './support/bulk.ts';
import {
  articlesOf,
  blockPartner,
  composerOf,
  goToConversation,
  messageAt,
  showList,
} from './support/conversation.ts';
import { entryOf, expect, messageOf, openConversation, sendMessage, test } from './support/test.ts';

test('what waits offline can be taken back before it goes, its text to the end of the draft @phone', async ({
  pair,
  names,
  texts,
  isPhone,
}) => {
  const { first, second } = pair;
  const { page, context } = first;
  await pair.openConversation(first, second);
  await openConversation(second.page, names, first.username);
  await sendMessage(page, names, 'before');
  await context.setOffline(true);
  const send = page.getByRole('button', { name: names.send, exact: true });
  for (const text of ['said in haste', 'meant', 'also in haste']) {
    await composerOf(page, names).fill(text);
    await send.click();
  }
  const takeBack = (text: string) =>
    messageOf(page, names, text).getByRole('button', { name: texts.chat.waiting.takeBack }).click();
  await takeBack('said in haste');
  await expect(messageOf(page, names, 'said in haste')).toHaveCount(0);
  await expect(composerOf(page, names)).toHaveValue('said in haste');
  // The text that is already in the composer is kept, and so is the text that comes back.
  await takeBack('also in haste');
  await expect(messageOf(page, names, 'also in haste')).toHaveCount(0);
  await expect(composerOf(page, names)).toHaveValue('said in haste\nalso in haste');
  await composerOf(page, names).fill('');

  await showList(page, names, isPhone);
  const row = entryOf(page, names, second.username);
  await expect(row).toContainText('meant');
  await expect(row).toContainText(texts.chat.status.sending);
  await goToConversation(page, names, second.username, isPhone);

  await context.setOffline(false);
  await expect(messageOf(page, names, 'meant')).toHaveAttribute('data-status', /delivered|read/);
  await expect(
    messageOf(page, names, 'meant').getByRole('button', { name: texts.chat.waiting.takeBack }),
  ).toHaveCount(0);
  await expect(articlesOf(second.page, names)).toContainText(['before', 'meant']);
  await expect(articlesOf(second.page, names)).toHaveCount(2);
});

test('a row shows a message that was refused, with its text, until it is dealt with @once', async ({
  pair,
  names,
  texts,
  isPhone,
}) => {
  const { first, second } = pair;
  const { page } = first;
  await pair.openConversation(first, second);
  await openConversation(second.page, names, first.username);
  await sendMessage(second.page, names, 'the last word');
  await blockPartner(second.page, texts.chat);
  await composerOf(page, names).fill('refused for good');
  await page.getByRole('button', { name: names.send, exact: true }).click();
  await expect(messageOf(page, names, 'refused for good')).toHaveAttribute('data-status', 'failed');
  await showList(page, names, isPhone);
  const row = entryOf(page, names, second.username);
  await expect(row).toContainText('refused for good');
  await expect(row).toContainText(texts.chat.status.failed);
  await page.reload();
  await expect(row).toContainText('refused for good');
  await goToConversation(page, names, second.username, isPhone);
  await messageOf(page, names, 'refused for good')
    .getByRole('button', { name: texts.chat.failed.discard })
    .click();
  await showList(page, names, isPhone);
  await expect(row).toContainText('the last word');
  await expect(row).not.toContainText(texts.chat.status.failed);
});

test('a press on the row of the open conversation goes to its newest message @once', async ({
  pair,
  names,
}) => {
  const { first, second } = pair;
  const { page } = first;
  const conversation = await pair.openConversation(first, second);
  // The viewer's own: with unread ones a conversation opens at the first of them.
  await sendMany(first, conversation, numberTexts(120));
  for (const path of [`/chat/${conversation}?m=3`, `/chat/${conversation}`]) {
    await page.goto(path);
    if (!path.includes('?m')) {
      await expect(messageAt(page, names, 120)).toBeInViewport();
      await page.getByRole('log').press('Home');
      await page.getByRole('log').evaluate((log) => log.scrollBy(0, -1500));
    }
    await expect(messageAt(page, names, 120)).not.toBeInViewport();
    await entryOf(page, names, second.username).click();
    await expect(messageAt(page, names, 120)).toBeInViewport();
    await expect(page).toHaveURL(new RegExp(`/chat/${conversation}$`));
  }
});

test('a row shows who is online, and typing in the place of what was said last @cluster @once', async ({
  pair,
  names,
  texts,
}) => {
  const { first, second } = pair;
  const { page } = first;
  await openConversation(second.page, names, first.username);
  await sendMessage(second.page, names, 'said before');
  await page.goto('/chat');
  const row = entryOf(page, names, second.username);
  const { online, typing } = texts.chat.header;
  await expect(row).toContainText('said before');
  await expect(row).toContainText(online);
  await composerOf(second.page, names).pressSequentially('hm');
  await expect(row).toContainText(typing);
  await expect(row).not.toContainText('said before');
  // It ends by itself when nothing more is typed.
  await expect(row).toContainText('said before');
  await second.page.goto('about:blank');
  await expect(row).not.toContainText(online, { timeout: 60_000 });
});

test('the offline banner moves nothing and covers no control', async ({ pair, names, isPhone }) => {
  const { first, second } = pair;
  const { page, context } = first;
  const conversation = await pair.openConversation(first, second);
  await sendMessage(page, names, 'stay where you are');
  for (const path of ['/chat', `/chat/${conversation}`, '/search', '/chat/new']) {
    await page.goto(path);
    const watched = page.locator('header:visible, [role=log], main li a:visible, main input:visible');
    await expect(watched.first()).toBeVisible();
    const read = () =>
      watched.evaluateAll((all) => all.map((one) => JSON.stringify(one.getBoundingClientRect())));
    const before = await read();
    await context.setOffline(true);
    const banner = page.getByRole('status').filter({ hasText: isPhone ? /^Offline/ : /^오프라인/ });
    await expect(banner).toBeVisible();
    expect(await read(), path).toEqual(before);
    const box = await banner.boundingBox();
    const covered = await page
      .locator('header a:visible, header button:visible, main input:visible')
      .evaluateAll(
        (all, [top, bottom]) =>
          all.filter((one) => {
            const { top: y, bottom: end } = one.getBoundingClientRect();
            return one.closest('nav') === null && y < bottom && end > top;
          }).length,
        [box?.y ?? 0, (box?.y ?? 0) + (box?.height ?? 0)] as const,
      );
    expect(covered, path).toBe(0);
    await context.setOffline(false);
    await expect(banner).toBeHidden();
  }
});
