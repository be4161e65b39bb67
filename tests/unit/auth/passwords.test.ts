import { expect, test } from 'vitest';
import { isCommonPassword } from '#lib/auth/passwords/common-passwords.ts';
import { hashPassword, verifyPassword } from '#lib/auth/passwords/passwords.ts';

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
  ['leaked', ['password1', 'QWER1234', '1qaz@WSX', 'a12345678', 'iloveyou2']],
  ['two or three characters repeated', ['abababab', 'aaaaaaaa1', 'abcabcabc1!', 'qwertyqwerty']],
  ['lookalikes of letters', ['P@ssw0rd1', 'P455w0rd!', 'Pa$$w0rd1', 'passw0rd!!!', 'd@ndul2026']],
  ['decorated at either end', ['!!!qwerty!!!', '2024password', 'letmein!!', 'Summer2024!', 'korea2024!']],
  [
    'walks over the keyboard',
    ['qwer1234!', 'zxcv1234!', 'asdfghjkl;', '1q2w3e4r!', 'qwer!@#$', 'ㅂㅈㄷㄱ1234!'],
  ],
  ['sequences and dates', ['abcd1234!', 'abc123!@#', '19900101a', '01012345678a', '20261129a!']],
  ['Korean', ['무궁화꽃이피었습니다', '사랑해1234', '사랑해요!!', '비밀번호123!', '대한민국2026']],
  [
    'Korean typed as Latin',
    ['qlalfqjsgh', 'qlalfqjsgh1!', 'tkfkdgo1!', 'TKFKDGO!!11', 'dkssud1234!', 'wlgns1234!'],
  ],
  ['Latin typed as Korean', ['ㅔㅁㄴㄴ잭ㅇ1']],
  [
    'the product’s own name',
    ['dandul123!', 'Dandul2026!', 'dandul_dandul', '단둘단둘1!', 'eksenf12!', 'ｄａｎｄｕｌ１２'],
  ],
])('common: %s', async (_kind, passwords) => {
  for (const password of passwords) expect(await isCommonPassword(password), password).toBe(true);
});

test.each([
  ['rainy harbour 19', '비오는항구열아홉', 'correct-horse-9', 'quiet-paper-71', 'tr0mbone&river'],
  ['correct horse battery staple', '마당에 감나무 세 그루', '내가좋아하는된장찌개', 'dlrjsdkanehahffk'],
  // A commonplace within a sentence of one's own is no fault, and no kind of character is demanded.
  [
    '사랑해요 우리 집 고양이 나비',
    'the summer we met in busan',
    'blue tree garden',
    'xK9$mQ2v',
    '🐈🐕🐎🐖🐐🐑🐇🐁',
  ],
])('not common: %s', async (...passwords) => {
  for (const password of passwords) expect(await isCommonPassword(password), password).toBe(false);
});

test('what is known of a person is no password of theirs, however decorated', async () => {
  expect(await isCommonPassword('sunfl0wer-garden-of-mine', ['minji', 'sunflower'])).toBe(false);
  expect(await isCommonPassword('sunfl0wer77!', ['minji', 'sunflower'])).toBe(true);
});
