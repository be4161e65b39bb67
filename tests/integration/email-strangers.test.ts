import { beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { getDb, getPool } from '#db/client.ts';
import { listOwed } from '#db/queries/mail-owed.ts';
import { listDueSummaries } from '#db/queries/summaries.ts';
import { requestEmailChange } from '#lib/auth/accounts/change-email.ts';
import { toMailTarget } from '#lib/auth/accounts/mail-target.ts';
import { sendVerifyMail, verifyEmail } from '#lib/auth/accounts/verify-email.ts';
import { hashPassword } from '#lib/auth/passwords/passwords.ts';
import { issueToken } from '#lib/auth/tokens.ts';
import { moveCursor } from '#lib/chat/move-cursor.ts';
import { startConversation } from '#lib/chat/start-conversation.ts';
import { warmTemplates } from '#lib/email/content/render.ts';
import { collectMail } from '#lib/email/messages/collect.ts';
import { collectSummary } from '#lib/email/messages/summary.ts';
import { envSingleton, getEnv } from '#lib/runtime/env.ts';
import { consumeLimit, LIMITS } from '#lib/runtime/rate-limit.ts';
import { err } from '#lib/runtime/result.ts';
import { startFromForm } from '../../app/(member)/(chat)/chat/new/actions.ts';
import { setUpDatabase } from '../support/database.ts';
import { listMails, say } from '../support/mail.ts';
import { addPerson, type Person } from '../support/people.ts';
import { redisIsReady } from '../support/redis.ts';

/** Whose browser calls the action. */
let viewer: Person | undefined;
vi.mock('#lib/auth/sessions/current-user.ts', () => ({ requireUser: async () => viewer }));

// A real transport; nothing is sent here, as no workers run.
await setUpDatabase({ SMTP_URL: 'smtp://127.0.0.1:1', EMAIL_WINDOW_SECONDS: '0' });
const holding = getEnv();

beforeAll(async () => {
  await warmTemplates();
  await redisIsReady();
});
beforeEach(() => envSingleton.set(holding));
const useLimits = () => envSingleton.set({ ...holding, RATE_LIMITS: 'on' });

/** Somebody whose address nobody confirmed, in a conversation with somebody whose address is. */
async function addStrangers() {
  const sender = await addPerson('unproven', { isVerified: false });
  const reader = await addPerson('reader');
  const started = await startConversation({ userId: sender.userId, partnerId: reader.userId });
  if (!started.ok) throw new Error('no conversation');
  return { sender, reader, conversationId: started.value.conversationId };
}
const isOwed = async ({ userId }: Person) =>
  (await listOwed(getDb(), { all: true, isHolding: true, userId, limit: 10 })).length > 0;
const readTexts = async ({ userId }: Person) =>
  (await listMails(userId)).map(({ payload }) => payload.text).join();

test('what an unconfirmed account writes is not mailed to who never wrote to it, at once or as a summary', async () => {
  const { sender, reader, conversationId } = await addStrangers();
  await say(sender, conversationId, 'buy this');
  await collectMail({ conversationId, recipientId: reader.userId });
  expect(await isOwed(reader)).toBe(false);
  await getPool().query(
    "update users set email_preference = 'daily', time_zone = 'Etc/GMT' || $2 where id = $1",
    [reader.userId, offsetOfNine()],
  );
  expect(await listDueSummaries(getDb(), { isHolding: true, afterId: undefined, limit: 1000 })).not.toContain(
    reader.userId,
  );
  await collectSummary(reader.userId);
  expect(await listMails(reader.userId)).toEqual([]);
});

/** The zone, as a POSIX offset, in which it is nine o'clock. */
function offsetOfNine(): string {
  const offset = (9 - new Date().getUTCHours() + 24) % 24;
  return offset <= 14 ? `-${offset}` : `+${24 - offset}`;
}

test('it is mailed to who has written to it', async () => {
  const { sender, reader, conversationId } = await addStrangers();
  await say(reader, conversationId, 'hello you');
  await say(sender, conversationId, 'hello back');
  expect(await isOwed(reader)).toBe(true);
  await collectMail({ conversationId, recipientId: reader.userId });
  expect(await readTexts(reader)).toContain('hello back');
});

test('once the address is confirmed, what nobody has read is mailed, and nothing else', async () => {
  const { sender, reader, conversationId } = await addStrangers();
  await say(sender, conversationId, 'seen', 'unseen');
  await moveCursor({ viewerId: reader.userId, conversationId, kind: 'read', seq: 1 });
  await collectMail({ conversationId, recipientId: reader.userId });
  await verifyEmail(await issueToken('verify', sender.userId, sender.email));
  expect(await isOwed(reader)).toBe(true);
  await collectMail({ conversationId, recipientId: reader.userId });
  const text = await readTexts(reader);
  expect(text).toContain('unseen');
  expect(text).not.toContain('\nseen');
});

test('the developer mailbox holds nothing back', async () => {
  envSingleton.set({ ...holding, SMTP_URL: undefined });
  const { sender, reader, conversationId } = await addStrangers();
  await say(sender, conversationId, 'kept here');
  await collectMail({ conversationId, recipientId: reader.userId });
  expect(await readTexts(reader)).toContain('kept here');
});

test('one mailbox gets a few links an hour, whichever way they are asked for and however it is written', async () => {
  useLimits();
  const asking = await addPerson('asking');
  const password = 'a long enough password 7';
  await getPool().query('update users set password_hash = $2 where id = $1', [
    asking.userId,
    await hashPassword(password),
  ]);
  const name = `victim.${asking.userId}`;
  // As a reset is counted, whose answer may not tell whether there is such an account.
  expect(await consumeLimit('mailTarget', toMailTarget(`${name}@example.com`))).toEqual({ ok: true });
  const change = (email: string) => requestEmailChange(asking, { email, currentPassword: password });
  expect(await change(`${name}+1@example.com`)).toMatchObject({ ok: true });
  const sign = (email: string) => sendVerifyMail({ id: asking.userId, username: 'x', email, locale: 'en' });
  for (let index = 2; index < LIMITS.mailTarget.points; index += 1) {
    expect(await sign(`${name.toUpperCase()}+${index}@example.com`)).toMatchObject({ ok: true });
  }
  const before = (await listMails(asking.userId)).length;
  const limited = err({ code: 'rate_limited', retryAfterMs: expect.any(Number) });
  expect(await sign(`${name}+last@example.com`)).toEqual(limited);
  expect(await change(`${name}+more@example.com`)).toEqual(limited);
  expect(await listMails(asking.userId)).toHaveLength(before);
  expect(await sign(`other-${name}@example.com`)).toMatchObject({ ok: true });
});

test('a person begins with so many new people a day; conversations that are there stay open to them', async () => {
  useLimits();
  const person = await addPerson('busy');
  const partners: Person[] = [];
  for (let index = 0; index <= LIMITS.newPartner.points; index += 1)
    partners.push(await addPerson('partner'));
  const start = (partner: Person | undefined) =>
    startConversation({ userId: person.userId, partnerId: partner?.userId ?? '' });
  for (const partner of partners.slice(0, -1)) expect(await start(partner)).toMatchObject({ ok: true });
  const refused = { ok: false, error: { code: 'rate_limited', retryAfterMs: expect.any(Number) } };
  expect(await start(partners.at(-1))).toEqual(refused);
  expect(await start(partners[0])).toMatchObject({ ok: true });
  expect(await start(person)).toEqual({ ok: false, error: { code: 'not_found' } });
  // The form of a page without scripts answers the same.
  viewer = person;
  const form = new FormData();
  form.set('partnerId', partners.at(-1)?.userId ?? '');
  expect(await startFromForm(null, form)).toEqual(refused.error);
  const other = partners.at(-1);
  const answer = await startConversation({ userId: other?.userId ?? '', partnerId: person.userId });
  expect(answer).toMatchObject({ ok: true });
});
