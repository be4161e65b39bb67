import type pg from 'pg';
import { v7 as makeId } from 'uuid';
import type { EmailPreference } from '#lib/email/preferences/choices.ts';
import { foldEmail, foldUsername } from '#lib/text/fold.ts';
import { messageKeys } from '#lib/text/message-keys.ts';
import { normalizeBody } from '#lib/text/normalize.ts';
import { peopleKeys } from '#lib/text/people-keys.ts';
import { toSkeleton } from '#lib/text/skeleton.ts';
import type { DemoPerson } from './people.ts';
import type { Line } from './talk.ts';

const ROWS_AT_ONCE = 1_000;

/**
 * Stores the people that are not there yet.
 *
 * @returns every demo person's id by username; somebody else's account of such a name is left out.
 */
export async function writePeople(
  client: pg.Client,
  people: DemoPerson[],
  account: { passwordHash: string; emailPreference: EmailPreference },
): Promise<Map<string, string>> {
  const rows = people.map((person) => ({
    id: makeId(),
    username: person.username,
    username_key: foldUsername(person.username),
    username_skeleton: toSkeleton(person.username),
    search_keys: peopleKeys(person.username),
    email: person.email,
    email_key: foldEmail(person.email),
    password_hash: account.passwordHash,
    locale: person.locale,
    email_preference: account.emailPreference,
  }));
  await client.query(
    `insert into users (id, username, username_key, username_skeleton, search_keys, email, email_key, email_verified_at,
       password_hash, locale, email_preference)
     select id, username, username_key, username_skeleton, search_keys, email, email_key, now(), password_hash,
       locale, email_preference
     from jsonb_to_recordset($1::jsonb) as r(id uuid, username text, username_key text, username_skeleton text,
       search_keys text[], email text, email_key text, password_hash text, locale text, email_preference text)
     on conflict do nothing`,
    [JSON.stringify(rows)],
  );
  const stored = await client.query<{ id: string; username: string }>(
    'select id, username from users where email_key = any($1)',
    [rows.map((row) => row.email_key)],
  );
  return new Map(stored.rows.map(({ id, username }) => [username, id]));
}

/** A conversation to store: both people, who opened it, its lines oldest first, and what is unread. */
export type DemoConversation = {
  people: [string, string];
  lines: Line[];
  lastMessageAt: Date;
  /** How many of the newest lines `people[0]` has not read; all of them are `people[1]`'s. */
  unread: number;
};

/** Stores a conversation with consistent cursors and no mail due; false when the two have one already. */
export async function writeConversation(client: pg.Client, talk: DemoConversation): Promise<boolean> {
  const { people, lines, unread } = talk;
  const conversationId = makeId();
  const [low, high] = [...people].sort() as [string, string];
  const lastSeq = lines.length;
  const newestOf = (id: string) => lines.findLastIndex((line) => people[line.speaker] === id) + 1;
  const times = placeInTime(lines, talk.lastMessageAt);
  const made = await client.query(
    `insert into conversations (id, low_user_id, high_user_id, created_at, last_seq, revision,
       low_last_seq, high_last_seq, last_message_at)
     values ($1, $2, $3, $4, $5, $5, $6, $7, $8) on conflict do nothing`,
    [
      conversationId,
      low,
      high,
      times[0] ?? talk.lastMessageAt,
      lastSeq,
      newestOf(low),
      newestOf(high),
      times.at(-1) ?? null,
    ],
  );
  if (!made.rowCount) return false;
  await client.query(
    `insert into members (conversation_id, user_id, opened, delivered_seq, read_seq, mailed_seq)
     values ($1, $2, true, $4, $5, $4), ($1, $3, false, $4, $4, $4)`,
    [conversationId, people[0], people[1], lastSeq, lastSeq - unread],
  );
  for (let from = 0; from < lines.length; from += ROWS_AT_ONCE) {
    const rows = lines.slice(from, from + ROWS_AT_ONCE).map((line, index) => ({
      seq: from + index + 1,
      client_id: `demo-${from + index + 1}`,
      sender_id: people[line.speaker],
      body: normalizeBody(line.body),
      ...messageKeys(conversationId, line.body),
      created_at: times[from + index],
    }));
    await client.query(
      `insert into messages (conversation_id, seq, revision, client_id, sender_id, body, folded, search_keys, created_at)
       select $1, seq, seq, client_id, sender_id, body, folded, "searchKeys", created_at
       from jsonb_to_recordset($2::jsonb) as r(seq int, client_id text, sender_id uuid, body text, folded text,
         "searchKeys" int[], created_at timestamptz)`,
      [conversationId, JSON.stringify(rows)],
    );
  }
  return true;
}

/** Each line's time, so that the last one falls on `end`. */
function placeInTime(lines: Line[], end: Date): Date[] {
  let at = end.getTime();
  return lines
    .toReversed()
    .map((line) => {
      const time = new Date(at);
      at -= line.pauseSeconds * 1_000;
      return time;
    })
    .toReversed();
}
