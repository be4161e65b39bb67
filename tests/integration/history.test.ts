import { afterAll, beforeAll, expect, test } from 'vitest';
import { getPool } from '#db/client.ts';
import { messageKeys } from '#lib/text/message-keys.ts';
import { setUpDatabase } from '../support/database.ts';
import { connectClient, startLive, type TestClient } from '../support/live.ts';
import { addPair, addPerson, type Person } from '../support/people.ts';

await setUpDatabase();

const COUNT = 620;
let live: Awaited<ReturnType<typeof startLive>>;
let reader: TestClient;
let stranger: TestClient;
let pair: { first: Person; second: Person; conversationId: string };

beforeAll(async () => {
  live = await startLive();
  pair = await addPair();
  reader = await connectClient(live.url, pair.first.cookie);
  stranger = await connectClient(live.url, (await addPerson('낯선사람')).cookie);
  const keys = messageKeys(pair.conversationId, '말');
  await getPool().query(
    `insert into messages (conversation_id, seq, revision, client_id, sender_id, body, folded, search_keys, created_at)
     select $1, n, n, n::text, $2, '말 ' || n, $3, $4, now() from generate_series(1, $5::int) n`,
    [pair.conversationId, pair.second.userId, keys.folded, keys.searchKeys, COUNT],
  );
  await getPool().query(
    `update conversations set last_seq = $2, revision = $2, last_message_at = now(),
       low_last_seq = case when low_user_id = $3 then $2 else 0 end,
       high_last_seq = case when high_user_id = $3 then $2 else 0 end
     where id = $1`,
    [pair.conversationId, COUNT, pair.second.userId],
  );
});
afterAll(async () => {
  reader.disconnect();
  stranger.disconnect();
  await live.close();
});

const readPage = async (anchor: object) => {
  const page = await reader.emitWithAck('conversation:history', {
    conversationId: pair.conversationId,
    ...anchor,
  });
  if (!page.ok) throw new Error(page.error.code);
  return { seqs: page.messages.map((message) => message.seq), more: page.more, revision: page.revision };
};
const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, i) => from + i);

test.each([
  ['the newest page', {}, range(571, 620), { before: true, after: false }],
  ['what comes before', { beforeSeq: 571, limit: 20 }, range(551, 570), { before: true, after: true }],
  ['the oldest page, short', { beforeSeq: 11, limit: 20 }, range(1, 10), { before: false, after: true }],
  ['nothing before the first', { beforeSeq: 1 }, [], { before: false, after: true }],
  ['what comes after', { afterSeq: 600, limit: 10 }, range(601, 610), { before: true, after: true }],
  ['from the start', { afterSeq: 0, limit: 5 }, range(1, 5), { before: false, after: true }],
  ['nothing after the newest', { afterSeq: 620 }, [], { before: true, after: false }],
  ['both sides of a seq', { aroundSeq: 300, limit: 10 }, range(295, 304), { before: true, after: true }],
  ['a full page around the first', { aroundSeq: 1, limit: 10 }, range(1, 10), { before: false, after: true }],
  [
    'a full page around the newest',
    { aroundSeq: 620, limit: 10 },
    range(611, 620),
    { before: true, after: false },
  ],
  [
    'the newest around a seq to come',
    { aroundSeq: 9999, limit: 10 },
    range(611, 620),
    { before: true, after: false },
  ],
  [
    'the newest before a seq to come',
    { beforeSeq: 9999, limit: 10 },
    range(611, 620),
    { before: true, after: false },
  ],
])('history gives %s', async (_, anchor, seqs, more) => {
  expect(await readPage(anchor)).toEqual({ seqs, more, revision: COUNT });
});

test('pages from the newest back to the first hold every message once', async () => {
  const seen: number[] = [];
  for (
    let page = await readPage({ limit: 90 });
    ;
    page = await readPage({ limit: 90, beforeSeq: page.seqs[0] })
  ) {
    seen.unshift(...page.seqs);
    if (!page.more.before) break;
  }
  expect(seen).toEqual(range(1, COUNT));
});

test('sync pages through the changes in revision order up to the head', async () => {
  const revisions: number[] = [];
  let after = 200;
  for (;;) {
    const sync = await reader.emitWithAck('conversation:sync', {
      conversationId: pair.conversationId,
      afterRevision: after,
      limit: 150,
    });
    if (!sync.ok || sync.reset) throw new Error('no changes');
    revisions.push(...sync.changes.map((change) => change.revision));
    after = sync.revision;
    expect(sync.conversation).toMatchObject({ unread: 100, revision: COUNT });
    if (!sync.more) break;
  }
  expect(revisions).toEqual(range(201, COUNT));
  expect(after).toBe(COUNT);
});

test.each([
  ['more than 500 changes behind', 100],
  ['ahead of the server', COUNT + 1],
])('a client %s starts over from the newest page', async (_, afterRevision) => {
  const sync = await reader.emitWithAck('conversation:sync', {
    conversationId: pair.conversationId,
    afterRevision,
  });
  expect(sync).toMatchObject({ ok: true, reset: true, revision: COUNT });
  expect(sync.ok && sync.reset && sync.messages.map((message) => message.seq)).toEqual(range(571, 620));
});

test.each([
  ['two anchors', { beforeSeq: 5, afterSeq: 2 }],
  ['no limit at all', { limit: 0 }],
  ['a huge limit', { limit: 100_000 }],
  ['a fraction', { beforeSeq: 1.5 }],
  ['a text for a number', { beforeSeq: '5' }],
])('history with %s is invalid', async (_, anchor) => {
  const input = { conversationId: pair.conversationId, ...anchor } as never;
  expect(await reader.emitWithAck('conversation:history', input)).toEqual({
    ok: false,
    error: { code: 'invalid' },
  });
});

test('a stranger gets for a foreign conversation what they get for none', async () => {
  const none = '01900000-0000-7000-8000-000000000000';
  for (const conversationId of [pair.conversationId, none]) {
    const answers = await Promise.all([
      stranger.emitWithAck('conversation:history', { conversationId }),
      stranger.emitWithAck('conversation:sync', { conversationId, afterRevision: 0 }),
      stranger.emitWithAck('conversation:read', { conversationId, seq: 1 }),
      stranger.emitWithAck('conversation:delivered', { conversationId, seq: 1 }),
      stranger.emitWithAck('message:send', { conversationId, clientId: 'x', body: '나도' }),
    ]);
    expect(answers).toEqual(answers.map(() => ({ ok: false, error: { code: 'not_found' } })));
  }
  expect(await stranger.emitWithAck('conversation:list', {})).toEqual({
    ok: true,
    conversations: [],
    more: false,
  });
  expect((await readPage({})).revision).toBe(COUNT);
});
