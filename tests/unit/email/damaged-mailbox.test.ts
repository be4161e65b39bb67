import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { listMailbox, readMailboxMail } from '#lib/email/mailbox/read-mailbox.ts';
import { createMailboxTransport, getMailboxDir } from '#lib/email/transports/mailbox.ts';

const dataDir = mkdtempSync(path.join(os.tmpdir(), 'dandul-mailbox-'));
process.env.DATA_DIR = dataDir;
afterAll(() => rmSync(dataDir, { recursive: true, force: true }));

const createdAt = new Date('2026-03-01T09:30:15.250Z');
const name = '20260301T093015250Z-0195f1de-0000-7000-8000-000000000000.eml';
const fileOf = () => path.join(getMailboxDir(), name);
let whole: Buffer;

beforeAll(async () => {
  await createMailboxTransport().send({
    id: '0195f1de-0000-7000-8000-000000000000',
    createdAt,
    address: 'junho@example.com',
    kind: 'messages',
    payload: { subject: '민지님의 메시지', text: '안녕하세요', html: '<p>안녕하세요</p>', headers: {} },
    idempotencyKey: 'key',
  } as never);
  whole = readFileSync(fileOf());
});
beforeEach(() => {
  rmSync(fileOf(), { recursive: true, force: true });
});

test('a whole mail is shown as whole, under the name of its time', async () => {
  writeFileSync(fileOf(), whole);
  expect(readdirSync(getMailboxDir())).toEqual([name]);
  const [entry] = await listMailbox();
  expect(entry).toMatchObject({ subject: '민지님의 메시지', to: 'junho@example.com', isDamaged: false });
});

describe.each([
  ['empty', () => ''],
  ['zero-filled', () => '\0'.repeat(whole.length)],
  ['cut off in its headers', () => whole.subarray(0, 40)],
  ['cut off in its text', () => whole.subarray(0, whole.length - 30)],
  ['zero-filled from its middle', () => Buffer.concat([whole.subarray(0, 300), Buffer.alloc(500)])],
  ['without a readable date', () => 'From: a@example.com\r\nDate: never\r\n\r\n'],
  ['binary garbage', () => Buffer.from(Array.from({ length: 999 }, (_, index) => (index * 37) % 256))],
])('a mail that is %s', (_, make) => {
  test('is listed as damaged, with the time that its name tells, and opens', async () => {
    writeFileSync(fileOf(), make());
    const [entry] = await listMailbox();
    expect(entry).toMatchObject({ name, isDamaged: true });
    expect(Number.isNaN(entry?.date.getTime())).toBe(false);
    const mail = await readMailboxMail(name);
    expect(mail).toMatchObject({ name, isDamaged: true });
    expect(typeof mail?.text).toBe('string');
  });
});

test('a folder in the place of a mail is no mail', async () => {
  mkdirSync(fileOf());
  expect(await listMailbox()).toEqual([]);
  expect(await readMailboxMail(name)).toBeUndefined();
});

test('what a broken write left aside is no mail', async () => {
  writeFileSync(`${fileOf()}.tmp`, 'From: half');
  expect(await listMailbox()).toEqual([]);
  rmSync(`${fileOf()}.tmp`);
});

test('a mailbox that is a file is an empty one', async () => {
  rmSync(getMailboxDir(), { recursive: true });
  writeFileSync(getMailboxDir(), '');
  expect(await listMailbox()).toEqual([]);
  expect(await readMailboxMail(name)).toBeUndefined();
});
