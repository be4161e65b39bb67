import { openLiveChat } from './support/account.ts';
import { entryOf, expect, messageOf, sendMessage, test } from './support/test.ts';

test('two people find each other, talk live, and see it in both lists @cluster', async ({
  addPerson,
  names,
  isPhone,
}) => {
  const [first, second] = await Promise.all([addPerson('민지'), addPerson('junho')]);
  await Promise.all([openLiveChat(first.page), openLiveChat(second.page)]);
  await first.page.getByRole('link', { name: names.newMessage }).first().click();
  await first.page.getByRole('searchbox', { name: names.searchPeople }).fill(second.username);
  await first.page.getByRole('option', { name: second.username }).click();
  await expect(first.page).toHaveURL(/\/chat\/[0-9a-f-]{36}$/);
  const conversationId = first.page.url().split('/').at(-1);
  await sendMessage(first.page, names, '안녕하세요, 반가워요');

  const entry = entryOf(second.page, names, first.username);
  await expect(entry).toContainText('안녕하세요, 반가워요');
  await expect(entry).toContainText(names.unread(1));
  await entry.click();
  await expect(second.page).toHaveURL(new RegExp(`/chat/${conversationId}`));
  await expect(messageOf(second.page, names, '반가워요')).toBeVisible();
  await expect(messageOf(first.page, names, '반가워요')).toHaveAttribute('data-status', 'read');

  await sendMessage(second.page, names, '저도요');
  await expect(messageOf(first.page, names, '저도요')).toBeVisible();
  if (isPhone) await second.page.goto('/chat');
  await expect(entryOf(second.page, names, first.username)).toContainText('저도요');

  await first.page.reload();
  await expect(messageOf(first.page, names, '저도요')).toBeVisible();
  await expect(first.page.getByRole('log', { name: names.timeline }).getByRole('article')).toHaveCount(2);
});
