import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import { getDb, getPool } from '#db/client.ts';
import { listFailed, reviveMail } from '#db/queries/mail-failures.ts';
import { settleMail } from '#db/queries/mails.ts';
import { clearConversation } from '#lib/chat/clear-conversation.ts';
import { deleteMessage } from '#lib/chat/delete-message.ts';
import { chatEvents } from '#lib/chat/events.ts';
import { hideMessage } from '#lib/chat/hide-message.ts';
import { warmTemplates } from '#lib/email/content/render.ts';
import { deliverMail } from '#lib/email/delivery/deliver.ts';
import { collectMail } from '#lib/email/messages/collect.ts';
import { collectSummary } from '#lib/email/messages/summary.ts';
import { saveEmailPreference } from '#lib/email/preferences/save-email-preference.ts';
import { deliverQueue } from '#lib/email/queues.ts';
import { enqueue } from '#lib/jobs/enqueue.ts';
import { setUpDatabase } from '../support/database.ts';
import { eventually, listMails, say } from '../support/mail.ts';
import { startMailWorkers, stopMailWorkers } from '../support/mail-workers.ts';
import { addPair, type Person } from '../support/people.ts';
import { endUndos, findText } from '../support/undos.ts';

const folder = mkdtempSync(path.join(os.tmpdir(), 'dandul-deleted-'));
await setUpDatabase({ EMAIL_WINDOW_SECONDS: '0', DATA_DIR: folder });

beforeAll(warmTemplates);
afterAll(async () => {
  await stopMailWorkers();
  rmSync(folder, { recursive: true, force: true });
});

/** What is deleted: a text of its own in each test. */
let secret: string;
beforeEach(() => {
  secret = `secret-${randomUUID()}`;
});

type Side = { memberId: string; conversationId: string };

async function remove(person: Person, conversationId: string, seq: number) {
  expect(await deleteMessage({ memberId: person.userId, conversationId, seq })).toMatchObject({ ok: true });
}

/** Waits until a statement of another connection waits for a row. */
const somebodyWaits = () =>
  eventually(async () => {
    const { rows } = await getPool().query(
      `select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
    );
    expect(rows).toHaveLength(1);
  });

test('a mail that waits for its next try is written anew once the deletion can be undone no more', async () => {
  const { first, second, conversationId } = await addPair();
  await say(first, conversationId, secret, 'kept');
  await collectMail({ conversationId, recipientId: second.userId });
  const [mail] = await listMails(second.userId);
  expect(await findText(secret)).toEqual(expect.arrayContaining(['public.messages', 'public.mails']));
  await startMailWorkers();
  try {
    // As if its receiver had asked to wait.
    await enqueue(deliverQueue, { mailId: mail.id }, { startAfterSeconds: 36_000 });
    await remove(first, conversationId, 1);
    await eventually(async () =>
      expect((await listMails(second.userId)).map(({ state }) => state)).toEqual(['cancelled', 'sent']),
    );
    await endUndos();
    expect(await findText(secret)).toEqual([]);
  } finally {
    await stopMailWorkers();
  }
});

test('what its reader had said right before goes from a mail as well when they delete it', async () => {
  const { first, second, conversationId } = await addPair();
  await say(second, conversationId, secret);
  await say(first, conversationId, 'an answer');
  await collectMail({ conversationId, recipientId: second.userId });
  const [mail] = await listMails(second.userId);
  expect(mail.payload.text).toContain(secret);
  await remove(second, conversationId, 1);
  await deliverMail(mail.id);
  const [old, fresh] = await listMails(second.userId);
  expect([old.state, fresh.state]).toEqual(['cancelled', 'pending']);
  expect(fresh.payload.text).toContain('an answer');
  expect(await findText(secret)).toEqual(['public.undos']);
  await endUndos();
  expect(await findText(secret)).toEqual([]);
});

test('the text a mail begins after is no reason to write it anew when it is no part of it', async () => {
  const { first, second, conversationId } = await addPair();
  const job = { conversationId, recipientId: second.userId };
  await say(first, conversationId, 'mailed before');
  await collectMail(job);
  await deliverMail((await listMails(second.userId))[0].id);
  await say(first, conversationId, 'mailed now');
  await collectMail(job);
  await remove(first, conversationId, 1);
  await deliverMail((await listMails(second.userId))[1].id);
  expect((await listMails(second.userId)).map(({ state }) => state)).toEqual(['sent', 'sent']);
});

test('a mail that was given up loses a deleted text, and can still be sent with the others', async () => {
  const { first, second, conversationId } = await addPair();
  await say(first, conversationId, secret, 'kept');
  await collectMail({ conversationId, recipientId: second.userId });
  const [{ id }] = await listMails(second.userId);
  await settleMail(getDb(), id, 'failed', 'given up');
  await remove(first, conversationId, 1);
  await endUndos();
  expect(await findText(secret)).toEqual([]);
  expect(await listFailed(getDb())).toMatchObject([{ id, isRetryable: true }]);
  expect(await reviveMail(getDb(), id)).toBe(true);
  await deliverMail(id);
  const [old, fresh] = await listMails(second.userId);
  expect([old.state, fresh.state, fresh.fromSeq, fresh.toSeq]).toEqual(['cancelled', 'pending', 2, 2]);
  expect(fresh.payload.text).toContain('kept');
});

test.each([
  ['a message', (side: Side) => hideMessage({ ...side, seq: 1 })],
  ['the conversation', (side: Side) => clearConversation({ ...side, upToSeq: 1 })],
])('a mail that was given up loses %s with the deletion for its reader alone', async (_, deleteForMe) => {
  const { first, second, conversationId } = await addPair();
  await say(first, conversationId, secret);
  await collectMail({ conversationId, recipientId: second.userId });
  const [{ id }] = await listMails(second.userId);
  await settleMail(getDb(), id, 'failed', 'given up');
  // As if the process ended right after the commit.
  const emit = vi.spyOn(chatEvents, 'emit').mockImplementation(() => {});
  onTestFinished(() => emit.mockRestore());
  expect(await deleteForMe({ memberId: second.userId, conversationId })).toMatchObject({ ok: true });
  expect(await findText(secret)).toEqual(['public.messages']);
});

test('a mail that fails for good after the deletion keeps nothing of it either', async () => {
  const { first, second, conversationId } = await addPair();
  await say(first, conversationId, secret);
  await collectMail({ conversationId, recipientId: second.userId });
  const [{ id }] = await listMails(second.userId);
  await remove(first, conversationId, 1);
  // The try that was under way during the deletion comes to its end.
  await settleMail(getDb(), id, 'failed', 'refused');
  await endUndos();
  expect(await findText(secret)).toEqual([]);
});

test('a mail that is being written while its text is deleted does not go with it', async () => {
  const { first, second, conversationId } = await addPair();
  await say(first, conversationId, secret);
  const collector = await getPool().connect();
  try {
    await collector.query('begin');
    await collector.query(
      'select 1 from members where conversation_id = $1 and user_id = $2 for no key update',
      [conversationId, second.userId],
    );
    const removed = remove(first, conversationId, 1);
    await somebodyWaits();
    await collector.query(
      `with mail as (
         insert into mails (id, kind, recipient_id, address, payload, idempotency_key)
         values (gen_random_uuid(), 'messages', $2, $3, jsonb_build_object('text', $4::text), $1::text) returning id
       )
       insert into mail_ranges select id, $1::uuid, 1, 1, 1 from mail`,
      [conversationId, second.userId, second.email, secret],
    );
    await collector.query('commit');
    await removed;
  } finally {
    collector.release();
  }
  const [{ id }] = await listMails(second.userId);
  await deliverMail(id);
  expect((await listMails(second.userId)).map(({ state }) => state)).toEqual(['cancelled']);
  await endUndos();
  expect(await findText(secret)).toEqual([]);
});

test.each(['messages', 'summary'])('a mail of %s waits for a deletion that is under way', async (kind) => {
  const { first, second, conversationId } = await addPair();
  await say(first, conversationId, secret, 'kept');
  if (kind === 'summary') {
    await saveEmailPreference(second.userId, 'daily');
    await getPool().query(
      `update users set last_summary_at = now() - interval '2 days',
         time_zone = 'Etc/GMT' || case when extract(hour from now() at time zone 'utc') between 8 and 23 then '0'
           else '-9' end
       where id = $1`,
      [second.userId],
    );
  }
  const deleter = await getPool().connect();
  try {
    await deleter.query('begin');
    await deleter.query('select 1 from members where conversation_id = $1 for no key update', [
      conversationId,
    ]);
    await deleter.query(
      `update messages set body = '', deleted_at = clock_timestamp() where conversation_id = $1 and seq = 1`,
      [conversationId],
    );
    const written =
      kind === 'summary'
        ? collectSummary(second.userId)
        : collectMail({ conversationId, recipientId: second.userId });
    await somebodyWaits();
    await deleter.query('commit');
    await written;
  } finally {
    deleter.release();
  }
  const [mail, ...others] = await listMails(second.userId);
  expect([mail.kind, mail.fromSeq, mail.toSeq, others]).toEqual([kind, 2, 2, []]);
  expect(mail.payload.text).not.toContain(secret);
});
