import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { getDb, getPool } from '#db/client.ts';
import { listFailed, reviveMail } from '#db/queries/mail-failures.ts';
import { settleMail } from '#db/queries/mails.ts';
import { deleteMessage } from '#lib/chat/delete-message.ts';
import { editMessage } from '#lib/chat/edit-message.ts';
import { sendMessage } from '#lib/chat/send-message.ts';
import { undeleteMessage } from '#lib/chat/undelete-message.ts';
import { warmTemplates } from '#lib/email/content/render.ts';
import { deliverMail } from '#lib/email/delivery/deliver.ts';
import { collectMail } from '#lib/email/messages/collect.ts';
import { deliverQueue } from '#lib/email/queues.ts';
import { enqueue } from '#lib/jobs/enqueue.ts';
import { setUpDatabase } from '../support/database.ts';
import { eventually, listMails, readMailedSeq, say } from '../support/mail.ts';
import { startMailWorkers, stopMailWorkers } from '../support/mail-workers.ts';
import { addPair, type Person } from '../support/people.ts';
import { endUndos, findText } from '../support/undos.ts';

const folder = mkdtempSync(path.join(os.tmpdir(), 'dandul-edited-'));
await setUpDatabase({ EMAIL_WINDOW_SECONDS: '0', DATA_DIR: folder });

beforeAll(warmTemplates);
afterAll(async () => {
  await stopMailWorkers();
  rmSync(folder, { recursive: true, force: true });
});

let first: Person;
let second: Person;
let conversationId: string;
/** A text of its own in each test. */
let secret: string;
beforeEach(async () => {
  ({ first, second, conversationId } = await addPair());
  secret = `secret-${randomUUID()}`;
});

const collect = () => collectMail({ conversationId, recipientId: second.userId });
const readMails = () => listMails(second.userId);
const readStates = async () => (await readMails()).map(({ state }) => state);
const edit = async (person: Person, seq: number, body: string) =>
  expect(
    await editMessage({ memberId: person.userId, conversationId, seq, body, baseRevision: 999 }),
  ).toMatchObject({ ok: true });
const remove = async (person: Person, seq: number) =>
  expect(await deleteMessage({ memberId: person.userId, conversationId, seq })).toMatchObject({ ok: true });
const undo = async (person: Person, seq: number) =>
  expect(await undeleteMessage({ memberId: person.userId, conversationId, seq })).toMatchObject({ ok: true });
const reply = async (person: Person, body: string, replyToSeq: number) =>
  expect(
    await sendMessage(person, { conversationId, clientId: randomUUID(), body, replyToSeq }),
  ).toMatchObject({
    ok: true,
  });

test('a mail that waits goes with the text after an edit, and none goes for the edit alone', async () => {
  await say(first, conversationId, secret, 'kept');
  await collect();
  const [mail] = await readMails();
  await startMailWorkers();
  try {
    // As if its receiver had asked to wait.
    await enqueue(deliverQueue, { mailId: mail.id }, { startAfterSeconds: 36_000 });
    await edit(first, 1, 'the new text');
    await eventually(async () => expect(await readStates()).toEqual(['cancelled', 'sent']));
    await edit(first, 2, 'kept, but said otherwise');
    await collect();
    expect(await readStates()).toEqual(['cancelled', 'sent']);
  } finally {
    await stopMailWorkers();
  }
  // The earlier text is only where both can look it up.
  expect(await findText(secret)).toEqual(['public.message_versions']);
});

test('what is not mailed yet is mailed as it is by then', async () => {
  await say(first, conversationId, secret);
  await edit(first, 1, 'the new text');
  await collect();
  const [mail] = await readMails();
  expect(mail.payload.text).toContain('the new text');
  expect(JSON.stringify(mail.payload)).not.toContain(secret);
});

test('a mail that was given up loses the text before an edit, and can be sent with the one after', async () => {
  await say(first, conversationId, secret);
  await collect();
  const [{ id }] = await readMails();
  await settleMail(getDb(), id, 'failed', 'given up');
  await edit(first, 1, 'the new text');
  expect(await findText(secret)).toEqual(['public.message_versions']);
  expect(await reviveMail(getDb(), id)).toBe(true);
  await deliverMail(id);
  const [, fresh] = await readMails();
  expect(fresh.payload.text).toContain('the new text');
});

test('a mail that was given up can be sent whole after a deletion was undone', async () => {
  await say(first, conversationId, secret);
  await collect();
  const [{ id }] = await readMails();
  await settleMail(getDb(), id, 'failed', 'given up');
  await remove(first, 1);
  await undo(first, 1);
  expect(await listFailed(getDb())).toContainEqual(expect.objectContaining({ id, isRetryable: true }));
  expect(await reviveMail(getDb(), id)).toBe(true);
  await deliverMail(id);
  const [old, fresh] = await readMails();
  expect([old.state, fresh.state]).toEqual(['cancelled', 'pending']);
  expect(fresh.payload.text).toContain(secret);
});

test('while a deletion can be undone its mail waits, and goes unchanged when it is', async () => {
  await say(first, conversationId, secret, 'kept');
  await collect();
  const [before] = await readMails();
  await remove(first, 1);
  await startMailWorkers();
  try {
    await enqueue(deliverQueue, { mailId: before.id });
    // It was looked at, and waits.
    await eventually(async () => expect(await findPostponed(before.id)).toBe(true));
    await undo(first, 1);
    expect((await readMails()).map(({ id, payload }) => [id, payload])).toEqual([
      [before.id, before.payload],
    ]);
    await eventually(async () => expect(await readStates()).toEqual(['sent']));
    await collect();
    expect(await readStates()).toEqual(['sent']);
  } finally {
    await stopMailWorkers();
  }
});

test('what is unmailed waits for the undo as well, and nothing of it is lost or doubled', async () => {
  await say(first, conversationId, secret);
  await remove(first, 1);
  await collect();
  expect([await readStates(), await readMailedSeq(conversationId, second.userId)]).toEqual([[], 0]);
  await undo(first, 1);
  await collect();
  expect((await readMails()).map(({ fromSeq, toSeq }) => [fromSeq, toSeq])).toEqual([[1, 1]]);

  await say(first, conversationId, 'another');
  await remove(first, 2);
  await endUndos();
  await deliverMail((await readMails())[0].id);
  await collect();
  expect([await readStates(), await readMailedSeq(conversationId, second.userId)]).toEqual([['sent'], 2]);
});

test('a reply is mailed below one line of what it answers, as that is when the mail is written', async () => {
  await say(second, conversationId, `${secret}\nsecond line`);
  await say(first, conversationId, 'something else');
  await reply(first, 'an answer', 1);
  await reply(first, 'to myself', 2);
  await collect();
  const [mail] = await readMails();
  expect(mail.payload.text).toContain(`내 메시지에 답장\n> ${secret} second line\n\nan answer`);
  expect(mail.payload.text).toContain(`앞서 보낸 메시지에 답장\n> something else\n\nto myself`);
  expect(mail.payload.html).toContain(`${secret} second line`);

  await edit(second, 1, `edited ${secret}`);
  await deliverMail(mail.id);
  const [, fresh] = await readMails();
  expect(fresh.payload.text).toContain(`내 메시지에 답장\n> edited ${secret}\n\nan answer`);
});

test('of a deleted original a mail says only that it is gone; it waits while that can be undone', async () => {
  await say(second, conversationId, secret);
  await say(first, conversationId, 'something else');
  await reply(first, 'an answer', 1);
  await collect();
  const [{ id }] = await readMails();
  await settleMail(getDb(), id, 'failed', 'given up');
  await remove(second, 1);
  expect((await readMails())[0].payload.text).toBe('');
  expect(await reviveMail(getDb(), id)).toBe(true);
  await startMailWorkers();
  try {
    await enqueue(deliverQueue, { mailId: id });
    await eventually(async () => expect(await findPostponed(id)).toBe(true));
    await endUndos();
    await eventually(async () => expect(await readStates()).toEqual(['cancelled', 'sent']));
  } finally {
    await stopMailWorkers();
  }
  await reply(first, 'another answer', 1);
  await collect();
  expect((await readMails()).at(-1).payload.text).toContain('삭제된 메시지에 답장\n\nanother answer');
  expect(await findText(secret)).toEqual([]);
});

/** Whether the job of a mail has been tried and put off. */
async function findPostponed(mailId: string): Promise<boolean> {
  const { rows } = await getPool().query(
    "select 1 from pgboss.job where name = 'mail.deliver' and singleton_key = $1 and state = 'retry' and start_after > now()",
    [mailId],
  );
  return rows.length > 0;
}
