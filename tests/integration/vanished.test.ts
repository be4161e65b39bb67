import { expect, test } from 'vitest';
import { getDb, getPool } from '#db/client.ts';
import { recordAttempt, settleMail } from '#db/queries/mails.ts';
import { setBlocked } from '#lib/chat/set-blocked.ts';
import { startConversation } from '#lib/chat/start-conversation.ts';
import { collectMail } from '#lib/email/messages/collect.ts';
import { askAbout, messageOf, runLive } from '../support/change-messages.ts';
import { setUpDatabase } from '../support/database.ts';
import { listMails, say } from '../support/mail.ts';
import { addPair, addPerson } from '../support/people.ts';

await setUpDatabase({ EMAIL_WINDOW_SECONDS: '0' });
const { connect } = runLive();

async function openPair() {
  const pair = await addPair();
  const mine = askAbout(await connect(pair.first), pair.conversationId);
  const theirs = askAbout(await connect(pair.second), pair.conversationId);
  await say(pair.first, pair.conversationId, '하나', '둘');
  return { ...pair, mine, theirs };
}

test('deleted before the partner was delivered it, a message leaves no place that is shown; its seq stays', async () => {
  const { first, conversationId, mine, theirs } = await openPair();
  await theirs.deliver(1);
  expect(messageOf(await mine.remove(1)).vanished).toBeUndefined();
  const gone = messageOf(await mine.remove(2));
  expect(gone).toMatchObject({ seq: 2, vanished: true, body: '' });
  expect(await theirs.history()).toMatchObject([{ seq: 1 }, gone]);
  expect(await theirs.sync(2)).toMatchObject([{ seq: 1 }, gone]);
  // Coming later, or reading past it, changes nothing of that.
  await theirs.deliver(2);
  expect((await theirs.history())[1]).toEqual(gone);
  await say(first, conversationId, '셋');
  expect((await mine.history()).map(({ seq }) => seq)).toEqual([1, 2, 3]);
});

test('for both the list shows the newest message that is shown, and places the conversation by it', async () => {
  const { first, second, conversationId, mine, theirs } = await openPair();
  const other = await addPerson('다른이');
  const started = await startConversation({ userId: other.userId, partnerId: second.userId });
  if (!started.ok) throw new Error('no conversation');
  await say(other, started.value.conversationId, '사이에 온 말');
  await say(first, conversationId, '셋');
  const client = await connect(second);
  const readList = async (limit?: number) => {
    const ids: string[] = [];
    for (let before: { at: string; conversationId: string } | undefined; ; ) {
      const list = await client.emitWithAck('conversation:list', { limit, before });
      if (!list.ok) throw new Error(list.error.code);
      ids.push(...list.conversations.map((entry) => entry.conversationId));
      const last = list.conversations.at(-1);
      if (!list.more || !last) return ids;
      const at = last.lastMessage?.createdAt ?? last.createdAt;
      before = { at, conversationId: last.conversationId };
    }
  };
  const [newest, older] = await readList();
  expect([newest, older]).toEqual([conversationId, started.value.conversationId]);
  messageOf(await mine.remove(3));
  for (const asked of [mine, theirs]) {
    expect(await asked.entry()).toMatchObject({
      lastSeq: 3,
      revision: 4,
      lastMessage: { seq: 2, body: '둘' },
    });
  }
  expect(await readList()).toEqual([older, newest]);
  expect(await readList(1)).toEqual([older, newest]);
  messageOf(await mine.undelete(3));
  expect(await readList(1)).toEqual([newest, older]);
  for (const seq of [1, 2, 3]) messageOf(await mine.remove(seq));
  expect((await mine.entry()).lastMessage).toBeNull();
  expect(await readList(1)).toEqual([older]);
  await say(first, conversationId, '넷');
  expect(await theirs.entry()).toMatchObject({ lastSeq: 4, unread: 1, lastMessage: { seq: 4 } });
});

test('a mail that went, may be on its way or was tried has told of it; one that never will has not', async () => {
  for (const [state, attempts, vanished] of [
    ['pending', 0, undefined],
    ['pending', 1, undefined],
    ['sent', 1, undefined],
    ['failed', 1, undefined],
    ['cancelled', 1, undefined],
    ['cancelled', 0, true],
  ] as const) {
    const { second, conversationId, mine } = await openPair();
    await collectMail({ conversationId, recipientId: second.userId });
    const [{ id }] = await listMails(second.userId);
    if (attempts && state !== 'sent' && state !== 'failed') await recordAttempt(getDb(), id, 'busy');
    if (state !== 'pending') await settleMail(getDb(), id, state);
    const message = messageOf(await mine.remove(1));
    expect(message.vanished, `${state} ${attempts}`).toBe(vanished);
    const later = await getPool().query('select mailed_seq from members where user_id = $1', [second.userId]);
    expect(later.rows).toEqual([{ mailed_seq: 2 }]);
  }
});

test('a mail to its sender, or about other messages, has told the partner nothing', async () => {
  const { first, second, conversationId, mine, theirs } = await openPair();
  await collectMail({ conversationId, recipientId: second.userId });
  await say(second, conversationId, '답');
  messageOf(await mine.send('넷'));
  await collectMail({ conversationId, recipientId: first.userId });
  expect((await listMails(first.userId)).map(({ toSeq }) => toSeq)).toEqual([3]);
  await getPool().query('update members set delivered_seq = 0, read_seq = 0 where user_id = $1', [
    second.userId,
  ]);
  expect(messageOf(await mine.remove(4)).vanished).toBe(true);
  expect(messageOf(await mine.remove(2)).vanished).toBeUndefined();
  expect(messageOf(await theirs.remove(3)).vanished).toBeUndefined();
});

test('behind a block a deletion does not tell its sender whether the message had arrived', async () => {
  for (const hasArrived of [true, false]) {
    const { second, conversationId, mine, theirs } = await openPair();
    await setBlocked({ viewerId: second.userId, conversationId, blocked: true });
    if (hasArrived) await theirs.deliver(2);
    expect(messageOf(await mine.remove(2)).vanished).toBeUndefined();
  }
});

test('whom somebody first wrote to and took it back before it came is shown no conversation', async () => {
  const { first, second, conversationId } = await addPair();
  await getPool().query('update members set opened = user_id = $2 where conversation_id = $1', [
    conversationId,
    first.userId,
  ]);
  const writer = await connect(first);
  await say(first, conversationId, '잘못 보냈어요');
  messageOf(await askAbout(writer, conversationId).remove(1));
  const reader = await connect(second);
  expect(await reader.emitWithAck('conversation:list', {})).toMatchObject({ ok: true, conversations: [] });
  expect(await writer.emitWithAck('conversation:list', {})).toMatchObject({
    ok: true,
    conversations: [{ conversationId, lastMessage: null }],
  });
});
