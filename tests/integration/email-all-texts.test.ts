import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { getPool } from '#db/client.ts';
import { deleteMessage } from '#lib/chat/delete-message.ts';
import { editMessage } from '#lib/chat/edit-message.ts';
import { startConversation } from '#lib/chat/start-conversation.ts';
import { undeleteMessage } from '#lib/chat/undelete-message.ts';
import { warmTemplates } from '#lib/email/content/render.ts';
import { deliverMail } from '#lib/email/delivery/deliver.ts';
import { listMailbox } from '#lib/email/mailbox/read-mailbox.ts';
import { collectMail } from '#lib/email/messages/collect.ts';
import { MAX_TEXTS } from '#lib/email/messages/fit-texts.ts';
import { collectSummary } from '#lib/email/messages/summary.ts';
import { setUpDatabase } from '../support/database.ts';
import { eventually, listMails, readMailedSeq, say } from '../support/mail.ts';
import { startMailWorkers, stopMailWorkers } from '../support/mail-workers.ts';
import { addPair, addPerson, type Person } from '../support/people.ts';
import { endUndos } from '../support/undos.ts';

const folder = mkdtempSync(path.join(os.tmpdir(), 'dandul-all-texts-'));
await setUpDatabase({ EMAIL_WINDOW_SECONDS: '60', DATA_DIR: folder });

beforeAll(warmTemplates);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let made = 0;
/** Texts that are told apart wherever they stand. */
const makeTexts = (count: number, more = '') => Array.from({ length: count }, () => `«${++made}»${more}`);
/** Which of such texts a mail shows, in order. */
const readTexts = (mail: { payload: { text: string } }) => mail.payload.text.match(/«\d+»/g) ?? [];
const nameTexts = (texts: string[]) => texts.flatMap((text) => text.match(/«\d+»/g) ?? []);
const change = (statement: string, ...values: unknown[]) => getPool().query(statement, values);
/** Lets it be nine o'clock where the person lives, with no summary yet today. */
async function wakeUp(person: Person) {
  const offset = (9 - new Date().getUTCHours() + 24) % 24;
  const zone = offset <= 14 ? `Etc/GMT-${offset}` : `Etc/GMT+${24 - offset}`;
  await change(
    "update users set email_preference = 'daily', time_zone = $2, last_summary_at = null where id = $1",
    person.userId,
    zone,
  );
}

/** Lets the window of a conversation, or of a summary, be over. */
const endWindow = async () => {
  await change("update members set last_mailed_at = last_mailed_at - interval '61 seconds'");
  await change("update mails set created_at = created_at - interval '61 seconds' where kind = 'summary'");
};
/** Accepts every mail that waits. */
const deliverAll = async (person: Person) => {
  for (const { id, state } of await listMails(person.userId)) if (state === 'pending') await deliverMail(id);
};
const rangesOf = (mails: { fromSeq: number; toSeq: number; shownSeq: number }[]) =>
  mails.map(({ fromSeq, toSeq, shownSeq }) => [fromSeq, toSeq, shownSeq]);

test('a window has one mail, which says that more follows; the rest goes in the next, of the same thread', async () => {
  const { first, second, conversationId } = await addPair();
  const job = { conversationId, recipientId: second.userId };
  const texts = makeTexts(MAX_TEXTS * 2 + 7);
  await say(first, conversationId, ...texts);
  const written = [];
  for (let windows = 1; windows <= 3; windows += 1) {
    // One may give up waiting for the other, on a busy machine; its queue would bring it again.
    await Promise.allSettled([collectMail(job), collectMail(job)]);
    const mails = await listMails(second.userId);
    expect(mails).toHaveLength(windows);
    written.push(mails.at(-1));
    await deliverAll(second);
    await collectMail(job);
    expect(await listMails(second.userId)).toHaveLength(windows);
    await endWindow();
  }
  expect(rangesOf(written)).toEqual([
    [1, MAX_TEXTS, MAX_TEXTS],
    [MAX_TEXTS + 1, MAX_TEXTS * 2, MAX_TEXTS * 2],
    [MAX_TEXTS * 2 + 1, texts.length, texts.length],
  ]);
  expect(written.flatMap(readTexts)).toEqual(texts);
  expect(new Set(written.map(({ payload }) => `${payload.subject} ${payload.headers.References}`)).size).toBe(
    1,
  );
  expect(written.map(({ payload }) => payload.text.includes('다음 이메일'))).toEqual([true, true, false]);
  expect(await readMailedSeq(conversationId, second.userId)).toBe(texts.length);
});

test('the next mail is not written before the one before was accepted, or has failed for good', async () => {
  for (const end of ['sent', 'failed', 'cancelled']) {
    const { first, second, conversationId } = await addPair();
    const job = { conversationId, recipientId: second.userId };
    const texts = makeTexts(3);
    await say(first, conversationId, ...texts.slice(0, 1));
    await collectMail(job);
    await say(first, conversationId, ...texts.slice(1));
    await endWindow();
    await collectMail(job);
    const [waiting, ...others] = await listMails(second.userId);
    expect([rangesOf([waiting]), others]).toEqual([[[1, 1, 1]], []]);
    await change('update mails set state = $2 where id = $1', waiting.id, end);
    await collectMail(job);
    expect(rangesOf(await listMails(second.userId))).toEqual([
      [1, 1, 1],
      [2, 3, 3],
    ]);
  }
});

test('texts of full length, and one alone, all go out', async () => {
  const { first, second, conversationId } = await addPair();
  const texts = makeTexts(12, '가'.repeat(3990));
  await say(first, conversationId, ...texts);
  const written = [];
  for (;;) {
    await collectMail({ conversationId, recipientId: second.userId });
    const mails = await listMails(second.userId);
    if (mails.length === written.length) break;
    written.push(mails.at(-1));
    await deliverAll(second);
    await endWindow();
  }
  expect(written.length).toBeGreaterThan(1);
  expect(written.flatMap(readTexts)).toEqual(nameTexts(texts));
  expect(written.map(({ payload }) => payload.text).join('')).toContain(texts[11]);
});

test('a summary shows every unread text of every conversation, one mail a window', async () => {
  const person = await addPerson('reader');
  const texts: string[] = [];
  for (const count of [MAX_TEXTS + 20, 5, 1, ...Array(22).fill(1)]) {
    const partner = await addPerson('partner');
    const started = await startConversation({ userId: partner.userId, partnerId: person.userId });
    if (!started.ok) throw new Error('no conversation');
    const said = makeTexts(count);
    texts.push(...said);
    await say(partner, started.value.conversationId, ...said);
  }
  await wakeUp(person);
  const readMails = async () => [
    ...new Map((await listMails(person.userId)).map((mail) => [mail.id, mail])).values(),
  ];
  const shown: string[] = [];
  let count = 0;
  for (;;) {
    // One may give up waiting for the other, on a busy machine; its queue would bring it again.
    await Promise.allSettled([collectSummary(person.userId), collectSummary(person.userId)]);
    const mails = await readMails();
    if (mails.length === count) break;
    count += 1;
    expect(mails).toHaveLength(count);
    shown.push(...readTexts(mails.at(-1)));
    // Neither before its window is over nor before it is accepted.
    await collectSummary(person.userId);
    await endWindow();
    await collectSummary(person.userId);
    expect(await readMails()).toHaveLength(count);
    await deliverAll(person);
  }
  expect(count).toBeGreaterThan(1);
  expect(shown).toHaveLength(texts.length);
  expect(new Set(shown)).toEqual(new Set(texts));
});

test('all mails of a summary come by themselves and say the same in their subject', async () => {
  const person = await addPerson('reader');
  const partner = await addPerson('partner');
  const started = await startConversation({ userId: partner.userId, partnerId: person.userId });
  if (!started.ok) throw new Error('no conversation');
  const texts = makeTexts(MAX_TEXTS + 1);
  await say(partner, started.value.conversationId, ...texts);
  await wakeUp(person);
  await startMailWorkers();
  try {
    await collectSummary(person.userId);
    const mails = await eventually(async () => {
      await endWindow();
      await change(
        "update pgboss.job set start_after = now() where name = 'mail.summary' and state = 'created'",
      );
      const found = (await listMailbox()).filter(({ to }) => to === person.email);
      expect(found).toHaveLength(2);
      return found;
    });
    expect(new Set(mails.map(({ subject }) => subject)).size).toBe(1);
    expect(mails[0]?.subject).toContain(String(texts.length));
  } finally {
    await stopMailWorkers();
  }
});

test('a mail of an earlier release, which only counted some texts, is written anew with all of them', async () => {
  const { first, second, conversationId } = await addPair();
  const texts = makeTexts(4);
  await say(first, conversationId, ...texts);
  await collectMail({ conversationId, recipientId: second.userId });
  const [old] = await listMails(second.userId);
  await change('update mail_ranges set shown_seq = 2 where mail_id = $1', old.id);
  await deliverMail(old.id);
  const [cancelled, fresh] = await listMails(second.userId);
  expect([cancelled.state, fresh.state]).toEqual(['cancelled', 'pending']);
  expect(readTexts(fresh)).toEqual(texts);
});

const step = fc.oneof(
  fc.record({ kind: fc.constant('say' as const), count: fc.integer({ min: 1, max: MAX_TEXTS + 10 }) }),
  fc.record({
    kind: fc.constantFrom('delete', 'undo', 'edit'),
    at: fc.double({ min: 0, max: 1, noNaN: true }),
  }),
  fc.record({
    kind: fc.constant('takeBack' as const),
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    between: fc.constantFrom('collect', 'deliver'),
  }),
  fc.record({ kind: fc.constant('endUndos' as const) }),
  fc.record({ kind: fc.constant('collect' as const) }),
  fc.record({ kind: fc.constant('deliver' as const), at: fc.double({ min: 0, max: 1, noNaN: true }) }),
  fc.record({ kind: fc.constant('move' as const) }),
);

test('whatever happens between, each standing text is in one mail, as it was when that went', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(step, { minLength: 3, maxLength: 12 }),
      fc.array(step, { maxLength: 8 }),
      async (before, afterChoice) => {
        const { first, second, conversationId } = await addPair();
        const job = { conversationId, recipientId: second.userId };
        /** What each message says now, and which message ever said what. */
        const texts: string[] = [];
        const seqs = new Map<string, number>();
        const deleted = new Set<number>();
        const written = new Map<string, string[]>();
        const note = (seq: number, text: string) => {
          texts[seq - 1] = text;
          seqs.set(text, seq);
        };
        const readMails = async () => {
          const mails = await listMails(second.userId);
          for (const mail of mails) if (mail.state === 'pending') written.set(mail.id, readTexts(mail));
          return mails;
        };
        const deliver = async (at: number) => {
          const waiting = (await readMails()).filter(({ state }) => state === 'pending');
          const mail = waiting[Math.floor(at * waiting.length)] ?? waiting[0];
          // As the queue does: of one whose text may come back it is asked again later.
          if (mail) await deliverMail(mail.id, 'job');
          const after = (await readMails()).find(({ id }) => id === mail?.id);
          if (after?.state === 'sent') {
            for (const text of written.get(after.id) ?? []) {
              const seq = seqs.get(text) ?? 0;
              expect([texts[seq - 1], deleted.has(seq)]).toEqual([text, false]);
            }
          }
          return waiting.length;
        };
        const collect = async () => {
          const before = (await readMails()).length;
          await endWindow();
          await collectMail(job);
          await collectSummary(second.userId);
          const mails = await readMails();
          expect(mails.length - before).toBeLessThanOrEqual(1);
          expect(mails.filter(({ state }) => state === 'pending').length).toBeLessThanOrEqual(1);
        };
        const changeOne = async (kind: string, at: number) => {
          const among = kind === 'undo' ? [...deleted] : texts.map((_, index) => index + 1);
          const seq = among[Math.min(among.length - 1, Math.floor(at * among.length))];
          if (seq === undefined) return;
          const place = { memberId: first.userId, conversationId, seq };
          if (kind === 'delete') {
            expect(await deleteMessage(place)).toMatchObject({ ok: true });
            deleted.add(seq);
          } else if (kind === 'undo') {
            if ((await undeleteMessage(place)).ok) deleted.delete(seq);
          } else {
            const [body = ''] = makeTexts(1);
            const edited = await editMessage({ ...place, body, baseRevision: 1_000_000 });
            expect(edited.ok).toBe(!deleted.has(seq));
            if (edited.ok) note(seq, body);
          }
        };
        /** Deletes a text, and undoes that after mails were looked at. */
        const takeBack = async (at: number, between: string) => {
          await changeOne('delete', at);
          await (between === 'collect' ? collect() : deliver(at));
          await changeOne('undo', 1);
        };
        const run = async (steps: (typeof before)[number][]) => {
          for (const action of steps) {
            if (action.kind === 'say') {
              const said = makeTexts(action.count);
              for (const text of said) note(texts.length + 1, text);
              await say(first, conversationId, ...said);
            } else if (action.kind === 'takeBack') await takeBack(action.at, action.between);
            else if ('at' in action && action.kind !== 'deliver') await changeOne(action.kind, action.at);
            else if (action.kind === 'endUndos') await endUndos();
            else if (action.kind === 'collect') await collect();
            else if (action.kind === 'deliver') await deliver(action.at);
            else if (action.kind === 'move') {
              const email = `moved-${++made}-${second.userId}@example.com`;
              await change('update users set email = $2, email_key = $2 where id = $1', second.userId, email);
            }
          }
        };
        await run(before);
        await wakeUp(second);
        await run(afterChoice);
        await endUndos();
        do {
          await wakeUp(second);
          await collect();
        } while ((await deliver(0)) > 0);
        const mails = new Map((await readMails()).map((mail) => [mail.id, mail]));
        const shown = [...mails.values()]
          .filter(({ state }) => state === 'sent')
          .flatMap(({ id }) => written.get(id) ?? [])
          .map((text) => seqs.get(text) ?? 0);
        expect(new Set(shown).size).toBe(shown.length);
        const standing = texts.map((_, index) => index + 1).filter((seq) => !deleted.has(seq));
        expect(standing.filter((seq) => !shown.includes(seq))).toEqual([]);
      },
    ),
    { numRuns: 20 },
  );
}, 240_000);
