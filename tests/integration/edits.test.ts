import { expect, test } from 'vitest';
import { getDb, getPool } from '#db/client.ts';
import { settleMail } from '#db/queries/mails.ts';
import { readMessageDetails } from '#lib/chat/read-message-details.ts';
import { setBlocked } from '#lib/chat/set-blocked.ts';
import { EDIT_HOURS } from '#lib/chat/sizes.ts';
import { collectMail } from '#lib/email/messages/collect.ts';
import { searchMessages } from '#lib/search/search-messages.ts';
import { askAbout, messageOf, readStored, refused, runLive } from '../support/change-messages.ts';
import { setUpDatabase } from '../support/database.ts';
import { nextEvent } from '../support/live.ts';
import { listMails, readMailedSeq, say } from '../support/mail.ts';
import { addPair, addPerson, type Person } from '../support/people.ts';
import { endUndos, findText } from '../support/undos.ts';

await setUpDatabase({ EMAIL_WINDOW_SECONDS: '0' });
const { connect } = runLive();

async function openPair() {
  const pair = await addPair();
  const { conversationId } = pair;
  const [firstClient, secondClient] = [await connect(pair.first), await connect(pair.second)];
  const mine = askAbout(firstClient, conversationId);
  const theirs = askAbout(secondClient, conversationId);
  return { ...pair, firstClient, secondClient, mine, theirs };
}

const listVersions = async (conversationId: string) => {
  const { rows } = await getPool().query(
    'select seq, version, body from message_versions where conversation_id = $1 order by seq, version',
    [conversationId],
  );
  return rows.map(({ seq, version, body }) => [seq, version, body]);
};

test('an edit is told to every connection of both at the next revision, and keeps the texts before', async () => {
  const { first, conversationId, firstClient, secondClient, mine, theirs } = await openPair();
  const otherTab = await connect(first);
  await say(first, conversationId, '첫 글', '다음 글');
  const updates = [firstClient, otherTab, secondClient].map((client) => nextEvent(client, 'message:update'));
  const message = messageOf(await mine.edit(1, '  고친 글 ', 1));
  expect(message).toMatchObject({ seq: 1, revision: 3, body: '고친 글', senderId: first.userId });
  expect(Date.parse(message.editedAt ?? '')).toBeGreaterThanOrEqual(Date.parse(message.createdAt));
  expect(await Promise.all(updates)).toEqual([message, message, message]);
  expect(await theirs.history()).toMatchObject([message, { seq: 2, body: '다음 글' }]);
  expect(await theirs.sync(2)).toEqual([message]);

  expect(messageOf(await mine.edit(1, '또 고친 글', 3)).createdAt).toBe(message.createdAt);
  expect(await listVersions(conversationId)).toEqual([
    [1, 1, '첫 글'],
    [1, 2, '고친 글'],
  ]);
});

test('nobody edits the words of another, what is not there, or with what is no text', async () => {
  const { first, conversationId, mine, theirs } = await openPair();
  const stranger = askAbout(await connect(await addPerson('낯선이')), conversationId);
  await say(first, conversationId, '내 말');
  const before = await readStored(conversationId);
  for (const other of [theirs, stranger])
    expect(await other.edit(1, '네 말', 1)).toEqual(refused('not_found'));
  expect(await mine.edit(2, '없는 말', 1)).toEqual(refused('not_found'));
  expect(await mine.edit(1, ' \u200b ', 1)).toEqual(refused('invalid'));
  expect(await mine.edit(1, '\0', 1)).toEqual(refused('invalid'));
  expect(await mine.edit(1, '가', 0)).toEqual(refused('invalid'));
  expect(await mine.edit(1, '가'.repeat(4001), 1)).toEqual(refused('too_long'));
  expect(await readStored(conversationId)).toEqual(before);
  expect(messageOf(await mine.edit(1, '가'.repeat(4000), 1)).body).toHaveLength(4000);
});

test('a text can be edited for a day by the server’s clock', async () => {
  const { first, conversationId, mine } = await openPair();
  await say(first, conversationId, '어제 한 말');
  const move = (by: string) =>
    getPool().query('update messages set created_at = now() - $2::interval where conversation_id = $1', [
      conversationId,
      by,
    ]);
  await move(`${EDIT_HOURS} hours -1 minutes`);
  expect(messageOf(await mine.edit(1, '늦지 않게 고친 말', 1)).body).toBe('늦지 않게 고친 말');
  await move(`${EDIT_HOURS} hours 1 second`);
  const before = await readStored(conversationId);
  expect(await mine.edit(1, '늦은 말', 2)).toEqual(refused('too_late'));
  // Whoever only missed the acknowledgement of an edit that came in time is told so.
  expect(messageOf(await mine.edit(1, '늦지 않게 고친 말', 1)).revision).toBe(2);
  expect(await readStored(conversationId)).toEqual(before);
});

test('an edit of a text that has changed since is refused; a reaction is no such change', async () => {
  const { first, conversationId, mine, theirs } = await openPair();
  const otherDevice = askAbout(await connect(first), conversationId);
  await say(first, conversationId, '처음');
  messageOf(await theirs.react(1, '👍'));
  expect(messageOf(await mine.edit(1, '한 기기에서', 1)).revision).toBe(3);
  const before = await readStored(conversationId);
  for (const base of [1, 2]) {
    expect(await otherDevice.edit(1, '다른 기기에서', base)).toEqual(refused('conflict'));
  }
  expect(await readStored(conversationId)).toEqual(before);
  messageOf(await theirs.react(1, '🎉'));
  const edited = messageOf(await otherDevice.edit(1, '다른 기기에서', 3));
  expect(edited).toMatchObject({ revision: 5, body: '다른 기기에서', reactions: [{}, {}] });
});

test('of two edits at once from the same text one is made, and the other refused', async () => {
  const { first, conversationId, mine } = await openPair();
  const otherDevice = askAbout(await connect(first), conversationId);
  await say(first, conversationId, '처음');
  const acks = await Promise.all([mine.edit(1, '하나', 1), otherDevice.edit(1, '둘', 1)]);
  expect(acks.map((ack) => (ack.ok ? 'made' : ack.error.code)).toSorted()).toEqual(['conflict', 'made']);
  expect(await listVersions(conversationId)).toEqual([[1, 1, '처음']]);
});

test('an edit whose acknowledgement was lost is answered again, takes no revision and tells nobody', async () => {
  const { first, conversationId, secondClient, mine } = await openPair();
  await say(first, conversationId, '처음');
  const told: number[] = [];
  secondClient.on('message:update', ({ revision }) => told.push(revision));
  const acks = await Promise.all(Array.from({ length: 5 }, () => mine.edit(1, '고침', 1)));
  const before = await readStored(conversationId);
  acks.push(await mine.edit(1, '고침', 1));
  expect(new Set(acks.map((ack) => messageOf(ack).revision))).toEqual(new Set([2]));
  expect(await readStored(conversationId)).toEqual(before);
  await secondClient.emitWithAck('conversation:list', {});
  expect(told).toEqual([2]);
});

test('new words do not pass a block, set by either', async () => {
  for (const blocker of ['first', 'second'] as const) {
    const pair = await openPair();
    const { first, conversationId, mine } = pair;
    await say(first, conversationId, '처음');
    await setBlocked({ viewerId: pair[blocker].userId, conversationId, blocked: true });
    const before = await readStored(conversationId);
    expect(await mine.edit(1, '고침', 1)).toEqual(refused('blocked'));
    expect(await readStored(conversationId)).toEqual(before);
    await setBlocked({ viewerId: pair[blocker].userId, conversationId, blocked: false });
    expect(messageOf(await mine.edit(1, '고침', 1)).body).toBe('고침');
  }
});

test('a deleted message is not edited, and its earlier texts are nowhere', async () => {
  const { first, conversationId, mine } = await openPair();
  await say(first, conversationId, '비밀 카나리아 하나');
  messageOf(await mine.edit(1, '비밀 카나리아 둘', 1));
  messageOf(await mine.remove(1));
  expect(await mine.edit(1, '되살린 글', 3)).toEqual(refused('conflict'));
  expect(await listVersions(conversationId)).toEqual([]);
  await endUndos();
  expect(await findText('비밀 카나리아')).toEqual([]);
});

test('search, list and links follow an edit; order, unread count, cursors and mail do not', async () => {
  const { first, second, conversationId, mine, theirs } = await openPair();
  const other = await addPair();
  await say(first, conversationId, '노란 기린', '파란 고래');
  await collectMail({ conversationId, recipientId: second.userId });
  const before = await theirs.entry();
  const mails = (await listMails(second.userId)).length;
  const [mailedSeq] = [await readMailedSeq(conversationId, second.userId)];
  await say(other.first, other.conversationId, '다른 대화');

  messageOf(await mine.edit(2, '초록 하마', 2));
  const find = async (query: string) => {
    const found = await searchMessages({ viewerId: second.userId, query });
    return found.ok && found.value.hits.map(({ message }) => message.body);
  };
  expect(await find('파란 고래')).toEqual([]);
  expect(await find('고래')).toEqual([]);
  expect(await find('초록 하마')).toEqual(['초록 하마']);
  expect(await theirs.entry()).toEqual({
    ...before,
    revision: 3,
    lastMessage: { ...before.lastMessage, body: '초록 하마' },
  });
  expect(before).toMatchObject({ unread: 2, lastMessage: { seq: 2 } });
  await collectMail({ conversationId, recipientId: second.userId });
  expect(await listMails(second.userId)).toHaveLength(mails);
  expect(await readMailedSeq(conversationId, second.userId)).toBe(mailedSeq);
  const { rows } = await getPool().query(
    'select last_message_at = (select created_at from messages where conversation_id = c.id and seq = 2) as kept from conversations c where id = $1',
    [conversationId],
  );
  expect(rows).toEqual([{ kept: true }]);
});

test('both read the earlier texts in the details; of the partner’s message nothing else is told', async () => {
  const { first, second, conversationId, mine, theirs } = await openPair();
  await say(first, conversationId, '처음');
  const { editedAt: firstEditAt } = messageOf(await mine.edit(1, '둘째', 1));
  const { createdAt: sentAt, editedAt } = messageOf(await mine.edit(1, '셋째', 2));
  await theirs.deliver(1);
  const readDetails = async (viewer: Person, seq = 1) => {
    const answer = await readMessageDetails({ viewerId: viewer.userId, conversationId, seq });
    return answer.ok ? answer.value.details : answer.error.code;
  };
  const versions = [
    { body: '처음', at: firstEditAt },
    { body: '둘째', at: editedAt },
  ];
  expect(await readDetails(second)).toEqual({ sentAt, versions });
  expect(await readDetails(first)).toEqual({ sentAt, versions, delivered: { at: expect.any(String) } });
  expect(await readDetails(await addPerson('낯선이'))).toBe('not_found');
  messageOf(await mine.remove(1));
  expect(await readDetails(second)).toEqual({ sentAt });
});

test('the details say of a mail that it shows the text before an edit', async () => {
  const { first, second, conversationId, mine } = await openPair();
  await say(first, conversationId, '처음', '그대로');
  await collectMail({ conversationId, recipientId: second.userId });
  const [{ id }] = await listMails(second.userId);
  await settleMail(getDb(), id, 'sent');
  messageOf(await mine.edit(1, '나중', 1));
  const mails = [];
  for (const seq of [1, 2]) {
    const answer = await readMessageDetails({ viewerId: first.userId, conversationId, seq });
    mails.push(answer.ok && answer.value.details.mail);
  }
  const sentAt = expect.any(String);
  expect(mails).toEqual([{ sentAt, showsEarlierText: true }, { sentAt }]);
});
