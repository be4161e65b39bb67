import { beforeEach, expect, test } from 'vitest';
import { makeUnsubscribeToken, readUnsubscribeToken } from '#lib/email/preferences/unsubscribe-token.ts';
import { makeReplyAddress, readReplyAddress } from '#lib/email/reply/address.ts';
import { envSingleton, parseEnv } from '#lib/runtime/env.ts';

const target = {
  conversationId: '01940000-0000-7000-8000-000000000002',
  isLow: true,
  quotedSeq: 2_147_483_647,
};
const use = (values: Record<string, string> = {}) =>
  envSingleton.set(parseEnv({ AUTH_SECRET: 'x'.repeat(40), REPLY_DOMAIN: 'Reply.Example.com', ...values }));
const make = (changes: Partial<typeof target> = {}) => makeReplyAddress({ ...target, ...changes }) as string;

beforeEach(() => use());

test('an address says again what it was made of, whatever a program did to its case', () => {
  for (const made of [target, { ...target, isLow: false, quotedSeq: 1 }]) {
    const address = make(made);
    expect(readReplyAddress(address)).toEqual(made);
    expect(readReplyAddress(address.toUpperCase())).toEqual(made);
    expect(readReplyAddress(` ${address} `)).toEqual(made);
  }
});

test('it is a valid address: the part before the @ has at most 64 characters', () => {
  expect(make().split('@')[0]?.length).toBeLessThanOrEqual(64);
  expect(make()).toMatch(/^reply\+[a-z2-7]{56}@reply\.example\.com$/);
});

test('no changed, cut, foreign or made-up address is read', () => {
  const address = make();
  const other = make({ isLow: false });
  const [local = '', domain = ''] = address.split('@');
  const flip = (at: number) =>
    `${local.slice(0, at)}${local[at] === 'a' ? 'b' : 'a'}${local.slice(at + 1)}@${domain}`;
  const flipped = Array.from({ length: local.length - 6 }, (_, index) => flip(index + 6));
  const mixed = `${local.slice(0, 40)}${other.slice(40, local.length)}@${domain}`;
  const bad = [
    ...flipped,
    mixed,
    `${local.slice(0, -1)}@${domain}`,
    `${local}a@${domain}`,
    `${local}@example.com`,
    `${local}@evil.${domain}`,
    'reply+@reply.example.com',
    'reply@reply.example.com',
    '',
  ];
  for (const value of bad) expect(readReplyAddress(value), value).toBeUndefined();
});

test('another secret voids it, and without REPLY_DOMAIN none is made or read', () => {
  const address = make();
  use({ AUTH_SECRET: 'y'.repeat(40) });
  expect(readReplyAddress(address)).toBeUndefined();
  use({ REPLY_DOMAIN: '' });
  expect(makeReplyAddress(target)).toBeUndefined();
  expect(readReplyAddress(address)).toBeUndefined();
});

test('a token of one purpose is no token of another', () => {
  const unsubscribe = makeUnsubscribeToken(target.conversationId);
  expect(readReplyAddress(`reply+${unsubscribe}@reply.example.com`)).toBeUndefined();
  expect(readUnsubscribeToken(make().slice(6, 62))).toBeUndefined();
});
