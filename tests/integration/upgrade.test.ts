import { createHash, randomUUID } from 'node:crypto';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { drizzle } from 'drizzle-orm/node-postgres';
import { migrate } from 'drizzle-orm/node-postgres/migrator';
import pg from 'pg';
import { expect, onTestFinished, test } from 'vitest';
import { checkSchema } from '#db/check-schema.ts';
import { getPool } from '#db/client.ts';
import { migrateDatabase } from '#db/migrate.ts';
import { selectChangedHeads } from '#db/queries/members.ts';
import { checkLogin } from '#lib/auth/login/check-login.ts';
import { deleteMessage } from '#lib/chat/delete-message.ts';
import { listConversations } from '#lib/chat/list-conversations.ts';
import { readHistory } from '#lib/chat/read-history.ts';
import { sendMessage } from '#lib/chat/send-message.ts';
import { syncConversation } from '#lib/chat/sync-conversation.ts';
import { searchMessages } from '#lib/search/search-messages.ts';
import { makeDatabase, setUpDatabase } from '../support/database.ts';

/**
 * A database as the first release (schema 0000, commit ad9193f) left it, dumped by pg_dump 15: eight people
 * with one password, five conversations, mails sent and due, sessions, receipts, pg-boss's own tables.
 */
const dump = gunzipSync(readFileSync(path.resolve('tests/upgrades/first-release.sql.gz'))).toString();
const MIGRATIONS = path.resolve('db/migrations');
const JOURNAL = 'meta/_journal.json';
const journal = JSON.parse(readFileSync(path.join(MIGRATIONS, JOURNAL), 'utf8'));
const tags: string[] = journal.entries.map(({ tag }: { tag: string }) => tag);
const PASSWORD = 'first release, long enough';
const ORIGIN = { userAgent: 'tests', ip: '127.0.0.1', ipKey: '127.0.0.1', deviceId: null };

await setUpDatabase({}, dump);

async function findPerson(username: string) {
  const { rows } = await getPool().query(
    `select u.id as "userId", s.id as "sessionId" from users u join sessions s on s.user_id = u.id
     where u.username = $1`,
    [username],
  );
  return rows[0] as { userId: string; sessionId: string };
}

/** The conversation of the two who talked most, as one of them lists it. */
async function findLongEntry(viewerId: string) {
  const { conversations } = await listConversations({ viewerId });
  const entry = conversations.find(({ partner }) => partner.username === '김민지');
  if (!entry) throw new Error('not listed');
  return entry;
}

async function withClient<T>(url: string, run: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await run(client);
  } finally {
    await client.end();
  }
}

/** The migrations as a release had them that knew only the first `count`. */
function earlierMigrations(count: number): string {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'dandul-migrations-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  cpSync(MIGRATIONS, folder, { recursive: true });
  const known = { ...journal, entries: journal.entries.slice(0, count) };
  writeFileSync(path.join(folder, JOURNAL), JSON.stringify(known));
  return folder;
}

/** The columns, indexes and constraints of our tables, as PostgreSQL writes them. */
const describeTables = (url: string) =>
  withClient(url, async (client) => {
    const { rows } = await client.query(`
      select format('%s.%s %s %s %s', table_name, column_name, data_type, is_nullable, column_default) as line
      from information_schema.columns where table_schema = 'public'
      union all select indexdef from pg_indexes where schemaname = 'public'
      union all select format('%s %s %s', conrelid::regclass, conname, pg_get_constraintdef(oid))
      from pg_constraint where connamespace = 'public'::regnamespace
      order by 1`);
    return rows.map(({ line }) => line as string);
  });

test('the dump is of the first schema: it notes migration 0000 as it stands, and no other', () => {
  const [noted] = dump.match(/INSERT INTO drizzle\.__drizzle_migrations VALUES\s+\([^;]*;/) ?? [];
  const first = readFileSync(path.join(MIGRATIONS, `${tags[0]}.sql`));
  expect(noted?.match(/[0-9a-f]{64}/g)).toEqual([createHash('sha256').update(first).digest('hex')]);
});

test.each(tags.map((tag, index) => [tag, index + 1] as const))(
  'a database that was last upgraded to %s becomes like one made today',
  async (_, count) => {
    const [{ url: upgraded, drop: dropUpgraded }, { url: fresh, drop: dropFresh }] = [
      await makeDatabase(dump),
      await makeDatabase(),
    ];
    onTestFinished(dropUpgraded);
    onTestFinished(dropFresh);
    const migrationsFolder = earlierMigrations(count);
    await withClient(upgraded, (client) => migrate(drizzle(client), { migrationsFolder }));
    await migrateDatabase(upgraded);
    await migrateDatabase(fresh);
    expect(await describeTables(upgraded)).toEqual(await describeTables(fresh));
  },
);

test.each(tags.slice(0, -1).map((tag, index) => [tag, index + 1] as const))(
  'a release that knows the schema up to %s refuses this database, and says what to do',
  async (_, count) => {
    const migrationsFolder = earlierMigrations(count);
    await withClient(getPool().options.connectionString as string, (client) =>
      expect(checkSchema(client, migrationsFolder)).rejects.toThrow(
        /newer release of Dandul.*start that release again, or restore a backup from before it/,
      ),
    );
  },
);

test('everybody logs in with the name they had, whatever names are allowed today', async () => {
  const names = ['김민지', 'junho', 'paypal', 'pаypal', 'admin', '고객센터', 'Ölaf', '박하나'];
  for (const identifier of names) {
    const login = await checkLogin({ identifier, password: PASSWORD }, ORIGIN);
    expect(login, identifier).toMatchObject({ kind: 'ok', username: identifier });
  }
});

test('the list, the history and the unread counts are as they were', async () => {
  const { userId: viewerId } = await findPerson('junho');
  const entry = await findLongEntry(viewerId);
  expect(entry).toMatchObject({ lastSeq: 60, revision: 60, unread: 13 });
  const history = await readHistory({ viewerId, conversationId: entry.conversationId, limit: 100 });
  expect(history.ok && history.value.messages.map(({ seq }) => seq)).toEqual(
    Array.from({ length: 60 }, (_, index) => index + 1),
  );
  expect(history.ok && history.value.messages[0]?.body).toBe('메시지 1 İstanbul “따옴표” 👍🏽');
});

test('what was written then is found now', async () => {
  const { userId: viewerId } = await findPerson('junho');
  for (const query of ['주문했어요', '메시지 59', 'example.com']) {
    const found = await searchMessages({ viewerId, query });
    expect(found.ok && found.value.hits.length, query).toBeGreaterThan(0);
  }
});

test('a conversation goes on where it stood', async () => {
  const sender = await findPerson('김민지');
  const { userId: viewerId } = await findPerson('junho');
  const entry = await findLongEntry(viewerId);
  const message = { conversationId: entry.conversationId, clientId: randomUUID(), body: '이어서 써요' };
  expect(await sendMessage(sender, message)).toMatchObject({
    ok: true,
    value: { message: { seq: 61, revision: 61 } },
  });
});

test('everybody is active and proved who they are when they logged in', async () => {
  const { rows } = await getPool().query(
    `select (select count(*)::int from users where state = 'active' and role = 'member') as people,
       (select count(*)::int from sessions where authenticated_at = created_at) as sessions,
       (select count(*)::int from users) = 8 as "isAll", (select count(*)::int from sessions) as "all"`,
  );
  expect(rows[0]).toMatchObject({ people: 8, isAll: true, sessions: rows[0].all });
  expect(rows[0].all).toBeGreaterThan(0);
});

test('a block that stood then hides from now on how far either has read', async () => {
  const { rows } = await getPool().query(
    `select count(*)::int as sealed from members m where m.sealed_at is not null and m.sealed_read_seq = m.read_seq
     and exists (select 1 from members b where b.conversation_id = m.conversation_id and b.blocked)`,
  );
  expect(rows).toEqual([{ sealed: 2 }]);
});

test('a message of then can be deleted now, and who was away learns of it', async () => {
  const { userId: memberId } = await findPerson('김민지');
  const { userId: viewerId } = await findPerson('junho');
  const { conversationId, revision } = await findLongEntry(viewerId);
  const history = await readHistory({ viewerId, conversationId, limit: 100 });
  const own = history.ok && history.value.messages.find(({ senderId }) => senderId === memberId);
  if (!own) throw new Error('nothing of theirs');
  const { seq } = own;
  expect(await deleteMessage({ memberId, conversationId, seq })).toMatchObject({ ok: true });
  expect(await selectChangedHeads([viewerId])).toMatchObject([{ conversationId, revision: revision + 1 }]);
  const sync = await syncConversation({ viewerId, conversationId, afterRevision: revision });
  expect(sync).toMatchObject({ ok: true, value: { changes: [{ seq, body: '' }], revision: revision + 1 } });
});
