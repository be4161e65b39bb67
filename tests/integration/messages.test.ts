import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { getPool } from '#db/client.ts';
import { setBlocked } from '#lib/chat/set-blocked.ts';
import { setUpDatabase } from '../support/database.ts';
import { connectClient, nextEvent, startLive, type TestClient } from '../support/live.ts';
import { addPair, addPerson, addSession } from '../support/people.ts';

await setUpDatabase();

let live: Awaited<ReturnType<typeof startLive>>;
const clients: TestClient[] = [];
const connect = async (cookie: string) => {
  const client = await connectClient(live.url, cookie);
  clients.push(client);
  return client;
};
const countMessages = async (conversationId: string) =>
  Number(
    (await getPool().query('select count(*) from messages where conversation_id = $1', [conversationId]))
      .rows[0].count,
  );

beforeAll(async () => {
  live = await startLive();
});
afterEach(() => {
  for (const client of clients.splice(0)) client.disconnect();
});
afterAll(() => live.close());

test('a sent message is acknowledged with its seq and reaches every connection of both people', async () => {
  const { first, second, conversationId } = await addPair();
  const [sender, otherTab, receiver] = await Promise.all([
    connect(first.cookie),
    connect(first.cookie),
    connect(second.cookie),
  ]);
  const arrivals = [otherTab, receiver].map((client) => nextEvent(client, 'message:new'));
  const ack = await sender.emitWithAck('message:send', {
    conversationId,
    clientId: 'c-1',
    body: '  안녕하세요\n반가워요 ',
  });
  if (!ack.ok) throw new Error(ack.error.code);
  expect(ack.message).toMatchObject({
    conversationId,
    seq: 1,
    revision: 1,
    clientId: 'c-1',
    senderId: first.userId,
    body: '안녕하세요\n반가워요',
  });
  expect(await Promise.all(arrivals)).toEqual([ack.message, ack.message]);
});

test('an id in capitals is the same conversation, and goes on as the others know it', async () => {
  const { first, second, conversationId } = await addPair();
  const [sender, receiver] = await Promise.all([connect(first.cookie), connect(second.cookie)]);
  const arrival = nextEvent(receiver, 'message:new');
  const input = { conversationId: conversationId.toUpperCase(), clientId: 'c-1', body: '크게' };
  expect(await sender.emitWithAck('message:send', input)).toMatchObject({
    ok: true,
    message: { conversationId },
  });
  expect((await arrival).conversationId).toBe(conversationId);
});

test('the first message shows the conversation to the partner, from the partner’s side', async () => {
  const { first, second, conversationId } = await addPair();
  const [sender, receiver] = await Promise.all([connect(first.cookie), connect(second.cookie)]);
  const before = await receiver.emitWithAck('conversation:list', {});
  expect(before).toMatchObject({ ok: true, conversations: [] });
  const appeared = nextEvent(receiver, 'conversation:new');
  await sender.emitWithAck('message:send', { conversationId, clientId: 'c-1', body: '첫 인사' });
  expect(await appeared).toMatchObject({
    conversationId,
    partner: { userId: first.userId, username: first.username },
    unread: 1,
    lastMessage: { body: '첫 인사', seq: 1 },
  });
});

test('the same clientId stores one message, also when sent many times at once', async () => {
  const { first, conversationId } = await addPair();
  const tabs = await Promise.all([connect(first.cookie), connect(first.cookie)]);
  const acks = await Promise.all(
    Array.from({ length: 12 }, (_, i) =>
      (tabs[i % 2] as TestClient).emitWithAck('message:send', {
        conversationId,
        clientId: 'same',
        body: '한 번만',
      }),
    ),
  );
  expect(new Set(acks.map((ack) => JSON.stringify(ack))).size).toBe(1);
  expect(acks[0]).toMatchObject({ ok: true, message: { seq: 1 } });
  expect(await countMessages(conversationId)).toBe(1);
});

test('messages sent at once by both get seqs and revisions without gap or double', async () => {
  const { first, second, conversationId } = await addPair();
  const [a, b] = await Promise.all([connect(first.cookie), connect(second.cookie)]);
  await Promise.all(
    Array.from({ length: 40 }, (_, i) =>
      (i % 2 ? a : b).emitWithAck('message:send', { conversationId, clientId: `c-${i}`, body: `말 ${i}` }),
    ),
  );
  const page = await a.emitWithAck('conversation:history', { conversationId, limit: 100 });
  if (!page.ok) throw new Error(page.error.code);
  expect(page.messages.map((message) => message.seq)).toEqual(Array.from({ length: 40 }, (_, i) => i + 1));
  expect(page.messages.map((message) => message.revision)).toEqual(
    page.messages.map((message) => message.seq),
  );
  const times = page.messages.map((message) => message.createdAt);
  expect(times).toEqual(times.toSorted());
});

test.each([
  ['blank', { body: ' \n ' }, 'invalid'],
  ['with NUL', { body: 'a\0b' }, 'invalid'],
  ['with a lone surrogate', { body: 'a\ud800b' }, 'invalid'],
  ['too long', { body: '가'.repeat(4001) }, 'too_long'],
  ['too long to be looked at', { body: 'a\u0301'.repeat(8001) }, 'too_long'],
  ['far too long', { body: '가'.repeat(300_000) }, 'too_long'],
  ['with marks without end', { body: `a${'\u0301\u0323'.repeat(51)}` }, 'invalid'],
  ['not a text', { body: 7 }, 'invalid'],
  ['without clientId', { clientId: undefined }, 'invalid'],
  ['to no id', { conversationId: 'x' }, 'invalid'],
  ['replying to what is not there', { replyToSeq: 5 }, 'invalid'],
])('a message %s is refused and changes nothing', async (_, fault, code) => {
  const { first, conversationId } = await addPair();
  const client = await connect(first.cookie);
  const input = { conversationId, clientId: 'c-1', body: '말', ...fault } as never;
  expect(await client.emitWithAck('message:send', input)).toEqual({ ok: false, error: { code } });
  expect(await countMessages(conversationId)).toBe(0);
  expect(client.connected).toBe(true);
});

test('4,000 code points pass whole, as astral characters and in decomposed Hangul too', async () => {
  const { first, conversationId } = await addPair();
  const client = await connect(first.cookie);
  for (const [index, character] of ['🙂', '각'.normalize('NFD'), 'ᾂ'.normalize('NFD')].entries()) {
    const ack = await client.emitWithAck('message:send', {
      conversationId,
      clientId: `c-${index}`,
      body: character.repeat(4000),
    });
    expect(ack).toMatchObject({ ok: true, message: { body: character.normalize('NFC').repeat(4000) } });
  }
});

test('an event with more than its input is answered, and does nothing', async () => {
  const { first, conversationId } = await addPair();
  const client = (await connect(first.cookie)) as unknown as {
    emitWithAck(event: string, ...args: unknown[]): Promise<unknown>;
  };
  const input = { conversationId, clientId: 'c-1', body: '말' };
  const refused = { ok: false, error: { code: 'invalid' } };
  expect(await client.emitWithAck('message:send', input, { more: true })).toEqual(refused);
  expect(await client.emitWithAck('message:send')).toEqual(refused);
  expect(await countMessages(conversationId)).toBe(0);
});

test('a hundred marks on a letter are kept', async () => {
  const { first, conversationId } = await addPair();
  const client = await connect(first.cookie);
  const body = `a${'\u0323\u0301'.repeat(50)}`;
  const ack = await client.emitWithAck('message:send', { conversationId, clientId: 'c-1', body });
  expect(ack).toMatchObject({ ok: true, message: { body: body.normalize('NFC') } });
});

test.each([
  ['a blocked person’s messages', 'second'],
  ['messages to somebody one has blocked oneself', 'first'],
] as const)('%s are refused until the block is undone', async (_, blocker) => {
  const pair = await addPair();
  const { first, conversationId } = pair;
  const viewerId = pair[blocker].userId;
  const client = await connect(first.cookie);
  const send = (clientId: string) =>
    client.emitWithAck('message:send', { conversationId, clientId, body: '여보세요' });
  await setBlocked({ viewerId, conversationId, blocked: true });
  expect(await send('c-1')).toEqual({ ok: false, error: { code: 'blocked' } });
  expect(await countMessages(conversationId)).toBe(0);
  await setBlocked({ viewerId, conversationId, blocked: false });
  expect(await send('c-1')).toMatchObject({ ok: true, message: { seq: 1 } });
});

test('typing reaches the partner only, and nobody across a block', async () => {
  const { first, second, conversationId } = await addPair();
  const stranger = await addPerson('낯선이');
  const [typist, partner, other] = await Promise.all(
    [first, second, stranger].map((person) => connect(person.cookie)),
  );
  const heard: string[] = [];
  other?.onAny((event) => heard.push(event));
  for (const event of ['conversation:typing', 'conversation:typing-stopped'] as const) {
    const seen = nextEvent(partner as TestClient, event);
    typist?.emit(event, { conversationId });
    expect(await seen).toEqual({ conversationId, userId: first.userId });
  }

  await setBlocked({ viewerId: second.userId, conversationId, blocked: true });
  const events: string[] = [];
  partner?.onAny((event) => events.push(event));
  for (const event of ['conversation:typing', 'conversation:typing-stopped'] as const) {
    typist?.emit(event, { conversationId });
    other?.emit(event, { conversationId });
  }
  await typist?.emitWithAck('conversation:history', { conversationId });
  await other?.emitWithAck('conversation:list', {});
  expect(events.filter((event) => event.startsWith('conversation:typing'))).toEqual([]);
  expect(heard).toEqual([]);
});

test('reading moves the cursor forward only, tells both people, and clears the other tab’s count', async () => {
  const { first, second, conversationId } = await addPair();
  const [sender, reader, otherTab] = await Promise.all([
    connect(first.cookie),
    connect(second.cookie),
    connect((await addSession(second.userId)).cookie),
  ]);
  for (const clientId of ['a', 'b', 'c']) {
    await sender.emitWithAck('message:send', { conversationId, clientId, body: clientId });
  }
  const isRead = (event: { userId: string; readSeq: number }) =>
    event.userId === second.userId && event.readSeq > 0;
  const told = nextEvent(sender, 'conversation:cursor', isRead);
  const cleared = nextEvent(otherTab, 'conversation:cursor', isRead);
  expect(await reader.emitWithAck('conversation:read', { conversationId, seq: 2 })).toEqual({
    ok: true,
    seq: 2,
  });
  expect(await told).toEqual({ conversationId, userId: second.userId, deliveredSeq: 2, readSeq: 2 });
  expect(await cleared).toMatchObject({ readSeq: 2, unread: 1 });
  expect(await reader.emitWithAck('conversation:read', { conversationId, seq: 1 })).toEqual({
    ok: true,
    seq: 2,
  });
  expect(await reader.emitWithAck('conversation:read', { conversationId, seq: 4 })).toEqual({
    ok: false,
    error: { code: 'invalid' },
  });
  expect(await reader.emitWithAck('conversation:delivered', { conversationId, seq: 3 })).toEqual({
    ok: true,
    seq: 3,
  });
});

test('an own message is read by its sender, but not past what the partner wrote meanwhile', async () => {
  const { first, second, conversationId } = await addPair();
  const [a, b] = await Promise.all([connect(first.cookie), connect(second.cookie)]);
  const readSeq = async (client: TestClient, userId: string) => {
    const sync = await client.emitWithAck('conversation:sync', { conversationId, afterRevision: 0 });
    return sync.ok ? sync.cursors.find((cursor) => cursor.userId === userId)?.readSeq : undefined;
  };
  await a.emitWithAck('message:send', { conversationId, clientId: '1', body: '하나' });
  expect(await readSeq(a, first.userId)).toBe(1);
  await b.emitWithAck('message:send', { conversationId, clientId: '2', body: '둘' });
  expect(await readSeq(b, second.userId)).toBe(0);
  await a.emitWithAck('message:send', { conversationId, clientId: '3', body: '셋' });
  expect(await readSeq(a, first.userId)).toBe(1);
});
