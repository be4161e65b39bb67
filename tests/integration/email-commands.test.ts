import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { getPool } from '#db/client.ts';
import { queueAccountMail } from '#lib/email/account.ts';
import { sweepMail } from '#lib/email/delivery/sweep.ts';
import { setUpDatabase } from '../support/database.ts';
import { eventually, listMails, say } from '../support/mail.ts';
import { runMailWorkers } from '../support/mail-workers.ts';
import { addPair } from '../support/people.ts';
import { startResendStandIn } from '../support/resend-stand-in.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const folder = mkdtempSync(path.join(os.tmpdir(), 'dandul-command-'));
const resend = await startResendStandIn();
const { url } = await setUpDatabase({
  RESEND_API_KEY: 're_test_key',
  RESEND_BASE_URL: resend.url,
  EMAIL_WINDOW_SECONDS: '0',
});

runMailWorkers(() => {
  resend.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Runs what `npm run mail --` runs. */
function runMail(args: string[], env: Record<string, string> = {}) {
  return new Promise<{ code: number; output: string }>((resolve) => {
    const options = { cwd: root, env: { ...process.env, DATABASE_URL: url, DATA_DIR: folder, ...env } };
    execFile(process.execPath, ['scripts/mail.ts', ...args], options, (error, stdout, stderr) => {
      resolve({ code: Number(error?.code ?? 0), output: stdout + stderr });
    });
  });
}
const refused = {
  status: 422,
  body: { name: 'validation_error', message: 'bad address', statusCode: 422 },
};

test('failed lists what was given up; retry sends it again, the same under a new key', async () => {
  const { first, second, conversationId } = await addPair();
  resend.answer(second.email, refused);
  await say(first, conversationId, 'second try');
  await eventually(async () => expect((await listMails(second.userId))[0]?.state).toBe('failed'));
  const [mail] = await listMails(second.userId);
  const list = await runMail(['failed']);
  expect(list.code).toBe(0);
  expect(list.output).toContain(`messages for ${second.username} <${second.email}>`);
  expect(list.output).toContain('validation_error (422): bad address (1 try)');

  const unknown = await runMail(['retry', '01940000-0000-7000-8000-000000000009']);
  expect(unknown).toMatchObject({ code: 1, output: expect.stringContaining('not among the failed') });
  const retry = await runMail(['retry', mail.id]);
  expect(retry).toMatchObject({ code: 0, output: expect.stringContaining('1 will be sent again') });
  await sweepMail({ all: false });
  await eventually(async () => expect((await listMails(second.userId))[0]?.state).toBe('sent'));
  const [before, after, ...others] = resend.requestsTo(second.email);
  expect(others).toEqual([]);
  expect(after?.raw).toBe(before?.raw);
  expect(after?.headers['idempotency-key']).not.toBe(before?.headers['idempotency-key']);
  expect((await runMail(['failed'])).output).toContain('No mail was given up.');
});

test('a retry long after counts its day of tries anew, and goes only where it still may', async () => {
  const { first, second, conversationId } = await addPair();
  resend.answer(second.email, refused, { status: 503 });
  await say(first, conversationId, 'a week ago');
  await eventually(async () => expect((await listMails(second.userId))[0]?.state).toBe('failed'));
  await getPool().query(
    "update mails set created_at = created_at - interval '7 days' where recipient_id = $1",
    [second.userId],
  );
  await runMail(['retry']);
  await sweepMail({ all: false });
  await eventually(async () => expect((await listMails(second.userId))[0]?.attempts).toBe(2));
  expect((await listMails(second.userId))[0].state).toBe('pending');
  await getPool().query("update users set email_preference = 'never' where id = $1", [second.userId]);
  await eventually(async () => expect((await listMails(second.userId))[0]?.state).toBe('cancelled'), 20_000);
});

test('retry says of each mail that cannot be sent why not, and leaves it', async () => {
  const change = (statement: string, ...values: unknown[]) => getPool().query(statement, values);
  const setUser = (assignment: string) => (id: string) =>
    change(`update users set ${assignment} where id = $1`, id);
  const setMember = (assignment: string) => (id: string) =>
    change(`update members set ${assignment} where user_id = $1`, id);
  // One about messages would go to the new address, or wait for the confirmation.
  const beAboutDevice = (id: string) =>
    change("update mails set kind = 'device' where recipient_id = $1", id);
  const obstacles: [reason: string, hinder: (id: string) => Promise<unknown>][] = [
    [
      'is no longer the address of its account',
      (id) =>
        beAboutDevice(id).then(() => setUser("email = 'new-' || email, email_key = 'new-' || email_key")(id)),
    ],
    ['refused a mail for good', setUser("email_stop_reason = 'bounced'")],
    ['called a mail spam', setUser("email_stop_reason = 'complained'")],
    ['is not confirmed', (id) => beAboutDevice(id).then(() => setUser('email_verified_at = null')(id))],
    ['muted or blocked', setMember('muted = true')],
    ['muted or blocked', setMember('blocked = true')],
    [
      'has been read meanwhile',
      (id) => setUser("email_preference = 'unread'")(id).then(() => setMember('read_seq = 1')(id)),
    ],
    ['chosen other mails (never)', setUser("email_preference = 'never'")],
    [
      'its content is gone',
      // One about messages would be written anew.
      (id) =>
        beAboutDevice(id).then(() =>
          change('update mails set payload = payload || \'{"text":""}\' where recipient_id = $1', id),
        ),
    ],
  ];
  for (const [reason, hinder] of obstacles) {
    const { first, second, conversationId } = await addPair();
    resend.answer(second.email, refused);
    await say(first, conversationId, 'not again');
    await eventually(async () => expect((await listMails(second.userId))[0]?.state).toBe('failed'));
    await hinder(second.userId);
    const [{ id }] = await listMails(second.userId);
    const retry = await runMail(['retry', id]);
    expect(retry.output).toContain(reason);
    expect(retry).toMatchObject({ code: 1, output: expect.stringContaining('0 will be sent again') });
    expect((await listMails(second.userId))[0].state).toBe('failed');
    await change('delete from mails where id = $1', id);
  }
}, 180_000);

test('a mail whose link is a secret is not kept to be sent again', async () => {
  const { second } = await addPair();
  resend.answer(second.email, refused);
  await queueAccountMail({
    kind: 'reset',
    isProven: true,
    userId: second.userId,
    address: second.email,
    locale: 'en',
    username: second.username,
    url: 'http://localhost:3000/reset-password?token=secret-of-the-link',
  });
  await eventually(async () => expect((await listMails(second.userId))[0]?.state).toBe('failed'));
  expect(JSON.stringify(await listMails(second.userId))).not.toContain('secret-of-the-link');
  expect((await runMail(['failed'])).output).toContain('cannot be sent again');
  expect((await runMail(['retry'])).output).toContain('cannot be sent again');
});

test('preview writes every mail in both languages, and a wrong command says which there are', async () => {
  const { code } = await runMail(['preview', path.join(folder, 'mails')]);
  expect(code).toBe(0);
  const files = readdirSync(path.join(folder, 'mails'));
  for (const kind of [
    'messages',
    'summary',
    'verify',
    'reset',
    'change',
    'changed',
    'device',
    'refusal',
    'dropped',
  ]) {
    for (const locale of ['ko', 'en']) {
      expect(files).toEqual(expect.arrayContaining([`${kind}.${locale}.html`, `${kind}.${locale}.txt`]));
      expect(readFileSync(path.join(folder, 'mails', `${kind}.${locale}.html`), 'utf8')).toContain(
        `lang="${locale}"`,
      );
    }
  }
  for (const args of [[], ['destroy'], ['doctor'], ['doctor', 'nobody']]) {
    expect(await runMail(args)).toMatchObject({ code: 2, output: expect.stringContaining('doctor ADDRESS') });
  }
});

test('doctor, without a transport, says that nothing leaves, and keeps the test mail', async () => {
  const { code, output } = await runMail(['doctor', 'me@example.org'], { RESEND_API_KEY: '' });
  expect(code).toBe(0);
  expect(output).toContain('no mail leaves');
  expect(readdirSync(path.join(folder, 'mailbox'))).toHaveLength(1);
});
