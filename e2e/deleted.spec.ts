import { openLiveChat } from './support/account.ts';
import { deleteMessage, sendMany } from './support/bulk.ts';
import { logOf, messageAt } from './support/conversation.ts';
import { entryOf, expect, openConversation, test } from './support/test.ts';

test('a message that is deleted elsewhere loses its text in the open conversation, in the list and in its count @once', async ({
  pair,
  names,
  texts,
}) => {
  const { first, second } = pair;
  const conversation = await openConversation(second.page, names, first.username);
  await sendMany(second, conversation, ['first words', 'last words']);
  await openLiveChat(first.page);
  const entry = entryOf(first.page, names, second.username);
  await expect(entry).toContainText('last words');
  await expect(entry).toContainText(names.unread(2));

  await deleteMessage(second, conversation, 2);
  await expect(entry).toContainText(texts.chat.timeline.deleted);
  await expect(entry).toContainText(names.unread(1));
  await expect(messageAt(second.page, names, 2)).toContainText(texts.chat.timeline.deleted);
  await expect(messageAt(second.page, names, 1)).toContainText('first words');
  await expect(logOf(second.page, names)).not.toContainText('last words');

  await second.page.reload();
  await expect(messageAt(second.page, names, 2)).toContainText(texts.chat.timeline.deleted);
});
