import { createTransport } from 'nodemailer';
import { expect, test } from 'vitest';
import { checkAuthenticity, judgeResults, readAuthenticationResults } from '#lib/email/reply/authenticity.ts';

test.each([
  [{ dmarc: 'pass', spf: 'fail' }, 'pass'],
  [{ dmarc: 'fail', spf: 'pass', dkim: 'pass' }, 'fail'],
  [{ dmarc: 'none', dkim: 'pass', spf: 'fail' }, 'pass'],
  [{ spf: 'pass' }, 'pass'],
  [{ spf: 'fail' }, 'fail'],
  [{ spf: 'fail', dkim: 'fail' }, 'fail'],
  [{ dkim: 'fail' }, 'unknown'],
  [{ spf: 'softfail', dkim: 'none' }, 'unknown'],
  [{}, 'unknown'],
])('%o is %s', (results, verdict) => {
  expect(judgeResults(results)).toBe(verdict);
});

test.each([
  ['mx.example.com; spf=pass smtp.mailfrom=a@b.c; dkim=pass header.d=b.c; dmarc=pass', 'pass'],
  ['mx.example.com;\r\n dkim=fail (bad; dmarc=pass) header.d=b.c;\r\n spf=fail smtp.mailfrom=a@b.c', 'fail'],
  ['mx.example.com; dkim=fail header.d=x.y; dkim=pass header.d=b.c', 'pass'],
  ['mx.example.com; none', 'unknown'],
  [undefined, 'unknown'],
])('the header %s says %s', (header, verdict) => {
  expect(readAuthenticationResults(header)).toBe(verdict);
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

async function makeRaw(): Promise<Buffer> {
  const composer = createTransport({ streamTransport: true, buffer: true, newline: 'windows' });
  const { message } = await composer.sendMail({
    from: 'junho@sender.example',
    to: 'x@y.example',
    text: 'hi',
  });
  return message as Buffer;
}

test.each([
  ['192.0.2.10', 'pass'],
  ['198.51.100.9', 'fail'],
])('a mail from %s for a domain with SPF and DMARC is a %s', async (ip, verdict) => {
  const session = {
    ip,
    helo: 'mail.sender.example',
    sender: 'junho@sender.example',
    mta: 'chat.example.com',
  };
  expect(await checkAuthenticity(await makeRaw(), session, resolver)).toMatchObject({
    authenticity: verdict,
  });
});

test('a mail for a domain that says nothing proves nothing', async () => {
  const session = { ip: '192.0.2.10', helo: 'h', sender: 'junho@silent.example', mta: 'chat.example.com' };
  const raw = Buffer.from((await makeRaw()).toString().replaceAll('sender.example', 'silent.example'));
  expect(await checkAuthenticity(raw, session, resolver)).toMatchObject({ authenticity: 'unknown' });
});
