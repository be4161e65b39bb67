import { expect, test } from 'vitest';
import { isSameAddress } from '#lib/email/reply/addresses.ts';
import { checkAuthor } from '#lib/email/reply/authenticity.ts';
import { isOwners } from '#lib/email/reply/incoming.ts';

const VICTIM = 'victim@victim.example';
/** The attacker's own domain is in order; the victim's asks for everything else to be rejected. */
const records: Record<string, string[][]> = {
  'attacker.example TXT': [['v=spf1 ip4:203.0.113.9 -all']],
  'victim.example TXT': [['v=spf1 ip4:192.0.2.1 -all']],
  '_dmarc.victim.example TXT': [['v=DMARC1; p=reject']],
  'nodmarc.example TXT': [['v=spf1 ip4:192.0.2.1 -all']],
};
const session = {
  ip: '203.0.113.9',
  helo: 'mail.attacker.example',
  sender: 'a@attacker.example',
  mta: 'chat.example.com',
};
const resolve = (broken = '') =>
  async function resolver(name: string, type: string) {
    if (broken && name === broken) throw Object.assign(new Error('SERVFAIL'), { code: 'ESERVFAIL' });
    const found = records[`${name.toLowerCase()} ${type}`];
    if (!found) throw Object.assign(new Error('nothing there'), { code: 'ENOTFOUND' });
    return found;
  };
const makeRaw = (from: string) =>
  Buffer.from(`${from}\r\nTo: reply@x.example\r\nMessage-ID: <1@a>\r\n\r\nforged\r\n`);
/** True when the mail would be taken for the victim's. */
async function isTaken(from: string, victim = VICTIM): Promise<boolean> {
  const author = await checkAuthor(makeRaw(from), session, '', resolve());
  return isOwners({ from: author.address, verdict: author.verdict }, victim, 'given');
}

test.each([
  `From: <${VICTIM}>`,
  `From: <${VICTIM}>\r\nFrom: x`,
  `From: x\r\nFrom: <${VICTIM}>`,
  `From: <${VICTIM}>\r\nFrom: a@attacker.example`,
  `From: <a@attacker.example>\r\n\ufeffFrom: <${VICTIM}>`,
  `From: <a@attacker.example>\r\n\u000bFrom: <${VICTIM}>`,
  `From: <a@attacker.example>\r\nFrom\u000c: <${VICTIM}>`,
  `\ufeffFrom: <${VICTIM}>`,
  `From: <${VICTIM}>, <a@attacker.example>`,
  `From: "${VICTIM}" <a@attacker.example>`,
  `From: <a@attacker.example> (${VICTIM})`,
  `From: g: ${VICTIM}, a@attacker.example;`,
  'From: <victim@vıctim.example>',
  'From: <ｖictim@ｖictim.example>',
  `From: <"${VICTIM}"@attacker.example>`,
  `From: <${VICTIM}@attacker.example>`,
])('SPF of the sender’s own domain does not make a mail the victim’s: %j', async (from) => {
  expect(await isTaken(from)).toBe(false);
});

test.each([
  ['victim@vıctim.example', VICTIM],
  ['ｖictim@ｖictim.example', VICTIM],
  ['x@stra\u00dfe.example', 'x@strasse.example'],
  ['min@\u212aorea.example', 'min@korea.example'],
  [undefined, VICTIM],
])('%s is not %s', (given, own) => {
  expect(isSameAddress(given, own)).toBe(false);
});

test('the case of letters does not matter', () => {
  expect(isSameAddress('Victim@Victim.EXAMPLE', VICTIM)).toBe(true);
});

test('a domain without DMARC is not spoken for by another one’s SPF, nor by its subdomain’s', async () => {
  const from = makeRaw('From: <victim@nodmarc.example>');
  expect(await checkAuthor(from, session, '', resolve())).toMatchObject({ verdict: 'open' });
  records['sub.nodmarc.example TXT'] = [['v=spf1 ip4:203.0.113.9 -all']];
  const raw = makeRaw('From: <victim@nodmarc.example>');
  const sub = { ...session, sender: 'a@sub.nodmarc.example' };
  expect(await checkAuthor(raw, sub, '', resolve())).toMatchObject({ verdict: 'open' });
});

test('its own SPF speaks for a domain without DMARC', async () => {
  const own = { ...session, ip: '192.0.2.1', sender: 'bounce@nodmarc.example' };
  expect(await checkAuthor(makeRaw('From: <Victim@NoDmarc.example>'), own, '', resolve())).toEqual({
    address: 'Victim@NoDmarc.example',
    verdict: 'proven',
  });
});

test('SPF of a domain without DMARC that refuses who hands its mail over makes it forged', async () => {
  const raw = makeRaw('From: <victim@nodmarc.example>');
  const own = { ...session, sender: 'victim@NoDmarc.example' };
  expect(await checkAuthor(raw, own, '', resolve())).toMatchObject({ verdict: 'forged' });
});

test('while DNS does not say what the victim’s domain wants, nothing is given, or nothing decided', async () => {
  const broken = resolve('_dmarc.victim.example');
  const raw = makeRaw(`From: <${VICTIM}>`);
  expect(await checkAuthor(raw, session, '', broken)).toEqual({ address: VICTIM, verdict: 'open' });
  await expect(checkAuthor(raw, session, '', broken, 'required')).rejects.toThrow('DNS');
});

test('while that domain wants proof, and what may be one is not answered, the mail is put off', async () => {
  const raw = makeRaw(`From: <${VICTIM}>`);
  const own = { ...session, sender: VICTIM };
  await expect(checkAuthor(raw, own, '', resolve('victim.example'))).rejects.toThrow('DNS');
  // What would prove another domain changes nothing.
  const other = await checkAuthor(raw, session, '', resolve('attacker.example'));
  expect(other).toEqual({ address: VICTIM, verdict: 'forged' });
});
