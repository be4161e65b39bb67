import { expect, test } from 'vitest';
import type { Verdict } from '#lib/email/reply/authenticity.ts';
import { checkAuthor, type Origin } from '#lib/email/reply/authenticity.ts';
import { parseEnv } from '#lib/runtime/env.ts';
import { composeSigned, resolveTestDns, type TestMail } from '../../support/signed-mail.ts';

const JUNHO = 'junho@example.com';
const REPLY = 'reply+abc@reply.example.com';
const BEHIND: Origin = { trustedServer: undefined };
const TRUSTING: Origin = { trustedServer: 'mx.example.net' };

async function judge(mail: TestMail, origin: Origin = BEHIND): Promise<Verdict> {
  const raw = await composeSigned({ from: JUNHO, to: REPLY, text: 'hi', ...mail });
  return (await checkAuthor(raw, origin, REPLY, resolveTestDns)).verdict;
}
const isProven = async (mail: TestMail, origin?: Origin) => (await judge(mail, origin)) === 'proven';
/** What a server in front writes at the top. */
const heading = (...values: string[]) => ({
  signedBy: 'none',
  tamper: (mail: string) => values.map((value) => `Authentication-Results: ${value}\r\n`).join('') + mail,
});

/** A stand-in for the DNS of a sender that lets one address send and wants DMARC. */
const records: Record<string, string[][]> = {
  'sender.example TXT': [['v=spf1 ip4:192.0.2.10 -all']],
  '_dmarc.sender.example TXT': [['v=DMARC1; p=reject']],
};
const resolver = async (name: string, type: string) => {
  const found = records[`${name} ${type}`];
  if (!found) throw Object.assign(new Error('nothing there'), { code: 'ENOTFOUND' });
  return found;
};

test.each<[string, Verdict]>([
  ['192.0.2.10', 'proven'],
  ['198.51.100.9', 'forged'],
])('a mail from %s for a domain with SPF and DMARC is %s', async (ip, verdict) => {
  const from = 'junho@sender.example';
  const session = { ip, helo: 'mail.sender.example', sender: from, mta: 'chat.example.com' };
  const raw = await composeSigned({ from, to: REPLY, text: 'hi', signedBy: 'none' });
  expect(await checkAuthor(raw, session, REPLY, resolver)).toEqual({ address: from, verdict });
});

test('the signature of the author’s domain proves a mail, wherever it comes from', async () => {
  expect(await isProven({})).toBe(true);
  // Its DMARC asks for such a proof.
  expect(await judge({ tamper: (mail) => mail.replace('hi', 'ho') })).toBe('forged');
  expect(await judge({ signedBy: 'elsewhere.example' })).toBe('forged');
  expect(await judge({ signedBy: 'none' })).toBe('forged');
});

test.each<[string, TestMail]>([
  ['to somebody else', { to: 'friend@example.com' }],
  [
    'to somebody else, with the address added on top',
    { to: 'friend@example.com', tamper: (mail) => `Cc: ${REPLY}\r\n${mail}` },
  ],
  [
    'to somebody else, with a second To',
    { to: 'friend@example.com', tamper: (mail) => `To: ${REPLY}\r\n${mail}` },
  ],
  [
    'to anybody, as its To is not signed',
    {
      to: 'friend@example.com',
      headerList: 'from:subject',
      tamper: (mail) => mail.replace('friend@example.com', REPLY),
    },
  ],
  ['with more text than was signed', { maxBodyLength: 2, tamper: (mail) => `${mail}and more` }],
])('the signature of a mail %s proves nothing here', async (_, mail) => {
  expect(await isProven(mail)).toBe(false);
});

test('a signature counts for each address that it names, in To or Cc', async () => {
  expect(await isProven({ to: 'friend@example.com', cc: `Dandul <${REPLY.toUpperCase()}>` })).toBe(true);
  expect(await isProven({ to: ['friend@example.com', REPLY] })).toBe(true);
  expect(await isProven({ maxBodyLength: 1_000 })).toBe(true);
});

test('SPF that the trusted server in front found counts as our own would', async () => {
  const passed = 'mx.example.net 1; spf=pass (ours (really)) smtp.mailfrom=junho@example.com';
  expect(await isProven(heading(passed), TRUSTING)).toBe(true);
  expect(await isProven(heading('MX.example.net; spf=pass smtp.mailfrom=example.com'), TRUSTING)).toBe(true);
  // Only where an operator named it.
  expect(await isProven(heading(passed), BEHIND)).toBe(false);
  expect(await isProven(heading(passed), { trustedServer: 'other.example.net' })).toBe(false);
});

test.each([
  ['another server', ['mx.attacker.example; spf=pass smtp.mailfrom=example.com; dmarc=pass']],
  [
    'the same name further down',
    ['mx.example.net; spf=none', 'mx.example.net; spf=pass smtp.mailfrom=example.com'],
  ],
  ['a pass of another domain', ['mx.example.net; spf=pass smtp.mailfrom=a@attacker.example; dmarc=pass']],
  [
    'words that the sender chose',
    ['mx.example.net; spf=fail smtp.mailfrom="a; spf=pass smtp.mailfrom=x@example.com"@a.example'],
  ],
  [
    'a comment',
    ['mx.example.net; spf=fail (a (b) spf=pass smtp.mailfrom=x@example.com) smtp.mailfrom=a@a.example'],
  ],
  ['a word after another', ['mx.example.net.attacker.example; spf=pass smtp.mailfrom=example.com']],
])('Authentication-Results prove nothing by %s', async (_, values) => {
  expect(await isProven(heading(...values), TRUSTING)).toBe(false);
});

test('a trusted server is one name', () => {
  const read = (REPLY_TRUSTED_AUTHSERV: string) =>
    parseEnv({ REPLY_TRUSTED_AUTHSERV }).REPLY_TRUSTED_AUTHSERV;
  expect(read('mx.example.com')).toBe('mx.example.com');
  expect(read('')).toBeUndefined();
  expect(() => read('mx.example.com; spf=pass')).toThrow(/REPLY_TRUSTED_AUTHSERV: must be one name/);
});
