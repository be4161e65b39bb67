import type pg from 'pg';
import { v7 as makeId } from 'uuid';
import { encode } from '#lib/auth/sessions/session-token.ts';
import { foldUsername } from '#lib/text/fold.ts';
import { peopleKeys } from '#lib/text/people-keys.ts';
import { toSkeleton } from '#lib/text/skeleton.ts';
import { TEST_SECRET } from '../../tests/support/secret.ts';

export type BenchPerson = { userId: string; sessionId: string; cookie: string };
export type BenchPair = { conversationId: string; people: [BenchPerson, BenchPerson] };

/** The name of next-auth's session cookie over plain http, which is also the salt of the token. */
const COOKIE = 'authjs.session-token';
const ROWS_AT_ONCE = 5_000;

/** Adds signed-in people with confirmed addresses, without the cost of their passwords. */
export async function addPeople(pool: pg.Pool, count: number): Promise<BenchPerson[]> {
  const people: BenchPerson[] = [];
  while (people.length < count) {
    const rows = Array.from({ length: Math.min(ROWS_AT_ONCE, count - people.length) }, () => {
      const [userId, sessionId] = [makeId(), makeId()];
      const username = `bench_${userId.replaceAll('-', '').slice(-20)}`;
      return {
        userId,
        sessionId,
        username,
        key: foldUsername(username),
        skeleton: toSkeleton(username),
        keys: peopleKeys(username),
      };
    });
    await pool.query(
      `with person as (
         insert into users (id, username, username_key, username_skeleton, search_keys, email, email_key, email_verified_at,
           password_hash, locale)
         select "userId", username, key, skeleton, keys, "userId" || '@example.com', "userId" || '@example.com', now(),
           'none', 'ko'
         from jsonb_to_recordset($1::jsonb) as r("userId" uuid, username text, key text, skeleton text, keys text[])
       )
       insert into sessions (id, user_id)
       select "sessionId", "userId" from jsonb_to_recordset($1::jsonb) as r("userId" uuid, "sessionId" uuid)`,
      [JSON.stringify(rows)],
    );
    for (const { userId, sessionId } of rows)
      people.push({ userId, sessionId, cookie: await makeCookie(userId, sessionId) });
  }
  return people;
}

async function makeCookie(userId: string, sessionId: string): Promise<string> {
  const token = await encode({ token: { sid: sessionId, sub: userId }, secret: TEST_SECRET, salt: COOKIE });
  return `${COOKIE}=${token}`;
}

/** Adds conversations between these people, opened by both, without a message yet. */
export async function addConversations(
  pool: pg.Pool,
  pairs: readonly (readonly [BenchPerson, BenchPerson])[],
): Promise<BenchPair[]> {
  const conversations = pairs.map(([one, other]) => ({
    conversationId: makeId(),
    people: [one, other] as BenchPair['people'],
  }));
  const rows = conversations.map(({ conversationId, people }) => {
    const [low, high] = people.map(({ userId }) => userId).sort();
    return { id: conversationId, low, high };
  });
  await pool.query(
    `with conversation as (
       insert into conversations (id, low_user_id, high_user_id)
       select id, low, high from jsonb_to_recordset($1::jsonb) as r(id uuid, low uuid, high uuid)
     )
     insert into members (conversation_id, user_id, opened)
     select id, unnest(array[low, high]), true
     from jsonb_to_recordset($1::jsonb) as r(id uuid, low uuid, high uuid)`,
    [JSON.stringify(rows)],
  );
  return conversations;
}

/** Adds pairs of people with a conversation each. */
export async function addPairs(pool: pg.Pool, count: number): Promise<BenchPair[]> {
  const people = await addPeople(pool, count * 2);
  return addConversations(
    pool,
    Array.from({ length: count }, (_, i) => [people[2 * i], people[2 * i + 1]] as BenchPair['people']),
  );
}
