import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { getPool } from '#db/client.ts';
import { readMessageDetails } from '#lib/chat/read-message-details.ts';
import { setBlocked } from '#lib/chat/set-blocked.ts';
import type { Cursors } from '#lib/chat/types.ts';
import { setUpDatabase } from '../support/database.ts';
import { connectClient, nextEvent, openClient, startLive, type TestClient } from '../support/live.ts';
import { eventually } from '../support/mail.ts';
import { addPair, addSession, type Person } from '../support/people.ts';

await setUpDatabase();

let live: Awaited<ReturnType<typeof startLive>>;
beforeAll(async () => {
  live = await startLive();
});
afterAll(() => live.close());

const connect = ({ cookie }: { cookie: string }) => connectClient(live.url, cookie);

type Conversation = Awaited<ReturnType<typeof addPair>>;

/** `first` has sent three messages, of which `second` has read one. */
async function openConversation(): Promise<Conversation & { writer: TestClient; reader: TestClient }> {
  const conversation = await addPair();
  const [writer, reader] = [await connect(conversation.first), await connect(conversation.second)];
  const { conversationId } = conversation;
  for (const clientId of ['a', 'b', 'c']) {
    await writer.emitWithAck('message:send', { conversationId, clientId, body: clientId });
  }
  await reader.emitWithAck('conversation:read', { conversationId, seq: 1 });
  return { ...conversation, writer, reader };
}

const setBlock = ({ userId: viewerId }: Person, conversationId: string, blocked: boolean) =>
  setBlocked({ viewerId, conversationId, blocked });

/** Everything by which a person can learn how far their partner has read. */
async function readAll(client: TestClient, viewer: Person, conversationId: string): Promise<unknown> {
  const fresh = openClient(live.url, { cookie: viewer.cookie });
  const heads = await nextEvent(fresh, 'heads');
  fresh.disconnect();
  const list = await client.emitWithAck('conversation:list', {});
  const sync = await client.emitWithAck('conversation:sync', { conversationId, afterRevision: 0 });
  const reset = await client.emitWithAck('conversation:sync', { conversationId, afterRevision: 9_000 });
  if (!list.ok || !sync.ok || !reset.ok) throw new Error('not read');
  const ofPartner = (cursors: Cursors[] = []) => cursors.find(({ userId }) => userId !== viewer.userId);
  const details = [];
  for (const seq of [1, 2, 3]) {
    details.push(await readMessageDetails({ viewerId: viewer.userId, conversationId, seq }));
  }
  return {
    heads: ofPartner(heads[conversationId]?.cursors),
    list: ofPartner(list.conversations[0]?.cursors),
    sync: [ofPartner(sync.cursors), ofPartner(sync.conversation.cursors)],
    reset: [ofPartner(reset.cursors), ofPartner(reset.conversation.cursors)],
    details,
  };
}

test.each(['first', 'second'] as const)(
  'while %s blocks, reading shows in no way and at no time',
  async (blocker) => {
    const { first, second, conversationId, writer, reader } = await openConversation();
    const otherTab = await connect(await addSession(second.userId));
    const before = await readAll(writer, first, conversationId);
    await setBlock(blocker === 'first' ? first : second, conversationId, true);
    const heard: string[] = [];
    writer.on('conversation:cursor', () => heard.push('cursor'));
    const ownTabHeard = nextEvent(otherTab, 'conversation:cursor', ({ readSeq }) => readSeq === 3);
    expect(await reader.emitWithAck('conversation:read', { conversationId, seq: 3 })).toEqual({
      ok: true,
      seq: 3,
    });
    // The reader's own tabs do hear it, and their count is gone.
    expect(await ownTabHeard).toMatchObject({ userId: second.userId, unread: 0 });
    expect(await readAll(writer, first, conversationId)).toEqual(before);
    expect(heard).toEqual([]);
    for (const client of [writer, reader, otherTab]) client.disconnect();
  },
);

test('once no block stands each learns where the other is now, but not when that was', async () => {
  const { first, second, conversationId, writer, reader } = await openConversation();
  const otherTab = await connect(await addSession(first.userId));
  await setBlock(first, conversationId, true);
  await setBlock(second, conversationId, true);
  await reader.emitWithAck('conversation:read', { conversationId, seq: 3 });
  const blocked = await readAll(writer, first, conversationId);
  await setBlock(first, conversationId, false);
  expect(await readAll(writer, first, conversationId)).toEqual(blocked);

  const told = nextEvent(otherTab, 'conversation:cursor', ({ userId }) => userId === second.userId);
  await setBlock(second, conversationId, false);
  expect(await told).toMatchObject({ readSeq: 3, deliveredSeq: 3 });
  const details = await readMessageDetails({ viewerId: first.userId, conversationId, seq: 3 });
  expect(details).toMatchObject({ value: { details: { delivered: { at: null }, read: { at: null } } } });

  await writer.emitWithAck('message:send', { conversationId, clientId: 'd', body: 'd' });
  await reader.emitWithAck('conversation:read', { conversationId, seq: 4 });
  const later = await readMessageDetails({ viewerId: first.userId, conversationId, seq: 4 });
  expect(later).toMatchObject({ value: { details: { read: { at: expect.any(String) } } } });
  for (const client of [writer, reader, otherTab]) client.disconnect();
});

test('a block ends what each saw of the other’s presence, and its end brings it back', async () => {
  const { first, second, conversationId, writer, reader } = await openConversation();
  const seen = (client: TestClient, person: Person, online: boolean) =>
    nextEvent(client, 'presence', (event) => event.userId === person.userId && event.online === online);
  const gone = [seen(writer, second, false), seen(reader, first, false)];
  await setBlock(second, conversationId, true);
  expect((await Promise.all(gone)).map(({ lastSeenAt }) => lastSeenAt)).toEqual([null, null]);
  const back = [seen(writer, second, true), seen(reader, first, true)];
  await setBlock(second, conversationId, false);
  await Promise.all(back);
  for (const client of [writer, reader]) client.disconnect();
});

test('what becomes of a mail across a block is not told', async () => {
  const { first, second, conversationId, writer, reader } = await openConversation();
  const mailId = randomUUID();
  await getPool().query(
    `insert into mails (id, kind, recipient_id, address, payload, idempotency_key, state, sent_at)
     values ($1, 'messages', $2, $3, '{"subject":"","html":"","text":"","headers":{}}', $4, 'sent', now())`,
    [mailId, second.userId, second.email, mailId],
  );
  await getPool().query(
    'insert into mail_ranges (mail_id, conversation_id, from_seq, to_seq, shown_seq) values ($1, $2, 1, 3, 3)',
    [mailId, conversationId],
  );
  const readMail = async () => {
    const result = await readMessageDetails({ viewerId: first.userId, conversationId, seq: 2 });
    return result.ok ? result.value.details.mail : undefined;
  };
  const sent = await readMail();
  expect(sent).toEqual({ sentAt: expect.any(String) });
  await setBlock(second, conversationId, true);
  await getPool().query('update mails set delivered_at = clock_timestamp() where id = $1', [mailId]);
  expect(await readMail()).toEqual(sent);
  await setBlock(second, conversationId, false);
  await eventually(async () => expect(await readMail()).toHaveProperty('deliveredAt'));
  for (const client of [writer, reader]) client.disconnect();
});

test('blocking is for the two people alone', async () => {
  const { first, second, conversationId, writer, reader } = await openConversation();
  const { first: stranger } = await addPair();
  const before = await readAll(writer, first, conversationId);
  expect(await setBlock(stranger, conversationId, true)).toEqual({ ok: false, error: { code: 'not_found' } });
  await reader.emitWithAck('conversation:read', { conversationId, seq: 2 });
  expect(await readAll(writer, first, conversationId)).not.toEqual(before);
  expect(
    await writer.emitWithAck('message:send', { conversationId, clientId: 'e', body: 'e' }),
  ).toMatchObject({
    ok: true,
  });
  expect(second.userId).not.toBe(stranger.userId);
  for (const client of [writer, reader]) client.disconnect();
});

test('a block that both set at once is seen as one', async () => {
  const { first, second, conversationId, writer, reader } = await openConversation();
  await Promise.all([setBlock(first, conversationId, true), setBlock(second, conversationId, true)]);
  await setBlock(first, conversationId, false);
  const before = await readAll(writer, first, conversationId);
  await reader.emitWithAck('conversation:read', { conversationId, seq: 3 });
  expect(await readAll(writer, first, conversationId)).toEqual(before);
  for (const client of [writer, reader]) client.disconnect();
});
