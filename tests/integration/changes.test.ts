import { expect, test } from 'vitest';
import { getPool } from '#db/client.ts';
import { setBlocked } from '#lib/chat/set-blocked.ts';
import { searchMessages } from '#lib/search/search-messages.ts';
import { messageOf, readStored, runLive } from '../support/change-messages.ts';
import { setUpDatabase } from '../support/database.ts';
import { nextEvent, type TestClient } from '../support/live.ts';
import { say } from '../support/mail.ts';
import { addPair, addPerson } from '../support/people.ts';

await setUpDatabase();

const live = runLive();
const connect = (cookie: string) => live.connect({ cookie });

const NOT_FOUND = { ok: false, error: { code: 'not_found' } };

const remove = (client: TestClient, conversationId: string, seq: number) =>
  client.emitWithAck('message:delete', { conversationId, seq, scope: 'both' });

test('a deleted message is empty for every connection of both people, at the next revision', async () => {
  const { first, second, conversationId } = await addPair();
  await say(first, conversationId, '지울 말', '남길 말');
  const [writer, otherTab, reader] = await Promise.all([
    connect(first.cookie),
    connect(first.cookie),
    connect(second.cookie),
  ]);
  const updates = [writer, otherTab, reader].map((client) => nextEvent(client, 'message:update'));
  const message = messageOf(await remove(writer, conversationId, 1));
  expect(message).toMatchObject({ conversationId, seq: 1, revision: 3, senderId: first.userId, body: '' });
  expect(Date.parse(message.deletedAt ?? '')).toBeGreaterThanOrEqual(Date.parse(message.createdAt));
  expect(await Promise.all(updates)).toEqual([message, message, message]);

  const history = await reader.emitWithAck('conversation:history', { conversationId });
  expect(history).toMatchObject({ ok: true, revision: 3, messages: [message, { seq: 2, body: '남길 말' }] });
});

test('deleting again answers with the same message, takes no revision and tells nobody', async () => {
  const { first, second, conversationId } = await addPair();
  await say(first, conversationId, '하나', '둘');
  const [writer, reader] = await Promise.all([connect(first.cookie), connect(second.cookie)]);
  const told: number[] = [];
  reader.on('message:update', ({ seq }) => told.push(seq));
  const acks = await Promise.all(Array.from({ length: 5 }, () => remove(writer, conversationId, 1)));
  expect(new Set(acks.map((ack) => JSON.stringify(ack))).size).toBe(1);
  const after = await readStored(conversationId);
  expect(await remove(writer, conversationId, 1)).toEqual(acks[0]);
  expect(await readStored(conversationId)).toEqual(after);

  const last = nextEvent(reader, 'message:update', ({ seq }) => seq === 2);
  expect(messageOf(await remove(writer, conversationId, 2)).revision).toBe(4);
  await last;
  expect(told).toEqual([1, 2]);
});

test('nobody deletes the words of another, nor what is not there', async () => {
  const { first, second, conversationId } = await addPair();
  const stranger = await addPerson('낯선이');
  await say(first, conversationId, '내 말');
  const [writer, partner, other] = await Promise.all(
    [first, second, stranger].map(({ cookie }) => connect(cookie)),
  );
  const before = await readStored(conversationId);
  for (const client of [partner, other]) {
    expect(await remove(client as TestClient, conversationId, 1)).toEqual(NOT_FOUND);
  }
  expect(await remove(writer as TestClient, conversationId, 2)).toEqual(NOT_FOUND);
  for (const fault of [{ scope: 'all' }, { scope: undefined }, { seq: 0 }]) {
    const input = { conversationId, seq: 1, scope: 'both', ...fault } as never;
    expect(await writer?.emitWithAck('message:delete', input)).toEqual({
      ok: false,
      error: { code: 'invalid' },
    });
  }
  expect(await readStored(conversationId)).toEqual(before);
});

test('one’s own words can be taken back across a block, which lets nothing new through', async () => {
  const { first, second, conversationId } = await addPair();
  await say(first, conversationId, '미안해요');
  const [writer, reader] = await Promise.all([connect(first.cookie), connect(second.cookie)]);
  await setBlocked({ viewerId: second.userId, conversationId, blocked: true });
  const update = nextEvent(reader, 'message:update');
  const message = messageOf(await remove(writer, conversationId, 1));
  expect(await update).toEqual(message);
});

test('list, unread count and search know nothing of a deleted text any more', async () => {
  const { first, second, conversationId } = await addPair();
  await say(first, conversationId, '보라색 코끼리', '보라색 코끼리 둘');
  const [writer, reader] = await Promise.all([connect(first.cookie), connect(second.cookie)]);
  await reader.emitWithAck('conversation:delivered', { conversationId, seq: 2 });
  const query = '보라색 코끼리';
  const find = async () => {
    const found = await searchMessages({ viewerId: second.userId, query });
    return found.ok && found.value.hits.map(({ message }) => message.seq);
  };
  expect(await find()).toEqual([2, 1]);
  expect(messageOf(await remove(writer, conversationId, 2)).vanished).toBeUndefined();
  expect(await find()).toEqual([1]);
  const list = await reader.emitWithAck('conversation:list', {});
  expect(list).toMatchObject({
    ok: true,
    conversations: [{ lastSeq: 2, revision: 3, unread: 1, lastMessage: { seq: 2, body: '' } }],
  });
  expect(list.ok && list.conversations[0]?.lastMessage?.deletedAt).toBeDefined();
  const { rows } = await getPool().query(
    'select seq, body, folded, search_keys from messages where conversation_id = $1 and seq = 2',
    [conversationId],
  );
  expect(rows).toEqual([{ seq: 2, body: '', folded: '', search_keys: [] }]);
});

test('whoever was away gets the change by its revision', async () => {
  const { first, second, conversationId } = await addPair();
  await say(first, conversationId, '하나', '둘', '셋');
  const writer = await connect(first.cookie);
  await remove(writer, conversationId, 2);
  await say(first, conversationId, '넷');
  await remove(writer, conversationId, 1);
  const reader = await connect(second.cookie);
  const sync = async (afterRevision: number, limit?: number) => {
    const page = await reader.emitWithAck('conversation:sync', { conversationId, afterRevision, limit });
    if (!page.ok || page.reset) throw new Error('no changes');
    return { ...page, changes: page.changes.map(({ seq, revision, body }) => [revision, seq, body]) };
  };
  expect(await sync(3)).toMatchObject({
    changes: [
      [4, 2, ''],
      [5, 4, '넷'],
      [6, 1, ''],
    ],
    revision: 6,
    more: false,
    conversation: { revision: 6, lastMessage: { body: '넷' }, unread: 2 },
  });
  expect(await sync(0)).toMatchObject({
    changes: [
      [3, 3, '셋'],
      [4, 2, ''],
      [5, 4, '넷'],
      [6, 1, ''],
    ],
  });
  expect(await sync(4, 1)).toMatchObject({ changes: [[5, 4, '넷']], revision: 5, more: true });
});

test('changes and sends at once take revisions without gap or double, and each is told once', async () => {
  const { first, second, conversationId } = await addPair();
  const texts = Array.from({ length: 30 }, (_, index) => `글 ${index}`);
  await say(first, conversationId, ...texts);
  const [writer, partner] = await Promise.all([connect(first.cookie), connect(second.cookie)]);
  const heard: number[] = [];
  for (const event of ['message:new', 'message:update'] as const) {
    partner.on(event, ({ revision }) => heard.push(revision));
  }
  await Promise.all(
    texts.flatMap((body, index) => [
      remove(writer, conversationId, index + 1),
      writer.emitWithAck('message:send', { conversationId, clientId: `a${index}`, body }),
      partner.emitWithAck('message:send', { conversationId, clientId: `b${index}`, body }),
    ]),
  );
  // What was published before this was acknowledged has arrived.
  await partner.emitWithAck('conversation:list', {});
  expect(heard.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 90 }, (_, index) => 31 + index));

  const { rows } = await getPool().query(
    `select revision, seq, 'change' as what from changes where conversation_id = $1
     union all select revision, seq, 'send' from messages where conversation_id = $1 and deleted_at is null
     order by revision`,
    [conversationId],
  );
  expect(rows.map(({ revision }) => revision)).toEqual(Array.from({ length: 90 }, (_, index) => 31 + index));
  expect(
    rows
      .filter(({ what }) => what === 'change')
      .map(({ seq }) => seq)
      .toSorted((a, b) => a - b),
  ).toEqual(Array.from({ length: 30 }, (_, index) => index + 1));
  const [[conversation]] = (await readStored(conversationId)) as [[unknown]];
  expect(conversation).toMatchObject({ last_seq: 90, revision: 120 });
});

test('a change that fails midway leaves nothing behind', async () => {
  const { first, second, conversationId } = await addPair();
  await say(first, conversationId, '그대로');
  const writer = await connect(first.cookie);
  const before = await readStored(conversationId);
  const holder = await getPool().connect();
  try {
    await holder.query('begin');
    await holder.query('select 1 from members where user_id = $1 for update', [second.userId]);
    expect(await remove(writer, conversationId, 1)).toEqual({ ok: false, error: { code: 'unavailable' } });
    await holder.query('commit');
  } finally {
    holder.release();
  }
  expect(await readStored(conversationId)).toEqual(before);
  expect(messageOf(await remove(writer, conversationId, 1))).toMatchObject({ revision: 2, body: '' });
});
