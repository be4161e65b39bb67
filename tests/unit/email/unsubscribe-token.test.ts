import { beforeAll, expect, test } from 'vitest';
import { makeUnsubscribeToken, readUnsubscribeToken } from '#lib/email/preferences/unsubscribe-token.ts';
import { envSingleton, parseEnv } from '#lib/runtime/env.ts';

const ID = '01940000-0000-7000-8000-000000000003';
const OTHER = '01940000-0000-7000-8000-000000000004';
const useSecret = (secret: string) => envSingleton.set(parseEnv({ AUTH_SECRET: secret }));

beforeAll(() => useSecret('x'.repeat(40)));

test('a token speaks for the person it was made for', () => {
  expect(readUnsubscribeToken(makeUnsubscribeToken(ID))).toBe(ID);
});

test('no changed, cut, foreign or missing token speaks for anybody', () => {
  const token = makeUnsubscribeToken(ID);
  const signature = token.slice(ID.length + 1);
  const flipped = `${token.slice(0, -2)}${token.at(-2) === 'A' ? 'B' : 'A'}${token.at(-1)}`;
  const bad = [`${OTHER}.${signature}`, flipped, token.slice(0, -1), `${token}A`, ID, '', undefined, [token]];
  for (const value of bad) expect(readUnsubscribeToken(value)).toBeUndefined();
});

test('a token of another secret is refused', () => {
  const token = makeUnsubscribeToken(ID);
  useSecret('y'.repeat(40));
  expect(readUnsubscribeToken(token)).toBeUndefined();
});
