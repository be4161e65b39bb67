import { expect, test } from 'vitest';
import { getPool } from '#db/client.ts';
import { readUnsubscribeState } from '#lib/email/preferences/unsubscribe.ts';
import { makeUnsubscribeToken } from '#lib/email/preferences/unsubscribe-token.ts';
import { GET, POST } from '../../app/api/unsubscribe/route.ts';
import { setUpDatabase } from '../support/database.ts';
import { addPerson } from '../support/people.ts';

await setUpDatabase();

const address = (token: string) => `http://localhost:3000/api/unsubscribe?token=${encodeURIComponent(token)}`;
const press = (token: string, fields: Record<string, string> = {}) =>
  POST(new Request(address(token), { method: 'POST', body: new URLSearchParams(fields) }));
const oneClick = { 'List-Unsubscribe': 'One-Click' };

async function readPreference(userId: string): Promise<string> {
  const { rows } = await getPool().query('select email_preference from users where id = $1', [userId]);
  return rows[0].email_preference;
}

test('one click from a mail client, logged out, turns the mails of that person off', async () => {
  const [person, other] = [await addPerson('one_click'), await addPerson('bystander')];
  const response = await press(makeUnsubscribeToken(person.userId), oneClick);
  expect(response.status).toBe(200);
  expect(await readPreference(person.userId)).toBe('never');
  expect(await readPreference(other.userId)).toBe('every');
});

test.each(['unread', 'daily'])('one click also ends mails of the kind "%s"', async (preference) => {
  const { userId } = await addPerson('chooser');
  await getPool().query('update users set email_preference = $2 where id = $1', [userId, preference]);
  expect(await readUnsubscribeState(makeUnsubscribeToken(userId))).toBe('on');
  expect((await press(makeUnsubscribeToken(userId), oneClick)).status).toBe(200);
  expect(await readPreference(userId)).toBe('never');
});

test('opening the link changes nothing; the page’s button does and leads back to the page', async () => {
  const { userId } = await addPerson('careful');
  const token = makeUnsubscribeToken(userId);
  expect(GET(new Request(address(token))).headers.get('location')).toBe(`/unsubscribe?token=${token}`);
  expect(await readUnsubscribeState(token)).toBe('on');
  expect(await readPreference(userId)).toBe('every');
  const response = await press(token);
  expect([response.status, response.headers.get('location')]).toEqual([303, `/unsubscribe?token=${token}`]);
  expect(await readUnsubscribeState(token)).toBe('off');
});

test('a forged token or one for nobody changes nothing', async () => {
  const [person, other] = [await addPerson('victim'), await addPerson('forger')];
  const signature = makeUnsubscribeToken(other.userId).split('.')[1];
  const forged = `${person.userId}.${signature}`;
  const nobody = makeUnsubscribeToken('01940000-0000-7000-8000-000000000003');
  for (const token of [forged, nobody, '', 'x']) {
    expect((await press(token, oneClick)).status).toBe(400);
    expect(await readUnsubscribeState(token)).toBe('invalid');
  }
  expect(await readPreference(person.userId)).toBe('every');
});
