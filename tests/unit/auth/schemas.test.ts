import { parse } from 'valibot';
import { expect, onTestFinished, test, vi } from 'vitest';
import { parseForm } from '#lib/auth/forms/form-schema.ts';
import { isLikeName, signupSchema, usernameSchema } from '#lib/auth/forms/schemas.ts';

const good = {
  username: 'minji',
  email: 'minji@example.com',
  password: 'rainy harbour 19',
  confirmPassword: 'rainy harbour 19',
};
const errorsOf = (change: Partial<Record<keyof typeof good, string>>) => {
  const parsed = parseForm(signupSchema, { ...good, ...change });
  return parsed.ok ? {} : parsed.errors;
};

test.each(['민지', 'ab', ' a ', 'x'.repeat(31)])('the username %j has a wrong length', (username) => {
  expect(errorsOf({ username })).toEqual({ username: 'usernameLength' });
});

test.each(['김민지', 'min.ji-_9', 'Łukasz', 'สมชาย', 'नमस्ते', '𠀀𠀁𠀂', 'x'.repeat(30)])(
  'the username %j is allowed',
  (username) => {
    expect(errorsOf({ username })).toEqual({});
  },
);

test.each([
  ['a space', 'min ji'],
  ['an at sign', 'min@ji'],
  ['a bidi control', 'min\u202eji'],
  ['a zero-width joiner', 'min\u200dji'],
  ['a Hangul filler', 'min\u3164ji'],
  ['a variation selector', 'minji\ufe0f'],
  ['a leading combining mark', '\u0301abc'],
  ['stacked marks', 'abb\u0301\u0302\u0303\u0304\u0305'],
  ['punctuation only', '...'],
  ['markup', '<b>minji'],
])('a username with %s is refused', (_what, username) => {
  expect(errorsOf({ username })).toEqual({ username: 'usernameCharacters' });
});

test('a username is kept as typed but composed and trimmed', () => {
  expect(parse(usernameSchema, ' 민지KIM '.normalize('NFD'))).toBe('민지KIM');
});

test('an e-mail address typed with a wide keyboard is narrowed', () => {
  const parsed = parseForm(signupSchema, { ...good, email: ' ｍinji＠example.com' });
  expect(parsed).toMatchObject({ ok: true, data: { email: 'minji@example.com' } });
});

test.each([
  ['minji@예시.한국', 'minji@xn--vv4b11d.xn--3e0b707e'],
  ['minji@xn--vv4b11d.xn--3e0b707e', 'minji@xn--vv4b11d.xn--3e0b707e'],
  ['a@bücher.example', 'a@xn--bcher-kva.example'],
  ['a@例え.テスト', 'a@xn--r8jz45g.xn--zckzah'],
  [`${'x'.repeat(64)}@example.com`, `${'x'.repeat(64)}@example.com`],
  [`a@${'x'.repeat(63)}.com`, `a@${'x'.repeat(63)}.com`],
])('the e-mail address %j is taken as %j', (email, expected) => {
  expect(parseForm(signupSchema, { ...good, email })).toMatchObject({ ok: true, data: { email: expected } });
});

test.each(['민지@example.com', 'müller@example.com', '민지@예시.한국'])(
  'the e-mail address %j is refused for the part that not every server carries',
  (email) => {
    expect(errorsOf({ email })).toEqual({ email: 'emailName' });
  },
);

test.each([
  `${'x'.repeat(65)}@example.com`,
  `a@${'x'.repeat(64)}.com`,
  `a@${'가'.repeat(60)}.한국`,
  'a@127.0.0.1',
  'a@１２７.0.0.1',
  'a@-example.com',
  'a@example-.com',
  'a@예시.한국/x',
  'a@예시.한국:80',
  'a@예시',
  'a@한국..kr',
])('the e-mail address %j is refused: no server is called so', (email) => {
  expect(errorsOf({ email })).toEqual({ email: 'emailInvalid' });
});

test.each(['minji', 'minji@', '@example.com', 'a b@example.com', `${'x'.repeat(250)}@example.com`])(
  'the e-mail address %j is refused',
  (email) => {
    expect(errorsOf({ email })).toEqual({ email: 'emailInvalid' });
  },
);

test.each([
  ['1234567', 'passwordShort'],
  ['한글비밀번', 'passwordShort'],
  ['9'.repeat(20), 'passwordDigits'],
  ['１２３４５６７８９', 'passwordDigits'],
  ['x'.repeat(257), 'passwordLong'],
  ['my-MINJI-home', 'passwordLikeName'],
  ['minji@example.com', 'passwordLikeName'],
])('the password %j is refused as %s', (password, code) => {
  expect(errorsOf({ password, confirmPassword: password })).toEqual({ password: code });
});

test('characters, not bytes or surrogates, are counted', () => {
  const password = '🐈🐕🐎🐖🐐🐑🐇🐁';
  expect(errorsOf({ password, confirmPassword: password })).toEqual({});
});

test('what is too long is refused before it is composed, which may take a time that grows with its square', () => {
  const endless = `a${'\u0301\u0323'.repeat(15_000)}`;
  const normalize = vi.spyOn(String.prototype, 'normalize');
  onTestFinished(() => normalize.mockRestore());
  expect(errorsOf({ username: endless })).toEqual({ username: 'usernameLength' });
  expect(errorsOf({ email: `${endless}@example.com` })).toEqual({ email: 'emailInvalid' });
  expect(errorsOf({ password: endless, confirmPassword: endless })).toEqual({ password: 'passwordLong' });
  const composed = normalize.mock.contexts.map((text) => String(text).length);
  expect(Math.max(...composed)).toBeLessThanOrEqual(1024);
});

test('every bad field is told at once, also that the passwords differ', () => {
  expect(errorsOf({ username: '', email: 'x', password: 'short', confirmPassword: 'other' })).toEqual({
    username: 'usernameMissing',
    email: 'emailInvalid',
    password: 'passwordShort',
    confirmPassword: 'passwordMismatch',
  });
});

test.each([{}, null, 'text', { username: ['a'], email: {}, password: 12345678 }, Object.create(good)])(
  'what is no form or lacks its fields is refused: %j',
  (input) => {
    expect(parseForm(signupSchema, input)).toEqual({
      ok: false,
      errors: {
        username: 'fieldMissing',
        email: 'fieldMissing',
        password: 'fieldMissing',
        confirmPassword: 'fieldMissing',
      },
    });
  },
);

test('what a form does not ask for is left out, and errors come in the form’s order', () => {
  const parsed = parseForm(signupSchema, { ...good, isAdmin: 'yes' });
  expect(parsed).toEqual({ ok: true, data: good });
  const refused = errorsOf({ password: 'minji-minji', confirmPassword: 'other', email: '' });
  expect(Object.keys(refused)).toEqual(['email', 'password', 'confirmPassword']);
});

test.each([
  ['kim', 'kimkim12', true],
  ['kim', 'a kimono in the rain', false],
  ['junho.park', 'junho.pa', true],
  ['junho', 'ＪＵＮＨＯ-garden', true],
])('whether a password is like the name %s: %s', (username, password, expected) => {
  expect(isLikeName(password, username, 'someone.else@example.com')).toBe(expected);
});
