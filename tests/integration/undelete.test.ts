import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { getPool } from '#db/client.ts';
import { setBlocked } from '#lib/chat/set-blocked.ts';
import { UNDO_KEPT_SECONDS } from '#lib/chat/sizes.ts';
import { collectMail } from '#lib/email/messages/collect.ts';
import { searchMessages } from '#lib/search/search-messages.ts';
import { askAbout, messageOf, readStored, refused, runLive } from '../support/change-messages.ts';
import { setUpDatabase } from '../support/database.ts';
import { nextEvent } from '../support/live.ts';
import { listMails, readMailedSeq, say } from '../support/mail.ts';
import { addPair, addPerson } from '../support/people.ts';
import { endUndos, findText } from '../support/undos.ts';

await setUpDatabase({ EMAIL_WINDOW_SECONDS: '0' });
const { connect } = runLive();

async function openPair() {
  const pair = await addPair();
  const [firstClient, secondClient] = [await connect(pair.first), await connect(pair.second)];
  const mine = askAbout(firstClient, pair.conversationId);
  const theirs = askAbout(secondClient, pair.conversationId);
  return { ...pair, firstClient, secondClient, mine, theirs };
}

/** The rows of a conversation's messages and earlier texts but for revisions. */
async function readContent(conversationId: string) {
  const { rows } = await getPool().query(
    `select to_jsonb(m) - 'revision' as message, (
       select jsonb_agg(v order by v.version) from message_versions v
       where v.conversation_id = m.conversation_id and v.seq = m.seq) as versions
     from messages m where m.conversation_id = $1 order by m.seq`,
    [conversationId],
  );
  return rows;
}

test('an undone deletion brings a message back for both exactly as it was', async () => {
  const { second, conversationId, firstClient, secondClient, mine, theirs } = await openPair();
  messageOf(await theirs.send('무슨 색 좋아해요?'));
  messageOf(await mine.send('보라색 코끼리', { replyToSeq: 1 }));
  messageOf(await mine.edit(2, '보라색 하마', 2));
  messageOf(await mine.edit(2, '보라색 여우', 3));
  messageOf(await theirs.react(2, '🦊'));
  messageOf(await mine.react(2, '💜'));
  const before = await readContent(conversationId);
  const [entry, [, wanted]] = [await theirs.entry(), await theirs.history()];

  expect(messageOf(await mine.remove(2))).toMatchObject({ revision: 7, body: '', vanished: true });
  const updates = [firstClient, secondClient].map((client) =>
    nextEvent(client, 'message:update', ({ deletedAt }) => deletedAt === undefined),
  );
  const message = messageOf(await mine.undelete(2));
  expect(message).toEqual({ ...wanted, revision: 8 });
  expect(await Promise.all(updates)).toEqual([message, message]);
  expect(await readContent(conversationId)).toEqual(before);
  expect(await theirs.entry()).toEqual({ ...entry, revision: 8 });
  expect((await theirs.history())[1]).toEqual(message);
  expect(await theirs.sync(6)).toEqual([message]);
  const found = await searchMessages({ viewerId: second.userId, query: '보라색 여우' });
  expect(found.ok && found.value.hits.map(({ message: { seq } }) => seq)).toEqual([2]);
  // It is edited from where it was: its text is that of revision 4.
  expect(messageOf(await mine.edit(2, '보라색 곰', 4)).revision).toBe(9);
});

test('a deletion lowers what is unread, and an undo raises it again', async () => {
  const { first, conversationId, mine, theirs } = await openPair();
  await say(first, conversationId, '하나', '둘');
  expect((await theirs.entry()).unread).toBe(2);
  messageOf(await mine.remove(1));
  expect((await theirs.entry()).unread).toBe(1);
  messageOf(await mine.undelete(1));
  expect((await theirs.entry()).unread).toBe(2);
});

test('what an undo needs is kept for ten seconds, and then nothing of the message', async () => {
  const { conversationId, mine, theirs } = await openPair();
  const secret = `secret ${randomUUID()}`;
  messageOf(await mine.send(secret));
  messageOf(await mine.edit(1, `${secret} two`, 1));
  messageOf(await theirs.send('an answer', { replyToSeq: 1 }));
  messageOf(await mine.remove(1));
  expect(await findText(secret)).toEqual(['public.undos']);
  const { rows } = await getPool().query(
    'select extract(epoch from expires_at - clock_timestamp())::float8 as left from undos where conversation_id = $1',
    [conversationId],
  );
  expect(rows[0].left).toBeLessThanOrEqual(UNDO_KEPT_SECONDS);
  expect(rows[0].left).toBeGreaterThan(UNDO_KEPT_SECONDS / 2);
  // The process that deleted it forgets it by itself.
  await expect.poll(() => findText(secret), { timeout: 30_000, interval: 250 }).toEqual([]);
  expect(await mine.undelete(1)).toEqual(refused('too_late'));
});

test('after its time an undo is too late, also while what it needs is still there', async () => {
  const { first, conversationId, mine } = await openPair();
  await say(first, conversationId, '하나');
  messageOf(await mine.remove(1));
  await getPool().query('update undos set expires_at = now() where conversation_id = $1', [conversationId]);
  const before = await readStored(conversationId);
  expect(await mine.undelete(1)).toEqual(refused('too_late'));
  await endUndos();
  expect(await mine.undelete(1)).toEqual(refused('too_late'));
  expect((await readStored(conversationId)).slice(0, 4)).toEqual(before.slice(0, 4));
});

test('what stands is undeleted already; nobody undeletes for another', async () => {
  const { first, conversationId, mine, theirs } = await openPair();
  const stranger = askAbout(await connect(await addPerson('낯선이')), conversationId);
  await say(first, conversationId, '하나');
  const before = await readStored(conversationId);
  expect(messageOf(await mine.undelete(1)).revision).toBe(1);
  expect(await mine.undelete(2)).toEqual(refused('not_found'));
  expect(await readStored(conversationId)).toEqual(before);
  messageOf(await mine.remove(1));
  const deleted = await readStored(conversationId);
  for (const other of [theirs, stranger]) expect(await other.undelete(1)).toEqual(refused('not_found'));
  expect(await readStored(conversationId)).toEqual(deleted);
  const acks = await Promise.all(Array.from({ length: 5 }, () => mine.undelete(1)));
  expect(new Set(acks.map((ack) => messageOf(ack).revision))).toEqual(new Set([3]));
});

test('it can be deleted and undone again and again, each time for ten seconds', async () => {
  const { first, conversationId, mine } = await openPair();
  await say(first, conversationId, '하나');
  for (let round = 0; round < 3; round += 1) {
    messageOf(await mine.remove(1));
    // A second deletion gives no second ten seconds.
    const kept = await getPool().query('select expires_at from undos');
    messageOf(await mine.remove(1));
    expect((await getPool().query('select expires_at from undos')).rows).toEqual(kept.rows);
    expect(messageOf(await mine.undelete(1)).body).toBe('하나');
    expect((await getPool().query('select 1 from undos')).rowCount).toBe(0);
  }
});

test('one’s own words come back across a block as well', async () => {
  const { first, second, conversationId, mine, theirs } = await openPair();
  await say(first, conversationId, '하나');
  await setBlocked({ viewerId: second.userId, conversationId, blocked: true });
  messageOf(await mine.remove(1));
  messageOf(await mine.undelete(1));
  expect((await theirs.history())[0]?.body).toBe('하나');
});

test('deletions and undos at once leave it either whole or gone', async () => {
  const { first, conversationId, mine } = await openPair();
  await say(first, conversationId, '하나');
  await Promise.all(
    Array.from({ length: 12 }, (_, index) => (index % 2 ? mine.undelete(1) : mine.remove(1))),
  );
  const [message] = await mine.history();
  const { rowCount } = await getPool().query('select 1 from undos where conversation_id = $1', [
    conversationId,
  ]);
  expect([message?.body, rowCount]).toEqual(message?.deletedAt ? ['', 1] : ['하나', 0]);
  const { rows } = await getPool().query('select revision from changes where conversation_id = $1', [
    conversationId,
  ]);
  expect(new Set(rows.map(({ revision }) => revision)).size).toBe(rows.length);
  expect(message?.revision).toBe(rows.length + 1);
});

test('a text that mails passed over while it was deleted is owed again once it is back', async () => {
  const { first, second, conversationId, mine } = await openPair();
  const job = { conversationId, recipientId: second.userId };
  await say(first, conversationId, '하나');
  messageOf(await mine.remove(1));
  // A writer of mails that began before the undo and found its time over.
  await getPool().query('update members set mailed_seq = 1 where user_id = $1', [second.userId]);
  messageOf(await mine.undelete(1));
  expect(await readMailedSeq(conversationId, second.userId)).toBe(0);
  await collectMail(job);
  expect((await listMails(second.userId)).map(({ fromSeq, toSeq }) => [fromSeq, toSeq])).toEqual([[1, 1]]);
  // One that is in a mail is not.
  messageOf(await mine.remove(1));
  messageOf(await mine.undelete(1));
  expect(await readMailedSeq(conversationId, second.userId)).toBe(1);
});
