import { readdirSync, readFileSync } from 'node:fs';
import { beforeAll, expect, test } from 'vitest';
import { isAutomatic } from '#lib/email/reply/is-automatic.ts';
import { readRawMail } from '#lib/email/reply/read-raw-mail.ts';
import { envSingleton, parseEnv } from '#lib/runtime/env.ts';
import { describeTestMail } from '../../support/sent-mail.ts';

/** Replies as mail programs write them, made by hand, each beside what should land in the conversation. */
const FOLDER = new URL('../../replies/', import.meta.url);
const OWNER = 'junho@example.com';
const REPLY = `reply+${'a'.repeat(56)}@reply.example.com`;
const SENT = ['토요일에 볼까요?', '두 시 어때요?', 'Saturday?', 'At two?'];
/** How the conversation names files that did not come with the text. */
const FILES = /\n메일에 첨부했지만 전하지 못한 파일: (.+)$/;

beforeAll(() =>
  envSingleton.set(parseEnv({ AUTH_SECRET: 'x'.repeat(40), EMAIL_FROM: '단둘 <chat@example.com>' })),
);

const readCase = (name: string) => readFileSync(new URL(name, FOLDER), 'latin1');

async function read(name: string) {
  const raw = readCase(`${name}.eml`)
    .replaceAll('@@FROM@@', OWNER)
    .replaceAll('@@REPLY@@', REPLY)
    .replaceAll('@@MSGID@@', '<case@example.com>');
  const noNames = async () => {
    throw Object.assign(new Error('no such name'), { code: 'ENOTFOUND' });
  };
  const job = {
    raw: Buffer.from(raw, 'latin1'),
    owner: OWNER,
    envelopeFrom: OWNER,
    addressee: REPLY,
    sent: describeTestMail(SENT),
    origin: { ip: '127.0.0.1', helo: 'localhost', sender: OWNER, mta: 'localhost' },
    proof: 'given' as const,
  };
  return readRawMail(job, noNames);
}

/** As people see it: blanks at the end of lines and how many empty lines there are do not show. */
const fold = (text: string) =>
  text
    .normalize('NFC')
    .replace(/[ \t]+$/gm, '')
    .replace(/\n{2,}/g, '\n')
    .trim();

const names = readdirSync(FOLDER)
  .filter((file) => file.endsWith('.eml'))
  .map((file) => file.slice(0, -'.eml'.length));
const automatic = names.filter((name) => name.startsWith('auto-'));

test.each(names.filter((name) => !automatic.includes(name)))('%s', async (name) => {
  const expected = fold(Buffer.from(readCase(`${name}.expected.txt`), 'latin1').toString());
  const mail = await read(name);
  expect(isAutomatic(mail)).toBe(false);
  expect(mail.trouble).toBeUndefined();
  expect(fold(mail.text)).toBe(expected.replace(FILES, ''));
  expect(mail.attachments.join(', ')).toBe(FILES.exec(expected)?.[1] ?? '');
});

test.each(automatic)('%s is known for what it is', async (name) => {
  expect(isAutomatic(await read(name))).toBe(true);
});
