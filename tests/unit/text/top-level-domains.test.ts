import tlds from 'tlds' with { type: 'json' };
import { expect, test } from 'vitest';
import { unpackWords } from '#lib/text/links/packed-words.ts';
import { PACKED_TOP_LEVEL_DOMAINS } from '#lib/text/links/top-level-domain-list.ts';
import { isTopLevelDomain } from '#lib/text/links/top-level-domains.ts';

test('the list holds what the package does; if not, run scripts/write-top-level-domains.ts', () => {
  expect(unpackWords(PACKED_TOP_LEVEL_DOMAINS).toSorted()).toEqual(tlds.toSorted());
});

test.each(['com', 'COM', '한국', 'VERMÖGENSBERATUNG', 'xn--3e0b707e', 'XN--11B4C3D'])(
  '%s closes hosts',
  (label) => {
    expect(isTopLevelDomain(label)).toBe(true);
  },
);

test.each(['', 'invalid', 'localhost', 'xn--pple-43d', '그래서', '😎'])('%s does not', (label) => {
  expect(isTopLevelDomain(label)).toBe(false);
});
