import { expect, test } from 'vitest';
import { isCommonPassword } from '#lib/auth/common-passwords.ts';
import { hashPassword, verifyPassword } from '#lib/auth/passwords.ts';

test('a password opens its own hash and no other does', async () => {
  const stored = await hashPassword('rainy harbour 19');
  expect(stored).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  expect(await verifyPassword(stored, 'rainy harbour 19')).toBe(true);
  expect(await verifyPassword(stored, 'rainy harbour 20')).toBe(false);
});

test('a password opens its hash whichever way the keyboard composed it', async () => {
  const stored = await hashPassword('비오는항구열아홉'.normalize('NFD'));
  expect(await verifyPassword(stored, '비오는항구열아홉'.normalize('NFC'))).toBe(true);
});

test('nothing opens an account that does not exist', async () => {
  expect(await verifyPassword(null, 'rainy harbour 19')).toBe(false);
});

test('many hashes at once all finish', async () => {
  const stored = await hashPassword('rainy harbour 19');
  const checks = await Promise.all(
    Array.from({ length: 12 }, (_, i) => verifyPassword(stored, i % 2 ? 'rainy harbour 19' : `wrong ${i}`)),
  );
  expect(checks.filter(Boolean)).toHaveLength(6);
});

test.each([
  'password1',
  'QWER1234',
  'qlalfqjsgh',
  'qlalfqjsgh1!',
  '무궁화꽃이피었습니다',
  'abababab',
  'aaaaaaaa1',
])('the password %s is common', async (password) => {
  expect(await isCommonPassword(password)).toBe(true);
});

test.each(['rainy harbour 19', '비오는항구열아홉', 'correct-horse-9'])(
  'the password %s is not common',
  async (password) => {
    expect(await isCommonPassword(password)).toBe(false);
  },
);
