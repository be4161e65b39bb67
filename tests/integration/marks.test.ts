import { expect, test } from 'vitest';
import { getDb, getPool } from '#db/client.ts';
import { findJudgedMail } from '#db/queries/mails.ts';
import { selectChangedHeads } from '#db/queries/members.ts';
import { selectHits } from '#db/queries/search-messages.ts';
import { listSummaryConversations } from '#db/queries/summaries.ts';
import { listStarred } from '#lib/chat/list-starred.ts';
import { readMessageDetails } from '#lib/chat/read-message-details.ts';
import { sendMessage } from '#lib/chat/send-message.ts';
import { setBlocked } from '#lib/chat/set-blocked.ts';
import { startConversation } from '#lib/chat/start-conversation.ts';
import { cancelMail } from '#lib/email/delivery/cancel-mail.ts';
import { collectMail } from '#lib/email/messages/collect.ts';
import { searchMessages } from '#lib/search/search-messages.ts';
import { askAbout, messageOf, readStored, refused, runLive } from '../support/change-messages.ts';
import { setUpDatabase } from '../support/database.ts';
import { nextEvent, openClient } from '../support/live.ts';
import { listMails, say } from '../support/mail.ts';
import { addPair, addPerson, addSession } from '../support/people.ts';

await setUpDatabase({ EMAIL_WINDOW_SECONDS: '0' });
const { connect, url } = runLive();

/** Two people who talk, the first at two devices. */
async function openPair() {
  const pair = await addPair();
  const { first, second, conversationId } = pair;
  const clients = [
    await connect(first),
    await connect(await addSession(first.userId)),
    await connect(second),
  ];
  const [firstClient, otherClient, secondClient] = clients as [
    (typeof clients)[0],
    (typeof clients)[0],
    (typeof clients)[0],
  ];
  const mine = askAbout(firstClient, conversationId);
  const other = askAbout(otherClient, conversationId);
  const theirs = askAbout(secondClient, conversationId);
  return { ...pair, firstClient, otherClient, secondClient, mine, other, theirs };
}

type Client = Awaited<ReturnType<typeof connect>>;

/** The two say something, and one connection has heard all of it. */
async function talk(
  client: Client,
  conversationId: string,
  ...turns: [Parameters<typeof say>[0], ...string[]][]
): Promise<void> {
  const count = turns.flatMap(([_, ...texts]) => texts).length;
  const heard = nextEvent(client, 'message:new', ({ seq }) => seq === count);
  for (const [person, ...texts] of turns) await say(person, conversationId, ...texts);
  await heard;
}

/** Notes all that a connection hears but what comes by itself: heads, and who is here. */
function listen(client: Client): string[] {
  const heard: string[] = [];
  client.onAny((event) => event !== 'heads' && event !== 'presence' && heard.push(event));
  return heard;
}

const done = (fields: object) => ({ ok: true, ...fields });

test('stars and what one deletes for oneself are told to one’s own devices alone, and take no revision', async () => {
  const { first, second, conversationId, otherClient, secondClient, mine, other, theirs } = await openPair();
  await talk(secondClient, conversationId, [first, '하나'], [second, '둘', '셋']);
  const before = await readStored(conversationId);
  const heard = listen(secondClient);
  const told = [1, 2, 3].map((revision) =>
    nextEvent(otherClient, 'conversation:marks', (change) => change.revision === revision),
  );
  expect(await mine.star(2)).toEqual(done({ seq: 2, revision: 1 }));
  expect(await mine.star(2)).toEqual(done({ seq: 2, revision: 1 }));
  expect(await mine.star(1)).toEqual(done({ seq: 1, revision: 2 }));
  // With its star.
  expect(await mine.hide(2)).toEqual(done({ seq: 2, revision: 3 }));
  expect(await mine.hide(2)).toEqual(done({ seq: 2, revision: 3 }));
  expect(await Promise.all(told)).toEqual([
    { conversationId, revision: 1, seq: 2, starred: true, hidden: false },
    { conversationId, revision: 2, seq: 1, starred: true, hidden: false },
    { conversationId, revision: 3, seq: 2, starred: false, hidden: true },
  ]);
  const marks = { revision: 3, clearedSeq: 0, starred: [1], hidden: [2] };
  expect(await other.marks()).toEqual(done(marks));
  expect(await theirs.marks()).toEqual(done({ revision: 0, clearedSeq: 0, starred: [], hidden: [] }));
  await theirs.entry();
  expect(heard).toEqual([]);
  expect(await readStored(conversationId)).toEqual(before);
  expect(await mine.star(2)).toEqual(refused('not_found'));
  expect(await mine.star(2, false)).toEqual(done({ seq: 2, revision: 3 }));
  for (const ack of [await mine.star(9), await mine.hide(9)]) expect(ack).toEqual(refused('not_found'));
  expect(await mine.star(1, false)).toEqual(done({ seq: 1, revision: 4 }));
});

test('what one deleted for oneself is in no page, sync, entry, count or search of theirs, and stays the other’s', async () => {
  const { first, second, conversationId, firstClient, mine, theirs } = await openPair();
  await say(first, conversationId, '물어볼게요');
  await say(second, conversationId, '남는 말', '숨길 말');
  const reply = messageOf(await theirs.send('숨길 말에 답', { replyToSeq: 3 }));
  expect((await mine.entry()).unread).toBe(3);
  await mine.hide(3);
  await mine.hide(4);
  const page = await firstClient.emitWithAck('conversation:history', { conversationId });
  expect(page).toMatchObject({ marks: { revision: 2, hidden: [3, 4] } });
  const seen = await mine.history();
  expect(seen.map(({ body }) => body)).toEqual(['물어볼게요', '남는 말', '', '']);
  expect(seen[2]).toMatchObject({ vanished: true, deletedAt: '1970-01-01T00:00:00.000Z' });
  expect((await mine.sync(0)).map(({ body }) => body)).toEqual(seen.map(({ body }) => body));
  expect(await mine.entry()).toMatchObject({ lastMessage: { seq: 2 }, unread: 1, marks: { revision: 2 } });
  const find = (viewerId: string) => searchMessages({ viewerId, query: '숨길 말' });
  expect(await find(first.userId)).toMatchObject({ value: { hits: [] } });
  expect(await find(second.userId)).toMatchObject({ value: { hits: [{ message: { seq: 4 } }, {}] } });
  // Search finds a reply to it, and stars list one, without the text that it answers.
  await theirs.send('찾을 답', { replyToSeq: 3 });
  await mine.star(5);
  const found = [
    await searchMessages({ viewerId: first.userId, query: '찾을 답' }),
    await listStarred({ viewerId: first.userId }),
  ];
  expect(found).toMatchObject([
    { value: { hits: [{ message: { seq: 5, replyToSeq: 3 } }] } },
    { value: { starred: [{ message: { seq: 5, replyToSeq: 3 } }] } },
  ]);
  expect(JSON.stringify(found)).not.toContain('숨길 말');
  await mine.hide(5);
  // Hidden between the search of the keys and of the messages.
  const keys = [4, 5].map((seq) => ({ createdAt: new Date(), conversationId, seq }));
  expect(await selectHits(first.userId, keys)).toEqual([]);
  expect(await selectHits(second.userId, keys)).toHaveLength(2);
  const look = (viewerId: string, seq: number) => readMessageDetails({ viewerId, conversationId, seq });
  expect(await look(first.userId, 3)).toEqual(refused('not_found'));
  expect(await look(second.userId, 3)).toMatchObject({ ok: true });
  expect((await theirs.history())[3]).toEqual(reply);
  expect(await theirs.entry()).toMatchObject({ lastMessage: { seq: 5 } });
  expect(await theirs.entry()).not.toHaveProperty('marks');
  // A reply to it says that it was deleted.
  await theirs.send('또 답', { replyToSeq: 3 });
  expect((await mine.history()).at(-1)).toMatchObject({ body: '또 답', replyTo: { seq: 3, body: '' } });
  expect((await theirs.history()).at(-1)?.replyTo?.body).toBe('숨길 말');
  // Whoever knows the marks is not sent them again.
  const known = await firstClient.emitWithAck('conversation:history', { conversationId, marksRevision: 4 });
  expect(known).not.toHaveProperty('marks');
});

test('a conversation that one deletes for oneself is gone from the list until something is said', async () => {
  const { first, second, conversationId, firstClient, otherClient, secondClient, mine, other, theirs } =
    await openPair();
  await talk(secondClient, conversationId, [first, '하나'], [second, '둘', '셋']);
  const heard = listen(secondClient);
  expect(await mine.clear(4)).toEqual(refused('invalid'));
  const told = nextEvent(otherClient, 'conversation:marks');
  await mine.star(3);
  expect(await mine.clear(3)).toEqual(done({ clearedSeq: 3, revision: 2 }));
  expect(await mine.clear(3)).toEqual(done({ clearedSeq: 3, revision: 2 }));
  expect(await mine.clear(1)).toEqual(done({ clearedSeq: 3, revision: 2 }));
  expect(await told).toMatchObject({ revision: 1 });
  expect(await other.marks()).toEqual(done({ revision: 2, clearedSeq: 3, starred: [], hidden: [] }));
  await expect(mine.entry()).rejects.toThrow('not in the list');
  for (const anchor of [{}, { beforeSeq: 3 }, { afterSeq: 0 }, { aroundSeq: 2 }]) {
    const page = await firstClient.emitWithAck('conversation:history', { conversationId, ...anchor });
    expect(page).toMatchObject({ messages: [], more: { before: false, after: false } });
  }
  expect(await mine.sync(0)).toEqual([]);
  expect(await searchMessages({ viewerId: first.userId, query: '하나' })).toMatchObject({
    value: { hits: [] },
  });
  expect(await mine.star(2)).toEqual(refused('not_found'));
  expect(await mine.hide(2)).toEqual(done({ seq: 2, revision: 2 }));
  // The partner is not told, and sees nothing read.
  expect(await theirs.entry()).toMatchObject({ cursors: [{}, { readSeq: 1 }], lastMessage: { seq: 3 } });
  expect(heard).toEqual([]);
  await theirs.send('넷', { replyToSeq: 1 });
  expect(await mine.entry()).toMatchObject({ lastMessage: { seq: 4 }, unread: 1, marks: { clearedSeq: 3 } });
  const [only, ...rest] = await mine.history();
  expect(only).toMatchObject({ seq: 4, replyTo: { seq: 1, body: '' } });
  expect(rest).toEqual([]);
});

test('what vanished brings a deleted conversation back to nobody, and does once it is taken back', async () => {
  const { first, second, conversationId, mine, theirs } = await openPair();
  await say(first, conversationId, '하나');
  await mine.clear(1);
  await theirs.send('보냈다가');
  expect(await mine.entry()).toMatchObject({ lastMessage: { seq: 2 } });
  messageOf(await theirs.remove(2));
  await expect(mine.entry()).rejects.toThrow('not in the list');
  const heads = async () => (await selectChangedHeads([first.userId]))[0]?.isListed;
  expect(await heads()).toBe(false);
  messageOf(await theirs.undelete(2));
  expect(await mine.entry()).toMatchObject({ lastMessage: { seq: 2 } });
  expect(await heads()).toBe(true);
  // Also in one that nobody cleared to its end.
  messageOf(await theirs.remove(2));
  await startConversation({ userId: first.userId, partnerId: second.userId });
  expect(await mine.entry()).toMatchObject({ lastMessage: null, unread: 0 });
  await mine.clear(1);
  await expect(mine.entry()).rejects.toThrow('not in the list');
});

test('begun anew, a deleted conversation is in the list again, empty', async () => {
  const { first, second, conversationId, mine } = await openPair();
  await say(first, conversationId, '하나');
  await mine.clear(1);
  await startConversation({ userId: first.userId, partnerId: second.userId });
  const entry = await mine.entry();
  expect(entry).toMatchObject({ lastMessage: null, unread: 0, marks: { revision: 2, clearedSeq: 1 } });
  expect(entry.marks).not.toHaveProperty('removed');
  expect(await mine.clear(1)).toEqual(done({ clearedSeq: 1, revision: 3 }));
  await expect(mine.entry()).rejects.toThrow('not in the list');
});

test('heads tell of marks to their own person alone, and at a connection of all', async () => {
  const { first, second, conversationId, mine } = await openPair();
  await say(first, conversationId, '하나');
  const people = [first.userId, second.userId];
  const nextHeads = async (person: typeof first) => {
    const client = openClient(url(), { cookie: person.cookie });
    const heads = await nextEvent(client, 'heads');
    client.disconnect();
    return heads;
  };
  for (const table of ['messages set created_at = created_at', 'receipts set at = at']) {
    await getPool().query(`update ${table} - interval '2 minutes'`);
  }
  expect(await selectChangedHeads(people)).toEqual([]);
  await mine.star(1);
  const [row, ...others] = await selectChangedHeads(people);
  expect(row).toMatchObject({ memberId: first.userId, marksRevision: 1, revision: 1 });
  expect(others).toEqual([]);
  await getPool().query(`update marks set at = at - interval '2 minutes'`);
  await mine.clear(1);
  expect(await selectChangedHeads(people)).toMatchObject([{ memberId: first.userId, clearedSeq: 1 }]);
  // A new connection is told of all, also of what the list does not have any more.
  const told = await nextHeads(first);
  const marks = { revision: 2, clearedSeq: 1, removed: true };
  expect(told[conversationId]).toMatchObject({ revision: 1, marks });
  expect((await nextHeads(second))[conversationId]).not.toHaveProperty('marks');
});

test('marks are a member’s own: a stranger has none, and a block changes nothing', async () => {
  const { first, second, conversationId, mine, theirs } = await openPair();
  await say(first, conversationId, '하나');
  const stranger = askAbout(await connect(await addPerson('낯선이')), conversationId);
  for (const ack of [
    await stranger.star(1),
    await stranger.hide(1),
    await stranger.clear(1),
    await stranger.marks(),
  ]) {
    expect(ack).toEqual(refused('not_found'));
  }
  await setBlocked({ viewerId: second.userId, conversationId, blocked: true });
  expect(await mine.star(1)).toMatchObject(done({ seq: 1 }));
  expect(await theirs.hide(1)).toMatchObject(done({ seq: 1 }));
  expect(await mine.clear(1)).toMatchObject(done({ clearedSeq: 1 }));
});

test('a deletion for both takes both stars along, and its undo brings them back as they were', async () => {
  const { first, conversationId, otherClient, secondClient, mine, theirs, other } = await openPair();
  await say(first, conversationId, '하나');
  await theirs.deliver(1);
  await mine.star(1);
  await theirs.star(1);
  const readStars = () =>
    getPool().query(
      'select user_id, starred_at from marks where conversation_id = $1 and starred_at is not null order by 1',
      [conversationId],
    );
  const { rows } = await readStars();
  expect(rows).toHaveLength(2);
  const gone = [otherClient, secondClient].map((client) =>
    nextEvent(client, 'conversation:marks', ({ revision }) => revision === 2),
  );
  messageOf(await mine.remove(1));
  expect(await Promise.all(gone)).toMatchObject([{ starred: false }, { starred: false }]);
  expect((await readStars()).rows).toEqual([]);
  expect(await mine.star(1)).toEqual(refused('not_found'));
  messageOf(await mine.undelete(1));
  expect((await readStars()).rows).toEqual(rows);
  expect(await other.marks()).toMatchObject({ revision: 3, starred: [1] });
  // Whoever deleted it for themselves meanwhile gets no star back.
  messageOf(await mine.remove(1));
  await theirs.hide(1);
  messageOf(await mine.undelete(1));
  expect(await theirs.marks()).toMatchObject({ starred: [], hidden: [1] });
});

test('a star that is taken away while its message is deleted does not come back with the undo', async () => {
  const { first, conversationId, mine, theirs } = await openPair();
  await say(first, conversationId, '하나');
  await mine.star(1);
  await theirs.star(1);
  messageOf(await mine.remove(1));
  expect(await mine.star(1, false)).toEqual(done({ seq: 1, revision: 2 }));
  messageOf(await mine.undelete(1));
  expect(await mine.marks()).toMatchObject({ starred: [] });
  expect(await theirs.marks()).toMatchObject({ starred: [1] });
});

test('no mail shows what its reader deleted for themselves, also one that waits', async () => {
  const { first, second, conversationId, theirs } = await openPair();
  await say(second, conversationId, '내 질문 비밀');
  await say(first, conversationId, '숨긴 말', '남은 말');
  await theirs.hide(1);
  await theirs.hide(2);
  const collect = () => collectMail({ conversationId, recipientId: second.userId });
  const textOf = async () => JSON.stringify((await listMails(second.userId)).map(({ payload }) => payload));
  await collect();
  expect(await textOf()).toContain('남은 말');
  expect(await textOf()).not.toMatch(/숨긴 말|비밀/);
  // It waits to be handed over, and is written anew, or not at all.
  await theirs.hide(3);
  const [mail] = await listMails(second.userId);
  const judge = async () => (await findJudgedMail(getDb(), mail.id, 'pending'))?.isOutdated;
  expect(await judge()).toBe(true);
  const found = await findJudgedMail(getDb(), mail.id, 'pending');
  await cancelMail((found as NonNullable<typeof found>).mail, 'rewrite');
  expect(await listMails(second.userId)).toMatchObject([{ state: 'cancelled' }]);
  await say(first, conversationId, '지운 대화의 말', '둘째 말');
  await collect();
  const [, waiting] = await listMails(second.userId);
  expect(waiting.payload.text).toContain('둘째 말');
  expect((await findJudgedMail(getDb(), waiting.id, 'pending'))?.isOutdated).toBe(false);
  await theirs.clear(4);
  expect((await findJudgedMail(getDb(), waiting.id, 'pending'))?.isOutdated).toBe(true);
  await cancelMail({ ...waiting, recipientId: second.userId }, 'rewrite');
  const rewritten = (await listMails(second.userId)).at(-1);
  expect(rewritten.payload.text).toContain('둘째 말');
  expect(rewritten.payload.text).not.toContain('지운 대화의 말');
  // What comes after is mailed as ever, without what it answers.
  await say(first, conversationId, '셋째 말');
  await theirs.clear(5);
  const reply = { conversationId, clientId: 'reply', body: '답', replyToSeq: 5 };
  expect(await sendMessage(first, reply)).toMatchObject({ ok: true });
  await cancelMail({ ...rewritten, recipientId: second.userId }, 'rewrite');
  await collect();
  const last = (await listMails(second.userId)).at(-1);
  expect(last.payload.text).toContain('셋째 말');
  expect(last.payload.text).not.toContain('둘째 말');
  expect((await findJudgedMail(getDb(), last.id, 'pending'))?.isOutdated).toBe(false);
});

test('a summary neither counts nor shows what its reader deleted for themselves', async () => {
  const { first, second, conversationId, theirs } = await openPair();
  await say(first, conversationId, '숨긴 말', '남은 말');
  await theirs.hide(1);
  await getPool().query("update users set email_preference = 'daily' where id = $1", [second.userId]);
  const owed = () => getDb().transaction((tx) => listSummaryConversations(tx, second.userId, false));
  expect(await owed()).toMatchObject([{ conversationId, texts: 1 }]);
  await theirs.clear(2);
  expect(await owed()).toEqual([]);
});
