import { beforeEach, expect, test } from 'vitest';
import { getPool } from '#db/client.ts';
import { selectChangedHeads, selectHeads } from '#db/queries/members.ts';
import { clearConversation } from '#lib/chat/clear-conversation.ts';
import { deleteMessage } from '#lib/chat/delete-message.ts';
import { moveCursor } from '#lib/chat/move-cursor.ts';
import { startConversation } from '#lib/chat/start-conversation.ts';
import { setUpDatabase } from '../support/database.ts';
import { say } from '../support/mail.ts';
import { addPair, type Person } from '../support/people.ts';

await setUpDatabase();

let first: Person;
let second: Person;
let conversationId: string;
beforeEach(async () => {
  ({ first, second, conversationId } = await addPair());
});

/** As if all so far had been two minutes ago. */
async function letTimePass() {
  await getPool().query(`update messages set created_at = created_at - interval '2 minutes'`);
  await getPool().query(`update changes set at = at - interval '2 minutes'`);
  await getPool().query(`update marks set at = at - interval '2 minutes'`);
  await getPool().query(`update receipts set at = at - interval '2 minutes'`);
}

const heads = (...people: Person[]) => selectChangedHeads(people.map(({ userId }) => userId));

test('a new message shows in the changed heads of both, and of nobody else', async () => {
  const other = await addPair();
  await say(first, conversationId, '방금');
  const rows = await heads(first, second, other.first);
  expect(rows.map(({ memberId }) => memberId).sort()).toEqual([first.userId, second.userId].sort());
  expect(rows.find(({ memberId }) => memberId === second.userId)).toEqual({
    memberId: second.userId,
    conversationId,
    revision: 1,
    deliveredSeq: 0,
    readSeq: 0,
    partnerId: first.userId,
    partnerDeliveredSeq: 1,
    partnerReadSeq: 1,
    marksRevision: 0,
    clearedSeq: 0,
    isListed: true,
  });
  expect(await heads(other.first)).toEqual([]);
});

test('what is older than a minute is no change, and a cursor that moves is one again', async () => {
  await say(first, conversationId, '아까');
  await letTimePass();
  expect(await heads(first, second)).toEqual([]);
  await moveCursor({ viewerId: second.userId, conversationId, kind: 'delivered', seq: 1 });
  expect(await heads(first)).toMatchObject([{ conversationId, partnerDeliveredSeq: 1, partnerReadSeq: 0 }]);
  await letTimePass();
  await moveCursor({ viewerId: second.userId, conversationId, kind: 'read', seq: 1 });
  expect(await heads(first)).toMatchObject([{ partnerReadSeq: 1 }]);
  await letTimePass();
  expect(await heads(first, second)).toEqual([]);
  expect(await selectHeads([first.userId])).toMatchObject([{ conversationId, revision: 1 }]);
});

test('a deleted conversation that is opened again shows in the changed heads of its person alone', async () => {
  await say(first, conversationId, '지울 말');
  await clearConversation({ memberId: second.userId, conversationId, upToSeq: 1 });
  await letTimePass();
  expect(await heads(first, second)).toEqual([]);
  await startConversation({ userId: second.userId, partnerId: first.userId });
  expect(await heads(first, second)).toMatchObject([
    { memberId: second.userId, marksRevision: 2, clearedSeq: 1, isListed: true },
  ]);
});

test('a change of an old message shows in the changed heads of both for a minute, at its revision', async () => {
  await say(first, conversationId, '오래된 말');
  await letTimePass();
  await deleteMessage({ memberId: first.userId, conversationId, seq: 1 });
  const rows = await heads(first, second);
  expect(rows.map(({ memberId, revision }) => [memberId, revision]).toSorted()).toEqual(
    [first, second].map(({ userId }) => [userId, 2]).toSorted(),
  );
  await letTimePass();
  expect(await heads(first, second)).toEqual([]);
});
