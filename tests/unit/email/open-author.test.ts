import { expect, test } from 'vitest';
import type { Verdict } from '#lib/email/reply/authenticity.ts';
import { checkAuthor, type Origin } from '#lib/email/reply/authenticity.ts';
import { parseEnv } from '#lib/runtime/env.ts';

const OWNER = 'owner@silent.example';
const BEHIND: Origin = { trustedServer: undefined };
const session = { ip: '192.0.2.10', helo: 'h', sender: OWNER, mta: 'chat.example.com' };
const failWith = (code: string) => () => Promise.reject(Object.assign(new Error(code), { code }));
const write = (...lines: string[]) =>
  Buffer.from([...lines, `From: ${OWNER}`, 'To: reply@x.example', '', 'hi', ''].join('\r\n'));

test.each(['ENOTFOUND', 'ENODATA', 'ESERVFAIL', 'ECONNREFUSED', 'ETIMEOUT'])(
  'a plain mail of which DNS says nothing (%s) is open, straight or by a server in front',
  async (code) => {
    for (const origin of [session, BEHIND]) {
      const author = await checkAuthor(write(), origin, '', failWith(code));
      expect(author).toEqual({ address: OWNER, verdict: 'open' });
    }
  },
);

test.each(['ESERVFAIL', 'ECONNREFUSED', 'ETIMEOUT'])(
  'where proof is required, such a mail is put off on %s',
  async (code) => {
    await expect(checkAuthor(write(), BEHIND, '', failWith(code), 'required')).rejects.toThrow('DNS');
  },
);

test.each<[string, Verdict]>([
  ['mx.any.example; dmarc=fail (p=NONE) header.from=silent.example', 'forged'],
  ['mx.any.example; spf=pass smtp.mailfrom=a@other.example; dmarc=fail', 'forged'],
  ['mx.any.example; spf=fail smtp.mailfrom=a@silent.example', 'forged'],
  ['mx.any.example; spf=hardfail smtp.mailfrom=a@silent.example; dkim=none', 'forged'],
  ['mx.any.example; dkim=fail (body hash); spf=none', 'forged'],
  ['mx.any.example; dkim=none; dkim=FAIL header.d=silent.example', 'forged'],
  // A mail that was passed on fails one of the two.
  ['mx.any.example; spf=fail smtp.mailfrom=a@silent.example; dkim=pass header.d=silent.example', 'open'],
  ['mx.any.example; dkim=fail; dkim=pass header.d=silent.example', 'open'],
  ['mx.any.example; spf=softfail smtp.mailfrom=a@silent.example; dkim=none; dmarc=none', 'open'],
  ['mx.any.example; spf=none (dmarc=fail); dkim=temperror', 'open'],
  // A pass that anybody may have written.
  ['mx.any.example; spf=pass smtp.mailfrom=a@silent.example; dmarc=pass', 'open'],
  ['mx.any.example; none', 'open'],
])('Authentication-Results of any server: %s makes a mail %s', async (value, verdict) => {
  const raw = write(`Authentication-Results: ${value}`);
  for (const origin of [BEHIND, { ...BEHIND, isRetold: true }]) {
    expect((await checkAuthor(raw, origin, '', failWith('ENOTFOUND'))).verdict).toBe(verdict);
  }
});

test('one claim of failure among others is heard', async () => {
  const pass = 'Authentication-Results: a.example; spf=pass smtp.mailfrom=a@silent.example; dmarc=pass';
  const fail = 'Authentication-Results: b.example; dmarc=fail';
  for (const raw of [write(pass, fail), write(fail, pass)]) {
    expect((await checkAuthor(raw, BEHIND, '', failWith('ENOTFOUND'))).verdict).toBe('forged');
  }
});

test('what a reply must give is one of two words', () => {
  const read = (REPLY_PROOF?: string) => parseEnv({ REPLY_PROOF }).REPLY_PROOF;
  expect(read()).toBe('given');
  expect(read('')).toBe('given');
  expect(read('required')).toBe('required');
  expect(() => read('always')).toThrow('REPLY_PROOF: must be given or required');
});
