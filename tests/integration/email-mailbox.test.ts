import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { getPool } from '#db/client.ts';
import { setBlocked } from '#lib/chat/set-blocked.ts';
import { queueAccountMail } from '#lib/email/account.ts';
import { listLinks } from '#lib/email/content/list-links.ts';
import { sweepMail } from '#lib/email/delivery/sweep.ts';
import { listMailbox, readMailboxMail } from '#lib/email/mailbox/read-mailbox.ts';
import { collectMail } from '#lib/email/messages/collect.ts';
import { setUpDatabase } from '../support/database.ts';
import { eventually, listMails, readMailedSeq, say } from '../support/mail.ts';
import { runMailWorkers, startMailWorkers, stopMailWorkers } from '../support/mail-workers.ts';
import { addPair, type Person } from '../support/people.ts';

const WINDOW_SECONDS = 3;
const folder = mkdtempSync(path.join(os.tmpdir(), 'dandul-mail-'));
await setUpDatabase({ EMAIL_WINDOW_SECONDS: String(WINDOW_SECONDS), DATA_DIR: folder });

runMailWorkers(() => rmSync(folder, { recursive: true, force: true }));

async function listArrived(person: Person) {
  const entries = (await listMailbox()).filter(({ to }) => to === person.email);
  return Promise.all(entries.reverse().map(async ({ name }) => readMailboxMail(name)));
}

const waitForMails = (person: Person, count: number, timeout?: number) =>
  eventually(async () => {
    const mails = await listArrived(person);
    expect(mails).toHaveLength(count);
    return mails;
  }, timeout);

test('a message reaches its recipient by mail within five seconds, with a link to it', async () => {
  const { first, second, conversationId } = await addPair();
  await say(first, conversationId, '안녕하세요\n두 번째 줄');
  const [mail] = await waitForMails(second, 1, 5_000);
  expect(mail?.subject).toBe(`${first.username}님의 메시지`);
  expect(mail?.from).toContain(`${first.username} · 단둘 <`);
  expect(mail?.text).toContain('안녕하세요\n두 번째 줄');
  expect(listLinks(mail?.html ?? '')[0]).toEqual({
    label: '대화 열기',
    href: `http://localhost:3000/chat/${conversationId}?m=1`,
  });
  expect(await listArrived(first)).toEqual([]);
  await eventually(async () => expect((await listMails(second.userId))[0].state).toBe('sent'));
  expect((await listMails(second.userId))[0].payload).toEqual({
    subject: '',
    html: '',
    text: '',
    headers: {},
  });
});

test('texts within the window wait and go together in one mail', async () => {
  const { first, second, conversationId } = await addPair();
  await say(first, conversationId, 'one');
  await waitForMails(second, 1);
  await say(first, conversationId, 'two', 'three', 'four');
  const mails = await waitForMails(second, 2);
  expect(mails[1]?.text).toMatch(/two\n\nthree\n\nfour/);
  expect(mails[1]?.text).toContain('?m=2');
  const rows = await listMails(second.userId);
  expect(rows.map(({ fromSeq, toSeq }) => [fromSeq, toSeq])).toEqual([
    [1, 1],
    [2, 4],
  ]);
  const apart = rows[1].created_at.getTime() - rows[0].created_at.getTime();
  expect(apart).toBeGreaterThanOrEqual(WINDOW_SECONDS * 1000 - 100);
});

test('a mail begins with what its reader said right before, when nothing lies between', async () => {
  const { first, second, conversationId } = await addPair();
  await stopMailWorkers();
  await say(second, conversationId, '토요일에 볼까요?');
  await say(first, conversationId, '좋아요');
  await startMailWorkers();
  const [mail] = await waitForMails(second, 1);
  expect(mail?.text).toMatch(/내가 보낸 메시지\n> 토요일에 볼까요\?\n\n.+님의 답\n\n좋아요/);
  const [other] = await waitForMails(first, 1);
  expect(other?.text).not.toContain('내가 보낸 메시지');
});

test('who wants no mails gets none, then or later', async () => {
  const { first, second, conversationId } = await addPair();
  await setPreference(second, 'never');
  await say(first, conversationId, 'not by mail');
  await eventually(async () => expect(await readMailedSeq(conversationId, second.userId)).toBe(1));
  await setPreference(second, 'every');
  await say(first, conversationId, 'by mail');
  const [mail] = await waitForMails(second, 1);
  expect(mail?.text).not.toContain('not by mail');
});

test('a blocked person’s texts are not mailed', async () => {
  const { first, second, conversationId } = await addPair();
  await stopMailWorkers();
  await say(first, conversationId, 'before the block');
  await setBlocked({ viewerId: second.userId, conversationId, blocked: true });
  await startMailWorkers();
  await eventually(async () => expect(await readMailedSeq(conversationId, second.userId)).toBe(1));
  expect(await listMails(second.userId)).toEqual([]);
});

test('what was deleted before its mail is not mailed', async () => {
  const { first, second, conversationId } = await addPair();
  await stopMailWorkers();
  await say(first, conversationId, 'gone', 'kept');
  await getPool().query('update messages set deleted_at = now() where conversation_id = $1 and seq = 1', [
    conversationId,
  ]);
  await startMailWorkers();
  const [mail] = await waitForMails(second, 1);
  expect(mail?.text).not.toContain('gone');
  expect(mail?.text).toContain('?m=2');
});

test('a crash before the wake-up loses nothing: the sweep finds what is due', async () => {
  const { first, second, conversationId } = await addPair();
  await stopMailWorkers();
  await say(first, conversationId, 'committed, then the power went');
  await getPool().query("update conversations set last_message_at = now() - interval '9 days'");
  await startMailWorkers();
  await waitForMails(second, 1);
});

test('a written mail that lost its job is delivered by the sweep, once', async () => {
  const { first, second, conversationId } = await addPair();
  await stopMailWorkers();
  await say(first, conversationId, 'written, never delivered');
  await collectMail({ conversationId, recipientId: second.userId });
  expect((await listMails(second.userId))[0].state).toBe('pending');
  await getPool().query(
    "update mails set created_at = created_at - interval '1 minute' where state = 'pending'",
  );
  await startMailWorkers();
  await Promise.all([sweepMail({ all: true }), sweepMail({ all: false })]);
  await eventually(async () => expect((await listMails(second.userId))[0].state).toBe('sent'));
  expect((await listMails(second.userId))[0].attempts).toBe(1);
  expect(await listArrived(second)).toHaveLength(1);
});

test('collectors that meet write one mail', async () => {
  const { first, second, conversationId } = await addPair();
  await say(first, conversationId, 'only once');
  const job = { conversationId, recipientId: second.userId };
  await Promise.all(Array.from({ length: 5 }, () => collectMail(job)));
  await waitForMails(second, 1);
  expect(await listMails(second.userId)).toHaveLength(1);
});

test('mail goes on after the database dropped every connection of the queue', async () => {
  const { first, second, conversationId } = await addPair();
  await getPool().query(
    `select pg_terminate_backend(pid) from pg_stat_activity
     where datname = current_database() and application_name like 'dandul-jobs%'`,
  );
  await say(first, conversationId, 'after the break');
  await waitForMails(second, 1, 15_000);
});

test('an account mail goes out whatever the preference, and its link is not kept', async () => {
  const { second } = await addPair();
  await setPreference(second, 'never');
  const link = 'http://localhost:3000/reset-password?token=secret-of-the-link';
  await queueAccountMail({
    kind: 'reset',
    isProven: true,
    userId: second.userId,
    address: second.email,
    locale: 'en',
    username: second.username,
    url: link,
  });
  const [mail] = await waitForMails(second, 1);
  expect(mail?.text).toContain(link);
  await eventually(async () => expect((await listMails(second.userId))[0].state).toBe('sent'));
  expect(JSON.stringify(await listMails(second.userId))).not.toContain('secret-of-the-link');
});

test('the mailbox reads no file but its mails', async () => {
  for (const name of ['../../package.json', '..%2Fsecret', '/etc/passwd', 'x.eml', '']) {
    expect(await readMailboxMail(name)).toBeUndefined();
  }
});

async function setPreference(person: Person, preference: 'every' | 'never') {
  await getPool().query('update users set email_preference = $2 where id = $1', [person.userId, preference]);
}
