import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { getPool } from '#db/client.ts';
import { type InsertMessageInput, insertMessages } from '#db/queries/insert-messages.ts';
import { revokeSession } from '#lib/auth/sessions/sessions.ts';
import { moveCursor } from '#lib/chat/move-cursor.ts';
import { sendMessage } from '#lib/chat/send-message.ts';
import { setBlocked } from '#lib/chat/set-blocked.ts';
import { setUpDatabase } from '../support/database.ts';
import { makeInput } from '../support/message-input.ts';
import { addPair, addPerson, type Person } from '../support/people.ts';

await setUpDatabase();

const DAY = 86_400;

const insert = (...inputs: InsertMessageInput[]) => insertMessages(inputs, DAY);

async function readCursors(conversationId: string, person: Person) {
  const { rows } = await getPool().query(
    'select delivered_seq as delivered, read_seq as read from members where conversation_id = $1 and user_id = $2',
    [conversationId, person.userId],
  );
  return rows[0];
}

async function listStored(conversationId: string) {
  const { rows } = await getPool().query(
    'select seq, revision, body from messages where conversation_id = $1 order by seq',
    [conversationId],
  );
  return rows;
}

test('texts of several conversations in one statement each take the next seqs of their conversation, in the order given', async () => {
  const [one, other] = [await addPair(), await addPair()];
  const results = await insert(
    makeInput(one.first, one.conversationId, '하나'),
    makeInput(other.second, other.conversationId, '다른 방'),
    makeInput(one.second, one.conversationId, '둘'),
    makeInput(one.first, one.conversationId, '셋'),
  );
  expect(results.map(({ placed }) => [placed?.seq, placed?.revision])).toEqual([
    [1, 1],
    [1, 1],
    [2, 2],
    [3, 3],
  ]);
  expect(results.map(({ partnerId }) => partnerId)).toEqual(
    [one.second, other.first, one.first, one.second].map(({ userId }) => userId),
  );
  expect(await listStored(one.conversationId)).toEqual([
    { seq: 1, revision: 1, body: '하나' },
    { seq: 2, revision: 2, body: '둘' },
    { seq: 3, revision: 3, body: '셋' },
  ]);
  const { rows } = await getPool().query(
    'select last_seq, revision, greatest(low_last_seq, high_last_seq) as top, least(low_last_seq, high_last_seq) as other from conversations where id = $1',
    [one.conversationId],
  );
  expect(rows).toEqual([{ last_seq: 3, revision: 3, top: 3, other: 2 }]);
});

test('who may not send is refused alone: a stranger, an ended login, a blocked person, a reply to nothing', async () => {
  const [pair, blocked] = [await addPair(), await addPair()];
  const stranger = await addPerson('낯선이');
  const gone = await addPair();
  await setBlocked({
    viewerId: blocked.second.userId,
    conversationId: blocked.conversationId,
    blocked: true,
  });
  await revokeSession(gone.first.sessionId);
  const results = await insert(
    makeInput(stranger, pair.conversationId, '끼어들기'),
    makeInput(pair.first, pair.conversationId, '괜찮은 글'),
    makeInput(gone.first, gone.conversationId, '끝난 로그인'),
    makeInput(pair.first, pair.conversationId, '남의 로그인', { sessionId: stranger.sessionId }),
    makeInput(blocked.first, blocked.conversationId, '차단됨'),
    makeInput(pair.second, pair.conversationId, '없는 글에 답', { replyToSeq: 9 }),
    makeInput(pair.second, randomUUID(), '없는 방'),
    makeInput(pair.first, pair.conversationId, '로그인 없이', { sessionId: null }),
    makeInput(pair.second, pair.conversationId, '전자우편으로', { sessionId: null, via: 'email' }),
  );
  expect(
    results.map(({ isLive, partnerId, isRefused, placed }) => [
      isLive,
      partnerId !== null,
      isRefused,
      placed?.seq ?? null,
    ]),
  ).toEqual([
    [true, false, false, null],
    [true, true, false, 1],
    [false, true, false, null],
    [false, true, false, null],
    [true, true, true, null],
    [true, true, false, null],
    [true, false, false, null],
    [false, true, false, null],
    [true, true, false, 2],
  ]);
  expect((await listStored(pair.conversationId)).map(({ body }) => body)).toEqual([
    '괜찮은 글',
    '전자우편으로',
  ]);
  for (const { conversationId } of [gone, blocked]) expect(await listStored(conversationId)).toEqual([]);
});

test('one’s own texts move one’s cursors up to where the partner’s come between', async () => {
  const { first, second, conversationId } = await addPair();
  const results = await insert(
    makeInput(first, conversationId, '1'),
    makeInput(first, conversationId, '2'),
    makeInput(second, conversationId, '3'),
    makeInput(first, conversationId, '4'),
  );
  expect(results.map(({ ownReadSeq }) => ownReadSeq)).toEqual([null, 2, null, null]);
  expect(await readCursors(conversationId, first)).toEqual({ delivered: 2, read: 2 });
  expect(await readCursors(conversationId, second)).toEqual({ delivered: 0, read: 0 });
  await moveCursor({ viewerId: second.userId, conversationId, kind: 'read', seq: 4 });
  const [more] = await insert(makeInput(second, conversationId, '5'), makeInput(second, conversationId, '6'));
  expect(more?.placed?.seq).toBe(5);
  expect(await readCursors(conversationId, second)).toEqual({ delivered: 6, read: 6 });
});

test('a repeat is found beside new ones, and one that collides elsewhere leaves nothing half done', async () => {
  const { first, conversationId } = await addPair();
  const again = makeInput(first, conversationId, '한 번만');
  await insert(again);
  const results = await insert(again, makeInput(first, conversationId, '새 글'));
  expect(results.map(({ storedSeq, placed }) => [storedSeq, placed?.seq ?? null])).toEqual([
    [1, null],
    [null, 2],
  ]);
  const twin = makeInput(first, conversationId, '쌍둥이');
  await expect(insert(twin, makeInput(first, conversationId, '곁'), twin)).rejects.toMatchObject({
    code: '23505',
  });
  expect(await listStored(conversationId)).toHaveLength(2);
});

test('statements over the same conversations in opposite orders wait for each other and all succeed', async () => {
  const pairs = await Promise.all(Array.from({ length: 8 }, () => addPair()));
  const texts = (reverse: boolean, round: number) => {
    const list = pairs.map(({ first, conversationId }) => makeInput(first, conversationId, `${round}`));
    return reverse ? list.reverse() : list;
  };
  await Promise.all(Array.from({ length: 24 }, (_, round) => insert(...texts(round % 2 === 1, round))));
  for (const { conversationId } of pairs) {
    expect((await listStored(conversationId)).map(({ seq }) => seq)).toEqual(
      Array.from({ length: 24 }, (_, i) => i + 1),
    );
  }
});

test('a hundred sends at once, repeats among them, are each stored once and answered in order', async () => {
  const { first, second, conversationId } = await addPair();
  const ids = Array.from({ length: 50 }, () => randomUUID());
  const send = (from: Person, clientId: string) =>
    sendMessage(from, { conversationId, clientId, body: `글 ${clientId}` });
  const acks = await Promise.all([
    ...ids.flatMap((id) => [send(first, id), send(second, id)]),
    ...ids.map((id) => send(first, id)),
  ]);
  const seqs = acks.map((ack) => (ack.ok ? ack.value.message.seq : ack.error.code));
  expect(seqs.slice(0, 100)).toEqual(Array.from({ length: 100 }, (_, i) => i + 1));
  expect(seqs.slice(100)).toEqual(ids.map((_, i) => 2 * i + 1));
  expect(await listStored(conversationId)).toHaveLength(100);
});

test('a sender whose row somebody holds fails alone, and sends again when it is let go', async () => {
  const stuck = await addPair();
  const others = await Promise.all(Array.from({ length: 5 }, () => addPair()));
  const send = ({ first, conversationId }: typeof stuck) =>
    sendMessage(first, { conversationId, clientId: randomUUID(), body: '잘 가나요' });
  const holder = await getPool().connect();
  try {
    await holder.query('begin');
    await holder.query('select 1 from members where user_id = $1 for update', [stuck.first.userId]);
    const outcomes = await Promise.allSettled([send(stuck), ...others.map(send), send(stuck)]);
    expect(outcomes.map(({ status }) => status)).toEqual([
      'rejected',
      ...others.map(() => 'fulfilled'),
      'rejected',
    ]);
    await holder.query('commit');
  } finally {
    holder.release();
  }
  expect(await send(stuck)).toMatchObject({ ok: true, value: { message: { seq: 1 } } });
});
