import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { getDb, getPool } from '#db/client.ts';
import { morningOf } from '#db/queries/summaries.ts';
import { updateTimeZone } from '#db/queries/users.ts';
import { moveCursor } from '#lib/chat/move-cursor.ts';
import { setMuted } from '#lib/chat/set-muted.ts';
import { warmTemplates } from '#lib/email/content/render.ts';
import { deliverMail } from '#lib/email/delivery/deliver.ts';
import { readMailboxMail } from '#lib/email/mailbox/read-mailbox.ts';
import { collectMail, collectMails } from '#lib/email/messages/collect.ts';
import { collectSummary, sweepSummaries } from '#lib/email/messages/summary.ts';
import type { EmailPreference } from '#lib/email/preferences/choices.ts';
import { saveEmailPreference } from '#lib/email/preferences/save-email-preference.ts';
import { setUpDatabase } from '../support/database.ts';
import { eventually, listMails, readMailedSeq, say } from '../support/mail.ts';
import { startMailWorkers, stopMailWorkers } from '../support/mail-workers.ts';
import { addPair, addPerson, type Person } from '../support/people.ts';

const folder = mkdtempSync(path.join(os.tmpdir(), 'dandul-policy-'));
// Without a window, so that only the preferences hold mails back.
await setUpDatabase({ EMAIL_WINDOW_SECONDS: '0', DATA_DIR: folder });

beforeAll(warmTemplates);
afterAll(async () => {
  await stopMailWorkers();
  rmSync(folder, { recursive: true, force: true });
});

/** Lets texts be as old as if they had waited. */
async function age(conversationId: string, seconds: number, seqs: number[]) {
  await getPool().query(
    `update messages set created_at = now() - make_interval(secs => $2)
     where conversation_id = $1 and seq = any($3::int[])`,
    [conversationId, seconds, seqs],
  );
}
async function withWorkers(run: () => Promise<unknown>) {
  await startMailWorkers();
  try {
    await run();
  } finally {
    await stopMailWorkers();
  }
}
const choose = (person: Person, preference: EmailPreference) =>
  saveEmailPreference(person.userId, preference);
const rangesOf = async (person: Person) =>
  (await listMails(person.userId)).map(({ kind, fromSeq, toSeq }) => [kind, fromSeq, toSeq]);

type Pair = Awaited<ReturnType<typeof addPair>>;

test('several looked at together get what each is owed; one whose row somebody holds holds up no other', async () => {
  const pairs = await Promise.all([addPair(), addPair(), addPair()]);
  const [plain, muted, held] = pairs as [Pair, Pair, Pair];
  for (const { first, conversationId } of pairs) await say(first, conversationId, 'hello');
  await setMuted({ viewerId: muted.second.userId, conversationId: muted.conversationId, muted: true });
  const toJob = ({ conversationId, second }: Pair) => ({ conversationId, recipientId: second.userId });
  const holder = await getPool().connect();
  let collecting: Promise<void>;
  try {
    await holder.query('begin');
    await holder.query('select 1 from members where conversation_id = $1 for update', [held.conversationId]);
    // A job that failed once may be taken beside a new one of its key.
    collecting = collectMails([held, plain, muted, plain].map(toJob));
    await eventually(async () => expect(await rangesOf(plain.second)).toEqual([['messages', 1, 1]]));
    expect(await rangesOf(held.second)).toEqual([]);
  } finally {
    await holder.query('commit');
    holder.release();
  }
  await collecting;
  expect(await rangesOf(held.second)).toEqual([['messages', 1, 1]]);
  expect(await rangesOf(plain.second)).toEqual([['messages', 1, 1]]);
  expect(await rangesOf(muted.second)).toEqual([]);
  expect(await readMailedSeq(muted.conversationId, muted.second.userId)).toBe(1);
});

test('with "unread" a text is mailed when it was not read for a minute, and no younger one with it', async () => {
  const { first, second, conversationId } = await addPair();
  const job = { conversationId, recipientId: second.userId };
  await choose(second, 'unread');
  await say(first, conversationId, 'read in time', 'old and unread', 'just now');
  await age(conversationId, 61, [1, 2]);
  await moveCursor({ viewerId: second.userId, conversationId, kind: 'read', seq: 1 });
  await collectMail(job);
  expect(await rangesOf(second)).toEqual([['messages', 2, 2]]);
  await deliverMail((await listMails(second.userId))[0].id);
  await collectMail(job);
  expect(await rangesOf(second)).toHaveLength(1);
  await age(conversationId, 61, [3]);
  await collectMail(job);
  expect(await rangesOf(second)).toEqual([
    ['messages', 2, 2],
    ['messages', 3, 3],
  ]);
});

test('with "unread" a text that was read is never mailed, nor a written mail that was read before it went', async () => {
  const { first, second, conversationId } = await addPair();
  const job = { conversationId, recipientId: second.userId };
  await choose(second, 'unread');
  await say(first, conversationId, 'seen');
  await moveCursor({ viewerId: second.userId, conversationId, kind: 'read', seq: 1 });
  await age(conversationId, 61, [1]);
  await collectMail(job);
  expect(await listMails(second.userId)).toEqual([]);
  expect(await readMailedSeq(conversationId, second.userId)).toBe(1);

  await say(first, conversationId, 'seen late');
  await age(conversationId, 61, [2]);
  await collectMail(job);
  const [mail] = await listMails(second.userId);
  await moveCursor({ viewerId: second.userId, conversationId, kind: 'read', seq: 2 });
  await deliverMail(mail.id);
  expect((await listMails(second.userId))[0].state).toBe('cancelled');
});

test('with "unread" the workers come back by themselves when the minute is over', async () => {
  const { first, second, conversationId } = await addPair();
  await choose(second, 'unread');
  await say(first, conversationId, 'nobody looks');
  await age(conversationId, 50, [1]);
  await withWorkers(() =>
    eventually(async () => expect(await rangesOf(second)).toEqual([['messages', 1, 1]]), 60_000),
  );
});

test('a muted conversation is not mailed, then or later; others are', async () => {
  const { first, second, conversationId } = await addPair();
  const other = await addPair();
  await setMuted({ viewerId: second.userId, conversationId, muted: true });
  await say(first, conversationId, 'quiet');
  await collectMail({ conversationId, recipientId: second.userId });
  await say(other.first, other.conversationId, 'loud');
  await collectMail({ conversationId: other.conversationId, recipientId: other.second.userId });
  expect(await listMails(second.userId)).toEqual([]);
  expect(await listMails(other.second.userId)).toHaveLength(1);

  // Also what was said right before the end of the mute and never looked at.
  await say(first, conversationId, 'quiet too');
  await setMuted({ viewerId: second.userId, conversationId, muted: false });
  await say(first, conversationId, 'loud again');
  await collectMail({ conversationId, recipientId: second.userId });
  expect(await rangesOf(second)).toEqual([['messages', 3, 3]]);
});

test('muting is one’s own: the partner neither sees nor can change it, nor can a stranger', async () => {
  const { first, second, conversationId } = await addPair();
  const stranger = await addPerson('stranger');
  const muted = await setMuted({ viewerId: second.userId, conversationId, muted: true });
  expect(muted).toMatchObject({ ok: true, value: { entry: { muted: true } } });
  const partners = await setMuted({ viewerId: first.userId, conversationId, muted: false });
  expect(partners).toMatchObject({ ok: true, value: { entry: { muted: false } } });
  const nobody = '01940000-0000-7000-8000-000000000009';
  const foreign = await setMuted({ viewerId: stranger.userId, conversationId, muted: true });
  expect(foreign).toEqual({ ok: false, error: { code: 'not_found' } });
  const absent = await setMuted({ viewerId: stranger.userId, conversationId: nobody, muted: true });
  expect(absent).toEqual(foreign);
  const { rows } = await getPool().query('select user_id, muted from members where conversation_id = $1', [
    conversationId,
  ]);
  expect(new Map(rows.map((row) => [row.user_id, row.muted]))).toEqual(
    new Map([
      [first.userId, false],
      [second.userId, true],
    ]),
  );
});

test('turning mail on never sends what was said before', async () => {
  const { first, second, conversationId } = await addPair();
  const job = { conversationId, recipientId: second.userId };
  for (const before of ['never', 'daily'] as const) {
    await choose(second, before);
    await say(first, conversationId, `said under ${before}`);
    await choose(second, 'every');
    await collectMail(job);
    expect(await listMails(second.userId)).toEqual([]);
  }
  await say(first, conversationId, 'said afterwards');
  await collectMail(job);
  expect(await rangesOf(second)).toEqual([['messages', 3, 3]]);
});

test('a mute, or a choice of fewer mails, stops one that is written but not sent', async () => {
  for (const change of [
    (person: Person, conversationId: string) =>
      setMuted({ viewerId: person.userId, conversationId, muted: true }),
    (person: Person) => choose(person, 'never'),
    (person: Person) => choose(person, 'daily'),
  ]) {
    const { first, second, conversationId } = await addPair();
    await say(first, conversationId, 'too late');
    await collectMail({ conversationId, recipientId: second.userId });
    const [mail] = await listMails(second.userId);
    await change(second, conversationId);
    await deliverMail(mail.id);
    expect((await listMails(second.userId))[0].state).toBe('cancelled');
  }
});

test('a text deleted after its mail was written does not go; the others do', async () => {
  const { first, second, conversationId } = await addPair();
  await say(first, conversationId, 'regretted', 'kept');
  await collectMail({ conversationId, recipientId: second.userId });
  const [mail] = await listMails(second.userId);
  await getPool().query('update messages set deleted_at = now() where conversation_id = $1 and seq = 1', [
    conversationId,
  ]);
  await deliverMail(mail.id);
  const [old, fresh, ...others] = await listMails(second.userId);
  expect(others).toEqual([]);
  expect(old.state).toBe('cancelled');
  expect(fresh.idempotency_key).not.toBe(old.idempotency_key);
  expect(fresh.payload.text).toContain('kept');
  expect(fresh.payload.text).not.toContain('regretted');
  await deliverMail(fresh.id);
  const sent = (await listMails(second.userId))[1];
  expect(sent.state).toBe('sent');
  const name = `${fresh.created_at.toISOString().replace(/[-:.]/g, '')}-${fresh.id}.eml`;
  expect((await readMailboxMail(name))?.text).not.toContain('regretted');

  await say(first, conversationId, 'all of it');
  await collectMail({ conversationId, recipientId: second.userId });
  const lone = (await listMails(second.userId))[2];
  await getPool().query('update messages set deleted_at = now() where conversation_id = $1', [
    conversationId,
  ]);
  await deliverMail(lone.id);
  expect((await listMails(second.userId)).map(({ state }) => state)).toEqual([
    'cancelled',
    'sent',
    'cancelled',
  ]);
});

/** A zone in which it is now this hour of the day. */
function zoneAt(hour: number): string {
  const offset = (((hour - new Date().getUTCHours()) % 24) + 24) % 24;
  // Etc/GMT+5 is five hours behind UTC; the zones reach from 14 before to 12 behind.
  return offset <= 14 ? `Etc/GMT-${offset}` : `Etc/GMT+${24 - offset}`;
}
const wakeAt = (person: Person, hour: number) =>
  getPool().query(
    "update users set time_zone = $2, last_summary_at = now() - interval '1 day' where id = $1",
    [person.userId, zoneAt(hour)],
  );

test('the daily summary comes in the reader’s morning, once, with all that is unread and not muted', async () => {
  const { first, second, conversationId } = await addPair();
  const noisy = await addPerson('noisy');
  await choose(second, 'daily');
  await say(first, conversationId, 'one', 'two', 'three', 'four', 'five');
  await moveCursor({ viewerId: second.userId, conversationId, kind: 'read', seq: 1 });
  const { startConversation } = await import('#lib/chat/start-conversation.ts');
  const started = await startConversation({ userId: noisy.userId, partnerId: second.userId });
  if (!started.ok) throw new Error('no conversation');
  await say(noisy, started.value.conversationId, 'muted');
  await setMuted({ viewerId: second.userId, conversationId: started.value.conversationId, muted: true });

  // Not at once, not at night, not by the collector of single messages.
  await collectMail({ conversationId, recipientId: second.userId });
  await collectSummary(second.userId);
  await wakeAt(second, 6);
  await collectSummary(second.userId);
  expect(await listMails(second.userId)).toEqual([]);

  await wakeAt(second, 9);
  await Promise.all([collectSummary(second.userId), collectSummary(second.userId)]);
  const [mail, ...others] = await listMails(second.userId);
  expect(others).toEqual([]);
  expect([mail.kind, mail.fromSeq, mail.shownSeq, mail.toSeq]).toEqual(['summary', 2, 5, 5]);
  expect(mail.payload.subject).toContain('4');
  expect(mail.payload.text).toMatch(/two\n\nthree\n\nfour\n\nfive/);
  expect(mail.payload.text).not.toContain('muted');
  await deliverMail(mail.id);
  expect((await listMails(second.userId))[0].state).toBe('sent');

  await wakeAt(second, 9);
  await collectSummary(second.userId);
  expect(await listMails(second.userId)).toHaveLength(1);
});

/** Two more partners of a person, each with an unread text. */
async function addPartners(person: Person, ...names: string[]) {
  const { startConversation } = await import('#lib/chat/start-conversation.ts');
  const conversations: string[] = [];
  for (const name of names) {
    const partner = await addPerson(name);
    const started = await startConversation({ userId: partner.userId, partnerId: person.userId });
    if (!started.ok) throw new Error('no conversation');
    await say(partner, started.value.conversationId, `from ${name}`);
    conversations.push(started.value.conversationId);
  }
  return conversations;
}
async function moveTo(person: Person, email: string) {
  await getPool().query('update users set email = $2, email_key = $2 where id = $1', [person.userId, email]);
}
const standingOf = async (person: Person) =>
  (await listMails(person.userId)).map(({ kind, state, address, fromSeq, toSeq }) => ({
    kind,
    state,
    address,
    range: [fromSeq, toSeq],
  }));

test('what waited for an address that is no longer in use goes to the new one, unless it was read', async () => {
  const { first, second, conversationId } = await addPair();
  const job = { conversationId, recipientId: second.userId };
  await say(first, conversationId, 'seen', 'unseen');
  await collectMail(job);
  await say(first, conversationId, 'mailed since');
  const [{ id: givenUpId }] = await listMails(second.userId);
  const setState = (state: string) =>
    getPool().query('update mails set state = $2 where id = $1', [givenUpId, state]);
  // Given up, and sent again by the operator when a later one has gone.
  await setState('failed');
  await collectMail(job);
  await deliverMail((await listMails(second.userId))[1].id);
  await setState('pending');
  await moveCursor({ viewerId: second.userId, conversationId, kind: 'read', seq: 1 });
  await moveTo(second, `new-${second.email}`);
  await deliverMail(givenUpId);
  await collectMail(job);
  expect(await standingOf(second)).toEqual([
    { kind: 'messages', state: 'cancelled', address: second.email, range: [1, 2] },
    { kind: 'messages', state: 'sent', address: second.email, range: [3, 3] },
    { kind: 'messages', state: 'pending', address: `new-${second.email}`, range: [2, 2] },
  ]);
});

test('what waited when somebody chose summaries is in the next one; with no mails it is in none', async () => {
  for (const [choice, kinds] of [
    ['daily', ['messages', 'summary']],
    ['never', ['messages']],
  ] as const) {
    const { first, second, conversationId } = await addPair();
    await say(first, conversationId, 'waiting');
    await collectMail({ conversationId, recipientId: second.userId });
    await choose(second, choice);
    await deliverMail((await listMails(second.userId))[0].id);
    await wakeAt(second, 9);
    await collectSummary(second.userId);
    expect((await listMails(second.userId)).map(({ kind }) => kind)).toEqual(kinds);
  }
});

test.each([
  ['one of its texts was deleted', ['from b']],
  ['one of its conversations was muted', ['from b']],
  ['its address changed', ['from a', 'from b']],
])('a summary is written anew at once when %s', async (change, texts) => {
  const person = await addPerson('reader');
  await choose(person, 'daily');
  const [muted = ''] = await addPartners(person, 'a', 'b');
  await wakeAt(person, 9);
  await collectSummary(person.userId);
  const [{ id }] = await listMails(person.userId);
  const address = change.includes('address') ? `new-${person.email}` : person.email;
  await moveTo(person, address);
  if (change.includes('muted')) {
    await setMuted({ viewerId: person.userId, conversationId: muted, muted: true });
  }
  if (change.includes('deleted')) {
    await getPool().query('update messages set deleted_at = now() where conversation_id = $1', [muted]);
  }
  await deliverMail(id);
  await collectSummary(person.userId);
  const mails = new Map((await listMails(person.userId)).map((mail) => [mail.id, mail]));
  const [old, fresh, ...others] = [...mails.values()];
  expect([old.state, fresh.state, fresh.address, others]).toEqual(['cancelled', 'pending', address, []]);
  for (const text of ['from a', 'from b']) {
    expect(fresh.payload.text.includes(text)).toBe(texts.includes(text));
  }
  await deliverMail(fresh.id);
  await collectSummary(person.userId);
  expect((await listMails(person.userId)).filter(({ state }) => state === 'sent').length).toBe(texts.length);
});

test('a summary that was cancelled because all of it was read does not come again', async () => {
  const person = await addPerson('reader');
  await choose(person, 'daily');
  const [conversation = ''] = await addPartners(person, 'a');
  await wakeAt(person, 9);
  await collectSummary(person.userId);
  await moveCursor({ viewerId: person.userId, conversationId: conversation, kind: 'read', seq: 1 });
  await deliverMail((await listMails(person.userId))[0].id);
  await collectSummary(person.userId);
  expect((await listMails(person.userId)).map(({ state }) => state)).toEqual(['cancelled']);
});

test('the round for summaries finds those for whom it is time', async () => {
  const { first, second, conversationId } = await addPair();
  await choose(second, 'daily');
  await say(first, conversationId, 'good morning');
  await wakeAt(second, 10);
  await withWorkers(async () => {
    await sweepSummaries();
    await eventually(async () => {
      const [mail] = await listMails(second.userId);
      expect([mail?.kind, mail?.state]).toEqual(['summary', 'sent']);
    });
  });
});

const ZONES = [
  null,
  'UTC',
  'Asia/Seoul',
  'Asia/Calcutta',
  'America/New_York',
  'Europe/Berlin',
  'Australia/Lord_Howe',
  'America/St_Johns',
  'Pacific/Kiritimati',
  'Pacific/Pago_Pago',
];

test.each(['ko', 'en'] as const)(
  'it is morning where the person lives, whose zone is guessed by %s until it is known',
  async (locale) => {
    const hourIn = (timeZone: string) =>
      Number(
        new Intl.DateTimeFormat('en', { timeZone, hour: 'numeric', hourCycle: 'h23' }).format(new Date()),
      );
    for (const zone of ZONES) {
      const { first, second, conversationId } = await addPair();
      await choose(second, 'daily');
      await say(first, conversationId, 'good morning');
      await getPool().query(
        "update users set locale = $2, time_zone = $3, last_summary_at = now() - interval '1 day' where id = $1",
        [second.userId, locale, zone],
      );
      const hour = hourIn(zone ?? (locale === 'ko' ? 'Asia/Seoul' : 'UTC'));
      await collectSummary(second.userId);
      expect([zone, hour, (await listMails(second.userId)).length]).toEqual([zone, hour, hour >= 8 ? 1 : 0]);
    }
  },
);

test.each([
  ['Europe/Berlin', '2026-03-28', '2026-03-28T07:00:00.000Z'],
  ['Europe/Berlin', '2026-03-29', '2026-03-29T06:00:00.000Z'],
  ['Europe/Berlin', '2026-10-24', '2026-10-24T06:00:00.000Z'],
  ['Europe/Berlin', '2026-10-25', '2026-10-25T07:00:00.000Z'],
  ['America/New_York', '2026-03-07', '2026-03-07T13:00:00.000Z'],
  ['America/New_York', '2026-03-08', '2026-03-08T12:00:00.000Z'],
  ['America/New_York', '2026-10-31', '2026-10-31T12:00:00.000Z'],
  ['America/New_York', '2026-11-01', '2026-11-01T13:00:00.000Z'],
])('in %s on %s it is eight in the morning at %s, also where the clocks change', async (zone, day, at) => {
  for (const time of ['00:30', '07:59', '23:30']) {
    const moment = sql`${`${day} ${time}`}::timestamp at time zone ${zone}`;
    const { rows } = await getDb().execute(sql`select ${morningOf(moment, sql`${zone}`)} as at`);
    expect(new Date(rows[0]?.at as string).toISOString()).toBe(at);
  }
});

test('a zone is kept with the account when this database knows it, else the one before stays', async () => {
  const person = await addPerson('traveller');
  const read = async () => {
    const { rows } = await getPool().query('select time_zone from users where id = $1', [person.userId]);
    return rows[0].time_zone;
  };
  await updateTimeZone(person.userId, 'asia/seoul');
  expect(await read()).toBe('Asia/Seoul');
  await updateTimeZone(person.userId, "Mars/Olympus'; drop table users");
  expect(await read()).toBe('Asia/Seoul');
  await choose(person, 'daily');
  expect(await read()).toBe('Asia/Seoul');
  await updateTimeZone(person.userId, 'America/New_York');
  expect(await read()).toBe('America/New_York');
});
