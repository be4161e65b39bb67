import { expect, test } from 'vitest';
import { getPool } from '#db/client.ts';
import { sendMessage } from '#lib/chat/send-message.ts';
import { startConversation } from '#lib/chat/start-conversation.ts';
import type { SearchCursor } from '#lib/chat/types.ts';
import { searchMessages } from '#lib/search/search-messages.ts';
import { searchPeople } from '#lib/search/search-people.ts';
import { foldUsername } from '#lib/text/fold.ts';
import { messageKeys } from '#lib/text/message-keys.ts';
import { peopleKeys } from '#lib/text/people-keys.ts';
import { setUpDatabase } from '../support/database.ts';
import { addPair, addPerson as addStranger, type Person } from '../support/people.ts';

await setUpDatabase();

/** A person with this very name; those of the support carry a suffix. */
async function addPerson(username: string): Promise<Person> {
  const person = await addStranger('named');
  await getPool().query('update users set username = $2, username_key = $3, search_keys = $4 where id = $1', [
    person.userId,
    username,
    foldUsername(username),
    peopleKeys(username),
  ]);
  return { ...person, username };
}

const namesFor = async (viewer: Person, query: string) =>
  (await searchPeople({ viewerId: viewer.userId, query })).map(({ username }) => username);

async function say(person: Person, conversationId: string, body: string): Promise<number> {
  const sent = await sendMessage(person, { conversationId, clientId: crypto.randomUUID(), body });
  if (!sent.ok) throw new Error(sent.error.code);
  return sent.value.message.seq;
}

async function find(viewer: Person, query: string, conversationId?: string) {
  const found = await searchMessages({ viewerId: viewer.userId, query, conversationId });
  if (!found.ok) throw new Error(found.error.code);
  return found.value.hits;
}

/** Many messages at once, newest last, without the send path. */
async function fillConversation(
  conversationId: string,
  sender: Person,
  bodies: string[],
  startAt: number,
  stepMs = 10,
) {
  const keys = bodies.map((body) => messageKeys(conversationId, body));
  await getPool().query(
    `insert into messages (conversation_id, seq, revision, client_id, sender_id, body, folded, search_keys, created_at)
     select $1, n, n, 'bulk-' || n, $2, body, folded, array(select jsonb_array_elements_text(keys)::int),
       to_timestamp($3::float8 / 1000) + (n * $4) * interval '1 millisecond'
     from unnest($5::text[], $6::text[], $7::jsonb[]) with ordinality as t(body, folded, keys, n)`,
    [
      conversationId,
      sender.userId,
      startAt,
      stepMs,
      bodies,
      keys.map((key) => key.folded),
      keys.map((key) => JSON.stringify(key.searchKeys)),
    ],
  );
  await getPool().query(
    `update conversations set last_seq = $2, revision = $2,
       last_message_at = (select created_at from messages where conversation_id = $1 and seq = $2) where id = $1`,
    [conversationId, bodies.length],
  );
}

/** A conversation whose messages have the same keys as those of another conversation for the same text. */
async function addTwinConversation(conversationId: string, one: Person, other: Person): Promise<string> {
  const id = crypto.randomUUID().slice(0, -4) + conversationId.slice(-4);
  await getPool().query(
    `with conversation as (
       insert into conversations (id, low_user_id, high_user_id) values ($1, least($2::uuid, $3), greatest($2, $3::uuid))
     )
     insert into members (conversation_id, user_id) values ($1, $2), ($1, $3)`,
    [id, one.userId, other.userId],
  );
  expect(messageKeys(id, '드문말')).toEqual(messageKeys(conversationId, '드문말'));
  return id;
}

async function addConversation(viewer: Person, name: string) {
  const second = await addPerson(name);
  const started = await startConversation({ userId: viewer.userId, partnerId: second.userId });
  if (!started.ok) throw new Error('no conversation');
  return { second, conversationId: started.value.conversationId };
}

async function findAll(viewer: Person, query: string, conversationId?: string, limit = 7) {
  const keys: string[] = [];
  let before: SearchCursor | undefined;
  do {
    const page = await searchMessages({ viewerId: viewer.userId, query, conversationId, before, limit });
    if (!page.ok) throw new Error(page.error.code);
    if (page.value.next) expect(page.value.hits).toHaveLength(limit);
    keys.push(...page.value.hits.map(({ message }) => `${message.conversationId}:${message.seq}`));
    before = page.value.next ?? undefined;
  } while (before);
  return keys;
}

test('people are found by syllables, initials and unfinished syllables, beginnings first', async () => {
  const viewer = await addPerson('찾는이');
  for (const name of ['민지', '김민지', '미나', 'Minji_K', 'ａminji'.normalize('NFKC')])
    await addPerson(name);
  expect(await namesFor(viewer, 'ㅁㅈ')).toEqual(['민지', '김민지']);
  expect(await namesFor(viewer, '민ㅈ')).toEqual(['민지', '김민지']);
  expect(await namesFor(viewer, '민')).toEqual(['미나', '민지', '김민지']);
  expect(await namesFor(viewer, '민지'.normalize('NFD'))).toEqual(['민지', '김민지']);
  expect(await namesFor(viewer, 'ＭＩＮＪＩ')).toEqual(['Minji_K', 'aminji']);
  expect(await namesFor(viewer, '_')).toEqual(['Minji_K']);
  expect(await namesFor(viewer, '없는사람')).toEqual([]);
});

test('people search never shows oneself or an address, and nothing is found by an address', async () => {
  const [viewer, other] = [await addPerson('혼자하나'), await addPerson('혼자둘')];
  expect(await searchPeople({ viewerId: viewer.userId, query: '혼자' })).toEqual([
    { userId: other.userId, username: '혼자둘' },
  ]);
  expect(await namesFor(viewer, other.email)).toEqual([]);
  expect(await namesFor(viewer, 'example.com')).toEqual([]);
});

test('at most twenty people, in order of their names', async () => {
  const viewer = await addPerson('스물보는이');
  const names = Array.from({ length: 25 }, (_, i) => `twenty${String(i).padStart(2, '0')}`);
  for (const name of names) await addPerson(name);
  expect(await namesFor(viewer, 't')).toEqual(names.slice(0, 20));
  expect(await namesFor(viewer, 'wenty')).toHaveLength(20);
});

test('two syllables within a word find a message, whatever the case, width or normal form', async () => {
  const { first, second, conversationId } = await addPair();
  const seq = await say(first, conversationId, '내일 한강공원에서 Ｐicnic 해요');
  await say(second, conversationId, '좋아요');
  for (const query of ['강공', '한강', '강공'.normalize('NFD'), 'PICNIC', 'ｎｉｃ', '공원 내일']) {
    const hits = await find(second, query, conversationId);
    expect(hits.map(({ message }) => message.seq)).toEqual([seq]);
    expect(hits[0]?.partner).toEqual({ userId: first.userId, username: first.username });
  }
  const [hit] = await find(second, '강공');
  expect(hit?.ranges.map(([start, end]) => hit.message.body.slice(start, end))).toEqual(['강공']);
  expect(await find(second, '강원')).toEqual([]);
});

test('only members find messages, and a foreign conversation is like none', async () => {
  const { first, conversationId } = await addPair();
  const stranger = await addPerson('낯선사람');
  await say(first, conversationId, '둘만의 비밀이야기');
  expect(await find(stranger, '비밀이야기')).toEqual([]);
  const answers = await Promise.all(
    [conversationId, crypto.randomUUID()].map((id) =>
      searchMessages({ viewerId: stranger.userId, query: '비밀이야기', conversationId: id }),
    ),
  );
  for (const answer of answers) expect(answer).toEqual({ ok: false, error: { code: 'not_found' } });
});

test('deleted messages are not found, and too short a query is invalid', async () => {
  const { first, conversationId } = await addPair();
  const seq = await say(first, conversationId, '지울말씀');
  await getPool().query('update messages set deleted_at = now() where conversation_id = $1 and seq = $2', [
    conversationId,
    seq,
  ]);
  expect(await find(first, '지울말씀')).toEqual([]);
  const short = await searchMessages({ viewerId: first.userId, query: '지' });
  expect(short).toEqual({ ok: false, error: { code: 'invalid' } });
});

test('wildcards are letters', async () => {
  const { first, conversationId } = await addPair();
  await say(first, conversationId, 'abc 100% sure');
  expect(await find(first, '0%')).toHaveLength(1);
  expect(await find(first, 'a_c')).toEqual([]);
  expect(await find(first, '%%')).toEqual([]);
});

test('pages of a frequent and of a rare word have no gap and no double, newest first, over many conversations', async () => {
  const viewer = await addPerson('많은방주인');
  const conversations: string[] = [];
  for (let i = 0; i < 5; i++) {
    const { conversationId } = await addConversation(viewer, `많은방손님${i}`);
    conversations.push(conversationId);
    // The first conversation is long enough that the walk gives a rare word up; times of conversations coincide.
    const count = i === 0 ? 12_000 : 60;
    const bodies = Array.from({ length: count }, (_, n) => {
      const rare = n % 700 === 3 ? ' 드문말' : '';
      return n % 3 === 0 ? `자주쓰는말 ${n}${rare}` : `다른이야기 ${n}${rare}`;
    });
    await fillConversation(conversationId, viewer, bodies, Date.UTC(2026, 0, 1) + (i === 0 ? 0 : 110_000));
  }
  // What others write often must not hide what is rare here, nor be taken for it where keys coincide.
  const others = await addPair();
  const alike = await addTwinConversation(
    conversations[0] as string,
    others.first,
    await addPerson('쌍둥이방손님'),
  );
  await fillConversation(alike, others.first, Array(6000).fill('드문말 남의말'), Date.UTC(2026, 0, 1));
  await getPool().query('analyze');

  async function expected(word: string, conversationId?: string) {
    const { rows } = await getPool().query(
      `select m.conversation_id || ':' || m.seq as key from messages m
       where m.conversation_id = any($1::uuid[]) and m.body like '%' || $2 || '%'
       order by m.created_at desc, m.conversation_id desc, m.seq desc`,
      [conversationId ? [conversationId] : conversations, word],
    );
    return rows.map((row) => row.key);
  }
  expect(await findAll(viewer, '드문말')).toEqual(await expected('드문말'));
  expect(await findAll(viewer, '드문말', conversations[0])).toEqual(
    await expected('드문말', conversations[0]),
  );
  expect(await findAll(viewer, '주쓰는', conversations[0], 200)).toEqual(
    await expected('자주쓰는', conversations[0]),
  );
  expect(await findAll(viewer, '주쓰는', undefined, 150)).toEqual(await expected('자주쓰는'));
  expect(await findAll(viewer, '남의말')).toEqual([]);
});

test('words of one syllable are found as a phrase, with its spaces or without', async () => {
  const { first, second, conversationId } = await addPair();
  const spaced = await say(first, conversationId, '사과 세 개만 사 줘');
  const joined = await say(second, conversationId, '사과 세개 사줘');
  await say(first, conversationId, '개구리 세상');
  for (const query of ['세 개', '사 줘', '세\u3000개']) {
    const hits = await find(first, query, conversationId);
    expect(hits.map(({ message }) => message.seq)).toEqual([joined, spaced]);
  }
  expect(await find(first, '줘 봐', conversationId)).toEqual([]);
});

test('quotes and İ are found however they were typed, also in messages folded before they were alike', async () => {
  const { first, conversationId } = await addPair();
  const bodies = ['I’m in İstanbul', "I'm in istanbul", '“그래”라고'];
  const seqs: number[] = [];
  for (const body of bodies) seqs.push(await say(first, conversationId, body));
  // As it was stored before: curly quotes, and a dot behind each i.
  await getPool().query(
    `update messages set folded = 'i’m in i' || chr(775) || 'stanbul', search_keys = '{}'
     where conversation_id = $1 and seq = $2`,
    [conversationId, seqs[0]],
  );
  const found = async (query: string) => (await find(first, query)).map(({ message }) => message.seq);
  for (const query of ["i'm", 'I’m', 'istanbul', 'İSTANBUL', "i'm istanbul"]) {
    expect(await found(query), query).toEqual([seqs[1], seqs[0]]);
  }
  for (const query of ['"그래"', '“그래”라고', '그래"라고'])
    expect(await found(query), query).toEqual([seqs[2]]);
});

test('a phrase that no key leads to is looked for page by page to the end, without gap or double', async () => {
  const viewer = await addPerson('구절찾는이');
  const expected: string[] = [];
  for (let i = 0; i < 3; i++) {
    const { conversationId, second } = await addConversation(viewer, `구절손님${i}`);
    const bodies = Array.from({ length: 400 }, (_, n) => (n % 150 === 20 ? '배 두 개' : '말'));
    await fillConversation(conversationId, second, bodies, Date.UTC(2026, 0, 1) + i);
    bodies.forEach((body, n) => {
      if (body !== '말') expected.push(`${conversationId}:${n + 1}`);
    });
  }
  const found: string[] = [];
  let [pages, empty] = [0, 0];
  let before: SearchCursor | undefined;
  do {
    const page = await searchMessages({
      viewerId: viewer.userId,
      query: '두 개',
      before,
      walkWithoutKeys: 100,
    });
    if (!page.ok) throw new Error(page.error.code);
    pages++;
    if (page.value.hits.length === 0) empty++;
    found.push(...page.value.hits.map(({ message }) => `${message.conversationId}:${message.seq}`));
    before = page.value.next ?? undefined;
  } while (before);
  expect(found.toSorted()).toEqual(expected.toSorted());
  expect(pages).toBeGreaterThan(3);
  expect(empty).toBeGreaterThan(0);
});
