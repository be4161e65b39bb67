import { encode as encrypt } from 'next-auth/jwt';
import { expect, test } from 'vitest';
import { decode, encode } from '#lib/auth/sessions/session-token.ts';

const secret = 'a secret of more than thirty-two characters';
const salt = 'authjs.session-token';
const token = { sub: 'user', name: '민지', sid: 'session' };

test('a cookie that was signed is read, until it expires', async () => {
  const signed = await encode({ token, secret, salt, maxAge: 60 });
  expect(await decode({ token: signed, secret, salt })).toMatchObject(token);
  const old = await encode({ token, secret, salt, maxAge: -60 });
  await expect(decode({ token: old, secret, salt })).rejects.toThrow(/exp/);
  expect(await decode({ secret, salt })).toBeNull();
});

test('one that is changed, of another secret or for another cookie is refused', async () => {
  const signed = await encode({ token, secret, salt });
  const [header, , signature] = signed.split('.');
  const payload = Buffer.from(JSON.stringify({ ...token, sid: 'another', exp: 9_999_999_999 }));
  const forged = `${header}.${payload.toString('base64url')}.${signature}`;
  await expect(decode({ token: forged, secret, salt })).rejects.toThrow(/signature/);
  await expect(decode({ token: signed, secret: `${secret}!`, salt })).rejects.toThrow(/signature/);
  await expect(decode({ token: signed, secret, salt: `__Secure-${salt}` })).rejects.toThrow(/signature/);
  const unsigned = `${Buffer.from('{"alg":"none"}').toString('base64url')}.${payload.toString('base64url')}.`;
  await expect(decode({ token: unsigned, secret, salt })).rejects.toThrow(/alg/);
  await expect(decode({ token: 'rubbish', secret, salt })).rejects.toThrow();
});

test('one that an earlier version encrypted is read as well, by its secret only', async () => {
  const encrypted = await encrypt({ token, secret, salt });
  expect(await decode({ token: encrypted, secret, salt })).toMatchObject(token);
  await expect(decode({ token: encrypted, secret: `${secret}!`, salt })).rejects.toThrow();
});
