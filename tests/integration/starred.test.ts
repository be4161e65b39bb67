import { expect, test } from 'vitest';
import { getPool } from '#db/client.ts';
import { listStarred } from '#lib/chat/list-starred.ts';
import { startConversation } from '#lib/chat/start-conversation.ts';
import type { SearchCursor } from '#lib/chat/types.ts';
import { setUpDatabase } from '../support/database.ts';
import { say } from '../support/mail.ts';
import { addPair, addPerson, type Person } from '../support/people.ts';

await setUpDatabase();

/** Stars a message at a time of its own: so many seconds from the beginning. */
async function star(person: Person, conversationId: string, seq: number, second: number, isHidden = false) {
  await getPool().query(
    `insert into marks (conversation_id, user_id, seq, starred_at, hidden_at, at)
     values ($1, $2, $3, to_timestamp($4), case when $5 then now() end, now())`,
    [conversationId, person.userId, seq, second, isHidden],
  );
}

async function readPage(viewer: Person, limit?: number, before?: SearchCursor) {
  const page = await listStarred({ viewerId: viewer.userId, limit, before });
  if (!page.ok) throw new Error(page.error.code);
  return page.value;
}

/** All that somebody has starred, as they read it page by page. */
async function readAll(viewer: Person, limit?: number): Promise<string[]> {
  const bodies: string[] = [];
  let before: SearchCursor | undefined;
  do {
    const { starred, next } = await readPage(viewer, limit, before);
    bodies.push(...starred.map(({ message }) => message.body));
    before = next ?? undefined;
  } while (before);
  return bodies;
}

test('starred messages of all conversations come newest star first, whoever wrote them, with the partner', async () => {
  const { first, second, conversationId } = await addPair();
  await say(first, conversationId, 'mine');
  await say(second, conversationId, 'theirs');
  const third = await addPerson('세나');
  const other = await startConversation({ userId: first.userId, partnerId: third.userId });
  if (!other.ok) throw new Error(other.error.code);
  const otherId = other.value.conversationId;
  await say(third, otherId, `${'긴 글 '.repeat(200)}끝`);
  await star(first, conversationId, 2, 10);
  await star(first, otherId, 1, 30);
  await star(first, conversationId, 1, 20);
  const { starred, next } = await readPage(first);
  expect(next).toBeNull();
  expect(starred.map(({ partner }) => partner)).toEqual([
    { userId: third.userId, username: third.username },
    { userId: second.userId, username: second.username },
    { userId: second.userId, username: second.username },
  ]);
  expect(starred.slice(1).map(({ message }) => message.body)).toEqual(['mine', 'theirs']);
  // A long text comes in part.
  expect(starred[0]?.message.body).toHaveLength(200);
});

test('pages end where the next begins, also among stars of the same moment', async () => {
  const { first, second, conversationId } = await addPair();
  for (let seq = 1; seq <= 7; seq++) await say(second, conversationId, String(seq));
  for (let seq = 1; seq <= 7; seq++) await star(first, conversationId, seq, seq < 3 ? 1 : 2);
  const all = ['7', '6', '5', '4', '3', '2', '1'];
  for (const limit of [1, 2, 3, 7, 20]) expect(await readAll(first, limit)).toEqual(all);
  expect((await readPage(first, 7)).next).toBeNull();
  expect((await readPage(first, 6)).next).toMatchObject({ conversationId, seq: 2 });
});

test('what is deleted, hidden or cleared away is not there; a star is seen by nobody else', async () => {
  const { first, second, conversationId } = await addPair();
  for (const body of ['cleared', 'deleted', 'hidden', 'stays']) await say(second, conversationId, body);
  for (const seq of [1, 2, 4]) await star(first, conversationId, seq, seq);
  await star(first, conversationId, 3, 3, true);
  await getPool().query('update messages set deleted_at = now() where conversation_id = $1 and seq = 2', [
    conversationId,
  ]);
  await getPool().query('update members set cleared_seq = 1 where conversation_id = $1 and user_id = $2', [
    conversationId,
    first.userId,
  ]);
  expect(await readAll(first)).toEqual(['stays']);
  expect(await readAll(second)).toEqual([]);
  const stranger = await addPerson('낯선이');
  // A mark in a conversation that is not one's own shows nothing of it, nor does a page that begins there.
  await star(stranger, conversationId, 4, 4);
  expect(await readAll(stranger)).toEqual([]);
  const before = { at: '2999-01-01T00:00:00Z', conversationId, seq: 9 };
  expect((await readPage(stranger, 20, before)).starred).toEqual([]);
});
