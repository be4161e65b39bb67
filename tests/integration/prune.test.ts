import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { getPool } from '#db/client.ts';
import { pruneWebhookCalls } from '#db/queries/webhook-calls.ts';
import { deleteMessage } from '#lib/chat/delete-message.ts';
import { hideMessage } from '#lib/chat/hide-message.ts';
import { readMarks } from '#lib/chat/read-marks.ts';
import { starMessage } from '#lib/chat/star-message.ts';
import { bossSingleton } from '#lib/jobs/enqueue.ts';
import { housekeepingJobs, pruneAll } from '#lib/jobs/housekeeping.ts';
import { setUpDatabase } from '../support/database.ts';
import { eventually, say } from '../support/mail.ts';
import { runMailWorkers } from '../support/mail-workers.ts';
import { addPair } from '../support/people.ts';

const folder = mkdtempSync(path.join(os.tmpdir(), 'dandul-prune-'));
await setUpDatabase({ DATA_DIR: folder, SESSION_IDLE_SECONDS: String(30 * 86_400) });
runMailWorkers(() => rmSync(folder, { recursive: true, force: true }));

let pair: Awaited<ReturnType<typeof addPair>>;
beforeAll(async () => {
  pair = await addPair();
});
afterAll(() => getPool().query('delete from webhook_calls'));

const ask = async (text: string, values: unknown[] = []) => (await getPool().query(text, values)).rows;
const ago = (days: number) => new Date(Date.now() - days * 86_400_000);

type Session = { seen: number; revoked?: number; device?: string | null; ip?: string };
async function addSession({
  seen,
  revoked,
  device = randomUUID(),
  ip = '10.0.0.1',
}: Session): Promise<string> {
  const [row] = await ask(
    `insert into sessions (id, user_id, created_at, last_seen_at, revoked_at, device_id, ip, user_agent)
     values ($6, $2, $1, $1, $3, $4, $5, 'browser') returning id`,
    [ago(seen), pair.first.userId, revoked === undefined ? null : ago(revoked), device, ip, idAt(ago(seen))],
  );
  return row.id;
}

/** An id that sorts by this time, as those of logins do. */
function idAt(time: Date): string {
  const hex = time.getTime().toString(16).padStart(12, '0');
  return `${hex.slice(0, 8)}-${hex.slice(8)}-7${randomUUID().slice(15)}`;
}

/** Does the housekeeping of one kind of row, as a worker would. */
async function forget(kind: string): Promise<void> {
  const job = housekeepingJobs.find(({ name }) => name === `housekeeping.${kind}`);
  if (!job) throw new Error(`no job for ${kind}`);
  await job.run({}, randomUUID());
}

const isThere = async (table: string, key: string, id: string) =>
  (await ask(`select 1 from ${table} where ${key}::text = $1`, [id])).length > 0;

test.each<[string, Session, { seen: number } | undefined, boolean]>([
  ['live', { seen: 1 }, { seen: 0 }, true],
  ['idle for not quite long enough to end', { seen: 29 }, { seen: 0 }, true],
  ['ended lately by not being used', { seen: 59 }, { seen: 0 }, true],
  ['ended lately by logging out', { seen: 40, revoked: 29 }, { seen: 0 }, true],
  [
    'ended long ago by logging out, of a browser that came back',
    { seen: 40, revoked: 31 },
    { seen: 0 },
    false,
  ],
  ['ended long ago by not being used, of a browser that came back', { seen: 61 }, { seen: 0 }, false],
  ['the last of its browser', { seen: 300, revoked: 200 }, undefined, true],
  ['the last of a browser that has forgotten its name', { seen: 500, revoked: 450 }, undefined, false],
])('a login that is %s', async (_, session, later, isKept) => {
  const device = randomUUID();
  const id = await addSession({ ...session, device });
  if (later) await addSession({ ...later, device });
  await forget('sessions');
  expect(await isThere('sessions', 'id', id)).toBe(isKept);
});

test('without a browser’s name its program and address stand for it', async () => {
  const returned = await addSession({ seen: 100, revoked: 90, device: null, ip: '10.0.0.7' });
  await addSession({ seen: 1, device: null, ip: '10.0.0.7' });
  const last = await addSession({ seen: 100, revoked: 90, device: null, ip: '10.0.0.8' });
  await forget('sessions');
  expect(await isThere('sessions', 'id', returned)).toBe(false);
  expect(await isThere('sessions', 'id', last)).toBe(true);
});

test.each([
  ['valid', -1, null, true],
  ['expired lately', 29, null, true],
  ['used lately', 29, 29, true],
  ['expired long ago', 31, null, false],
  ['used and expired long ago', 31, 31, false],
] as const)('a token that is %s', async (_, expired, used, isKept) => {
  const hash = randomUUID();
  await ask(
    `insert into tokens (hash, purpose, user_id, email, expires_at, used_at) values ($1, 'verify', $2, 'a@example.com', $3, $4)`,
    [hash, pair.first.userId, ago(expired), used === null ? null : ago(used)],
  );
  await forget('tokens');
  expect(await isThere('tokens', 'hash', hash)).toBe(isKept);
});

test.each([
  ['sent lately', 'sent', 29, null, true],
  ['sent long ago', 'sent', 31, null, false],
  ['cancelled long ago', 'cancelled', 31, null, false],
  ['failed long ago', 'failed', 31, null, false],
  ['failed again lately', 'failed', 60, 2, true],
  ['still waiting after a year', 'pending', 365, null, true],
] as const)('a mail that is %s', async (_, state, written, retried, isKept) => {
  const id = randomUUID();
  await ask(
    `insert into mails (id, kind, recipient_id, address, payload, idempotency_key, state, created_at, retried_at)
     values ($1::uuid, 'verify', $2, 'a@example.com', '{"subject":"","html":"","text":"","headers":{}}', $1::text, $3, $4, $5)`,
    [id, pair.first.userId, state, ago(written), retried === null ? null : ago(retried)],
  );
  await forget('mails');
  expect(await isThere('mails', 'id', id)).toBe(isKept);
  await ask('delete from mails where id = $1', [id]);
});

test('receipts and calls of webhooks are kept for a month', async () => {
  const { conversationId, first } = pair;
  for (const [seq, days] of [
    [1, 31],
    [2, 29],
  ] as const) {
    await ask(`insert into receipts values ($1, $2, 'read', $3 - 1, $3, $4)`, [
      conversationId,
      first.userId,
      seq,
      ago(days),
    ]);
    await ask('insert into webhook_calls values ($1, $2)', [`call-${days}`, ago(days)]);
  }
  await forget('receipts');
  await forget('webhook-calls');
  expect(await ask('select seq from receipts')).toEqual([{ seq: 2 }]);
  expect(await ask('select id from webhook_calls')).toEqual([{ id: 'call-29' }]);
});

test('changes are kept for a day, the messages that they changed for ever', async () => {
  const { conversationId, first } = pair;
  await say(first, conversationId, '하나', '둘');
  for (const seq of [1, 2]) await deleteMessage({ memberId: first.userId, conversationId, seq });
  await ask('update changes set at = $2 where conversation_id = $1 and seq = 1', [conversationId, ago(1.1)]);
  await ask('update changes set at = $2 where conversation_id = $1 and seq = 2', [conversationId, ago(0.9)]);
  await forget('changes');
  expect(await ask('select seq, revision, kind from changes')).toEqual([
    { seq: 2, revision: 4, kind: 'delete' },
  ]);
  expect(await ask('select seq, revision from messages order by seq')).toEqual([
    { seq: 1, revision: 3 },
    { seq: 2, revision: 4 },
  ]);
});

test('marks are kept for ever, what is left of a star that was taken away for a day', async () => {
  const { first, second, conversationId } = await addPair();
  await say(second, conversationId, '하나', '둘', '셋', '넷');
  const side = { memberId: first.userId, conversationId };
  for (const seq of [1, 2, 3]) await starMessage({ ...side, seq, on: true });
  await hideMessage({ ...side, seq: 4 });
  for (const seq of [1, 2]) await starMessage({ ...side, seq, on: false });
  await ask('update marks set at = $2 where conversation_id = $1', [conversationId, ago(1.1)]);
  await ask('update marks set at = $2 where conversation_id = $1 and seq = 2', [conversationId, ago(0.9)]);
  await forget('marks');
  const rows = await ask('select seq from marks where conversation_id = $1 order by seq', [conversationId]);
  expect(rows).toEqual([{ seq: 2 }, { seq: 3 }, { seq: 4 }]);
  expect(await readMarks({ viewerId: first.userId, conversationId })).toMatchObject({
    value: { revision: 6, starred: [3], hidden: [4] },
  });
});

test('more rows than one statement takes are all forgotten', async () => {
  await ask(`insert into webhook_calls select 'many-' || n, $1 from generate_series(1, 25) n`, [ago(40)]);
  await pruneAll(pruneWebhookCalls, 10);
  expect(await ask(`select id from webhook_calls where id like 'many-%'`)).toEqual([]);
});

test('what an undo needed is forgotten once its time is over, by any node, and looked for every minute', async () => {
  await say(pair.first, pair.conversationId, '지울 말', '남길 말');
  const { rows } = await getPool().query('select max(seq) as seq from messages where conversation_id = $1', [
    pair.conversationId,
  ]);
  for (const seq of [rows[0].seq - 1, rows[0].seq]) {
    await deleteMessage({ memberId: pair.first.userId, conversationId: pair.conversationId, seq });
  }
  // Those of other tests here are over as well.
  await ask("update undos set expires_at = now() - interval '1 second' where seq < $1", [rows[0].seq]);
  await forget('undos');
  expect(await ask('select seq from undos')).toEqual([{ seq: rows[0].seq }]);
  const schedules = (await bossSingleton.peek()?.getSchedules()) ?? [];
  expect(schedules.find(({ name }) => name === 'housekeeping.undos')?.cron).toBe('* * * * *');
});

test('the queue does each kind once a day for all nodes', async () => {
  const schedules = (await bossSingleton.peek()?.getSchedules()) ?? [];
  const daily = housekeepingJobs.filter(({ name }) => name !== 'housekeeping.undos');
  const crons = daily.map((job) => schedules.find(({ name }) => name === job.name)?.cron);
  for (const cron of crons) expect(cron).toMatch(/^\d+ \d+ \* \* \*$/);
  expect(new Set(crons).size).toBe(daily.length);
  await ask('insert into webhook_calls values ($1, $2)', ['by schedule', ago(31)]);
  // What the schedule does when its minute comes.
  await bossSingleton.peek()?.send('housekeeping.webhook-calls', {});
  await eventually(async () => expect(await isThere('webhook_calls', 'id', 'by schedule')).toBe(false));
});
